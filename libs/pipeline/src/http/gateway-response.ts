import type { BodyStream } from './body-stream.js';

/** An answer as the pipeline gives it; the transport writes it. */
export interface GatewayResponse {
  readonly status: number;
  /** Name, value, name, value ...: without Content-Length, Transfer-Encoding, Connection and Date, which are the transport's. */
  readonly headers: readonly string[];
  readonly body: Buffer | BodyStream | null;
  /** Bytes of a streamed body, null when unknown. For an answer to HEAD, what a GET would have. */
  readonly length: number | null;
}

/** Where one answer goes. */
export interface Responder {
  /** Called exactly once for each request. A streamed body is started before this returns, or destroyed when the client has gone. */
  respond(response: GatewayResponse): void;
}

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

/** An answer with a status or a header that could be read in two ways, or could end a line. Nothing of it was written. */
export class UnwritableAnswer extends Error {}

/** Where one answer goes. */
export interface Responder {
  /**
   * Called exactly once for each request; once more, with an answer of the gateway's own, after it threw. A streamed body is started before this
   * returns, or destroyed when the client has gone.
   *
   * @throws UnwritableAnswer: the body was not touched
   */
  respond(response: GatewayResponse): void;
}

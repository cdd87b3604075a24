import type { RequestBody } from './request-body.js';
import type { RequestTarget } from './request-target.js';

/** Told when the client has gone away before its answer was complete. */
export interface AbortListener {
  clientGone(): void;
}

/** What a client and the gateway have agreed on. */
export interface TlsSession {
  /** Such as `TLSv1.3`. */
  readonly version: string;
  /** As OpenSSL calls it, such as `TLS_AES_128_GCM_SHA256`. */
  readonly cipherSuite: string;
}

/** A request as the pipeline knows it; the transport makes it from whatever it speaks. */
export interface GatewayRequest {
  readonly method: string;
  /** Target as the client sent it. For logs only: decisions are made on `target`. */
  readonly rawTarget: string;
  /** Null when the target has no canonical form. */
  readonly target: RequestTarget | null;
  /** Name, value, name, value ...: in the client's order, with its case and its repeats; one character per byte. */
  readonly headers: readonly string[];
  /** Host without port, lower case; from the target's authority where it has one, else from the Host header. */
  readonly host: string;
  readonly remoteAddress: string;
  /** Port on which the request arrived. */
  readonly localPort: number;
  readonly secure: boolean;
  /** Absent where the client speaks TLS to somebody before the gateway, or none. */
  readonly tls?: TlsSession | undefined;
  /** `HTTP/1.1`, `HTTP/1.0` or `HTTP/2.0`. */
  readonly protocol: string;
  /** Lower-case names of headers that the client's Connection header lists: they are for this gateway alone and go to no backend (RFC 9110, 7.6.1). */
  readonly connectionOptions: readonly string[];
  readonly body: RequestBody;
  /** Registers the one listener for the client's going away; called at once when it has gone already. Null takes it off. */
  onAbort(listener: AbortListener | null): void;
}

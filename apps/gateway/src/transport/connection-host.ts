import type { Exchange, GatewayRequest, Responder } from '@gatehouse/pipeline';

/** Who is at the other end of a connection, after what a trusted proxy said of it. */
export interface Peer {
  /** Address of the client, an IPv4 one never in IPv6 form. */
  readonly address: string;
  /** Port on which the connection arrived, as the client sees it. */
  readonly localPort: number;
  /** The client speaks TLS. */
  readonly secure: boolean;
}

/** Limits of what clients may do; bytes and milliseconds. */
export interface ClientLimits {
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
  readonly maxBodyBytes: number;
  /** For a request's head, from its first byte on. */
  readonly headersTimeout: number;
  /** For a whole request to arrive, its body included. */
  readonly requestTimeout: number;
  /** For a connection that carries no request. */
  readonly keepAlive: number;
  /** For a client that takes nothing of its answer. */
  readonly writeTimeout: number;
  /** Most connections of this worker process at once. */
  readonly connections: number;
  /** Most of them from one address. */
  readonly connectionsPerAddress: number;
  /** Most requests that one connection may send ahead of their answers. */
  readonly pipelined: number;
}

/** What a connection of any protocol needs of the server that it belongs to. */
export interface ConnectionHost {
  readonly limits: ClientLimits;
  /** Once true, connections take no new request and end when they carry none. */
  readonly draining: boolean;
  /** Takes a request; what it ends with goes to the responder. */
  handle(request: GatewayRequest, responder: Responder): Exchange;
  /** To be called once for each request that was handled, when its connection is done with it. */
  finished(outcome: Outcome): void;
}

/** One connection, as its server sees it. */
export interface ClientConnection {
  /** Looks for deadlines that have passed; called about every half second. `now` in milliseconds on the monotonic clock. */
  checkDeadlines(now: number): void;
  /** Draining has begun: end now if idle, else after the requests under way. */
  drain(): void;
  destroy(): void;
}

/** How one request ended. */
export interface Outcome {
  readonly exchange: Exchange;
  /** Bytes of the answer's body. */
  readonly bytesSent: number;
  /** The client left before it had the whole answer, or the answer broke off. */
  readonly aborted: boolean;
}

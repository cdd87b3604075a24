import type { Exchange, GatewayRequest, Responder, TlsSession } from '@gatehouse/pipeline';
import type { TrustedProxies } from './client-address/trusted-proxies.js';

/** Who is at the other end of a connection, after what a trusted proxy said of it. */
export interface Peer {
  /** Address of the client, an IPv4 one never in IPv6 form. */
  readonly address: string;
  /** Port on which the connection arrived, as the client sees it. */
  readonly localPort: number;
  /** The client speaks TLS. */
  readonly secure: boolean;
  /** Absent where it does not, or does to a proxy. */
  readonly tls?: TlsSession;
}

/** Limits of what clients may do; bytes and milliseconds. */
export interface ClientLimits {
  readonly maxHeaderBytes: number;
  readonly maxHeaders: number;
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
  /** Most of them from one address; one that carries several requests at once counts as so many. */
  readonly connectionsPerAddress: number;
}

/** What a connection of any protocol needs of the server that it belongs to. */
export interface ConnectionHost {
  readonly limits: ClientLimits;
  /**
   * Once true, connections end. One that carries no request waits for the shortest while, because one may be on its way already; it is served, and
   * its answer closes the connection.
   */
  readonly draining: boolean;
  /**
   * Milliseconds on a clock that moves twice a second, by half a second at most, however long the process was held up. Deadlines go by it: they need no look
   * at the time for each request.
   */
  readonly now: number;
  /** Who may say of a request whom it came from; null for nobody. */
  readonly trustedProxies: TrustedProxies | null;
  /** Takes a request; what it ends with goes to the responder. */
  handle(request: GatewayRequest, responder: Responder): Exchange;
  /** To be called once for each request that was handled, when its connection is done with it. */
  finished(outcome: Outcome): void;
  /** To be called for each message that was refused before it became a request, with the status that it was answered. */
  refused(status: number): void;
  /**
   * To be asked by a connection before it carries one more request beside others, which counts as one more connection of its peer's address. False
   * where that has as many as it may.
   */
  carriesMore(peer: Peer): boolean;
  /** To be called when one of several requests that a connection carries has ended. */
  carriesLess(peer: Peer): void;
  /** To be called once by each connection, when nothing goes either way any more. */
  closed(connection: ClientConnection): void;
}

/** One connection, as its server sees it. */
export interface ClientConnection {
  readonly peer: Peer;
  /** Looks for deadlines that have passed; called about every half second, with `ConnectionHost.now`. */
  checkDeadlines(now: number): void;
  /** Draining has begun. */
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

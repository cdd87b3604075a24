import type { SecureContext } from 'node:tls';
import type { BodyStream } from '../http/body-stream.js';

/** What proves to a backend who calls, over TLS. */
export interface ClientCertificate {
  /** The same for the same certificate only; without blanks. */
  readonly name: string;
  readonly context: SecureContext;
}

/** Where whoever runs the gateway says that a backend is. */
export interface Via {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The connection that a request goes over: requests share those that are the same in all of this. */
export interface ConnectionTerms {
  /** `http://host:port` or `https://host:port`, as the URL standard prints an origin. */
  readonly origin: string;
  /** Takes any certificate of the backend. */
  readonly insecureSkipVerification: boolean;
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Connections go there, whatever the origin names: its host is for the Host header and TLS only. No guard is asked. */
  readonly via?: Via | undefined;
}

/** A request to a backend. */
export interface UpstreamRequest extends ConnectionTerms {
  /** Path and query. */
  readonly path: string;
  readonly method: string;
  /**
   * Name, value, name, value ...: without Connection, Content-Length, Transfer-Encoding and Expect, which are the client's business. It adds its own to
   * this list, and a Host where there is none.
   */
  readonly headers: string[];
  /** Headers of the gateway's own behind those, as whole lines with their ends, which go out as they are. */
  readonly lines: string;
  readonly body: BodyStream | null;
  /** Bytes of `body`, null when unknown. */
  readonly bodyLength: number | null;
}

/** What went wrong with a backend. */
export type UpstreamFailure =
  /** Not reached, or the connection ended before the answer did. */
  | 'network'
  /**
   * A connection that had served before ended before the first byte of an answer: the backend may have closed it while idle. The request was not
   * repeated, because it may do harm twice.
   */
  | 'stale-connection'
  /** Too many requests wait for this backend already. */
  | 'overloaded'
  /** The whole call took longer than any call may. */
  | 'timed-out'
  /** An address that no integration may reach. */
  | 'refused-target'
  /** What came is no HTTP/1.1, or its certificate is not to be trusted; or the request is none that can be sent. */
  | 'protocol'
  /** The body to send failed; `cause` says how. */
  | 'request-body';

export class UpstreamError extends Error {
  constructor(
    readonly failure: UpstreamFailure,
    options?: ErrorOptions,
  ) {
    super(failure, options);
  }
}

/**
 * Told what becomes of a request: `answered`, `data` any number of times, `ended`; or `failed` at any point, which is then the last. It can be told of a
 * failure before `send` returns.
 */
export interface UpstreamListener {
  /** The whole request is on its way. Comes again when it had to be repeated. */
  sent(): void;
  /** True: more of the request's body is awaited from where it comes from. False: the backend has enough for now, or has it all. */
  bodyAwaited(awaited: boolean): void;
  /**
   * The final status (no 1xx) and headers: name, value, name, value ..., which are the listener's own. `length` has the bytes of the body that are
   * announced, null where they are not; of an answer to HEAD those that a GET would have.
   */
  answered(status: number, headers: string[], length: number | null): void;
  /** A part of the body, on the terms of `BodySink.data`. */
  data(chunk: Buffer): void;
  ended(): void;
  failed(error: UpstreamError): void;
}

/** One request under way. */
export interface UpstreamCall {
  pause(): void;
  resume(): void;
  /** Gives up; the listener hears no more. The connection is not used again. */
  abort(): void;
}

/** Sends requests to backends. */
export interface Upstream {
  send(request: UpstreamRequest, listener: UpstreamListener): UpstreamCall;
  /** Lets requests under way end, then closes all connections. */
  close(): Promise<void>;
}

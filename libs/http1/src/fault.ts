/** What makes a message unacceptable; for logs and for the choice of an answer. */
export type FaultKind =
  /** Not the grammar of RFC 9112, or readable in two ways. */
  | 'malformed'
  /** The request line, or its target, is longer than allowed. */
  | 'target-too-long'
  /** The head is larger, or has more headers, than allowed. */
  | 'head-too-large'
  /** A version of HTTP other than 1.0 and 1.1. */
  | 'version'
  /** A transfer coding other than chunked. */
  | 'transfer-coding'
  /** CONNECT, which a gateway does not serve. */
  | 'connect'
  /** Chunk extensions or trailers beyond their limits. */
  | 'body-overhead'
  /** The connection ended inside the message. */
  | 'truncated';

/** A message that is refused. Nothing of it may be used, nor anything that follows it on its connection. */
export class HttpFault extends Error {
  constructor(
    readonly kind: FaultKind,
    /** Which rule was broken, in a few words; repeats nothing that came over the wire. */
    message: string,
  ) {
    super(message);
  }
}

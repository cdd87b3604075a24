/** Name, value, name, value ...: in the sender's order, with its case and repeats, one character a byte; values without blanks around them. */
export type HeaderList = readonly string[];

/** How the body of a message ends (RFC 9112, 6.3). */
export type Framing =
  | { readonly kind: 'none' }
  /** After `length` bytes, which are more than none. */
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'chunked' }
  /** With the connection; responses only. */
  | { readonly kind: 'until-close' };

export interface HeadLimits {
  /** Most bytes of a request's target. */
  readonly targetBytes: number;
  /** Most bytes of a head, its first line and the blank line included. */
  readonly headBytes: number;
  readonly headers: number;
}

export interface BodyLimits {
  /** Most bytes of chunk extensions in one body. */
  readonly extensionBytes: number;
  /** Most bytes of a trailer section. */
  readonly trailerBytes: number;
  readonly trailers: number;
}

interface Head {
  /** 1 for HTTP/1.1, 0 for HTTP/1.0. */
  readonly minorVersion: 0 | 1;
  readonly headers: HeaderList;
  readonly framing: Framing;
  /** The sender lets the connection be used again after this message (RFC 9112, 9.3). */
  readonly keepAlive: boolean;
  /** Names in lower case that Connection lists, without `close`, `keep-alive` and `upgrade`. */
  readonly connectionOptions: readonly string[];
  /** Value of Upgrade where Connection lists it, in lower case; else null. */
  readonly upgrade: string | null;
}

export interface RequestHead extends Head {
  readonly method: string;
  readonly target: string;
  /** Value of Host; null without one, which HTTP/1.0 alone allows. */
  readonly host: string | null;
  /** `Expect: 100-continue` from an HTTP/1.1 client whose message has a body. */
  readonly expectsContinue: boolean;
}

export interface ResponseHead extends Head {
  readonly status: number;
  /** Seconds of `Keep-Alive: timeout=`; null without. */
  readonly keepAliveSeconds: number | null;
}

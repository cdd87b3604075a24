import { BodyReader } from './body-reader.js';
import { HttpFault } from './fault.js';
import { latin1 } from './latin1.js';
import type { BodyLimits, HeadLimits, RequestHead, ResponseHead } from './message.js';
import { RequestHeadReader } from './request-head-reader.js';
import { ResponseHeadReader } from './response-head-reader.js';

/** What a parser makes of one message. */
export interface ReadMessage {
  /** Method and target, or status. */
  readonly start: string;
  readonly minorVersion: number;
  readonly headers: readonly string[];
  readonly body: string;
  readonly trailers: readonly string[];
  readonly keepAlive: boolean;
  readonly upgrade: boolean;
}

/** What comes of reading the first message in some bytes, behind which the connection ends. */
export type Reading =
  | { readonly kind: 'message'; readonly end: number; readonly message: ReadMessage }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'unfinished'; readonly why: string };

export const HEAD_LIMITS: HeadLimits = { targetBytes: 8_192, headBytes: 16_384, headers: 100 };
export const BODY_LIMITS: BodyLimits = { extensionBytes: 1_024, trailerBytes: 4_096, trailers: 20 };

/** Has this library read the first message in `pieces`. `method` is the one that a response answers; null reads a request. */
export function readByUs(pieces: readonly Buffer[], method: string | null): Reading {
  const requests = new RequestHeadReader(HEAD_LIMITS);
  const responses = new ResponseHeadReader(HEAD_LIMITS);
  let head: RequestHead | ResponseHead | null = null;
  let reader: BodyReader | null = null;
  let body = '';
  const sink = { data: (bytes: Buffer) => void (body += latin1(bytes)) };
  let before = 0;
  try {
    for (const piece of pieces) {
      let at = 0;
      if (reader === null) {
        head = method === null ? requests.read(piece, 0) : responses.read(piece, 0, method);
        at = (method === null ? requests : responses).end;
        if (at > piece.length || at < 0) throw new Error('reads what is not there');
        if (head !== null) reader = new BodyReader(head.framing, BODY_LIMITS);
      }
      if (reader !== null) {
        const end: number = reader.done ? at : reader.read(piece, at, sink);
        if (end > piece.length || end < at) throw new Error('reads what is not there');
        if (reader.done)
          return { kind: 'message', end: before + end, message: read(head as RequestHead | ResponseHead, body, reader) };
      }
      before += piece.length;
    }
    if (reader === null) return { kind: 'unfinished', why: 'head' };
    reader.closed();
    return { kind: 'message', end: before, message: read(head as RequestHead | ResponseHead, body, reader) };
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    return { kind: error.kind === 'truncated' ? 'unfinished' : 'refused', why: `${error.kind}: ${error.message}` };
  }
}

function read(head: RequestHead | ResponseHead, body: string, { trailers }: BodyReader): ReadMessage {
  const { minorVersion, headers, keepAlive, upgrade } = head;
  const start = 'method' in head ? `${head.method} ${head.target}` : String(head.status);
  return {
    start,
    minorVersion,
    headers,
    body,
    trailers,
    keepAlive,
    upgrade: upgrade !== null && ('method' in head || head.status === 101),
  };
}

import { CR, LF } from './byte-classes.js';
import { HttpFault } from './fault.js';
import { CHUNKED, HeadFields, isHost, NO_BODY } from './head-fields.js';
import { HeadReader } from './head-reader.js';
import { HeadScan } from './head-scan.js';
import { latin1 } from './latin1.js';
import type { HeadLimits, RequestHead } from './message.js';
import { RequestLineScan } from './request-line-scan.js';

const shared = new HeadScan(new RequestLineScan());

/** Reads the heads of requests (RFC 9112, 2 to 6), one after the other, wherever the chunks of the connection are cut. */
export class RequestHeadReader extends HeadReader<RequestLineScan, RequestHead> {
  /** How much of a line end before the request line was skipped; 2 is all that is skipped (RFC 9112, 2.2). */
  private skipped = 0;

  constructor(limits: HeadLimits) {
    super(limits, shared);
  }

  /**
   * Feeds the bytes of `chunk` from `start` on. Answers the head when it is whole; `end` is then the place in `chunk` where what follows begins.
   * Null when more is needed: what came is kept.
   *
   * @throws HttpFault as early as it is sure that this is no acceptable request. The reader is of no use after that.
   */
  read(chunk: Buffer, start: number): RequestHead | null {
    if (!this.begun) start = this.skipLineEnd(chunk, start);
    return this.readHead(chunk, start);
  }

  private skipLineEnd(chunk: Buffer, start: number): number {
    if (this.skipped === 0 && chunk[start] === CR) {
      this.skipped = 1;
      start++;
    }
    if (this.skipped === 1 && start < chunk.length) {
      if (chunk[start] !== LF) throw new HttpFault('malformed', 'line end');
      this.skipped = 2;
      start++;
    }
    return start;
  }

  protected headOf({ line, fields }: HeadScan<RequestLineScan>, bytes: Buffer, base: number, length: number): RequestHead {
    this.skipped = 0;
    const { method, minorVersion } = line;
    const text = latin1(bytes, base, base + length);
    const said = new HeadFields(fields, bytes, base, text, minorVersion);
    const { host, contentLength } = said;
    if (host === null ? minorVersion === 1 : !isHost(host)) throw new HttpFault('malformed', 'Host');
    const framing = said.chunked ? CHUNKED : contentLength > 0 ? { kind: 'length' as const, length: contentLength } : NO_BODY;
    return {
      minorVersion,
      headers: said.headers,
      framing,
      keepAlive: !said.close && (minorVersion === 1 || said.keepAlive),
      connectionOptions: said.connectionOptions,
      upgrade: minorVersion === 1 ? said.upgrade : null,
      method,
      target: text.slice(line.targetStart, line.targetEnd),
      host,
      expectsContinue: said.expectsContinue && minorVersion === 1 && framing !== NO_BODY,
    };
  }
}

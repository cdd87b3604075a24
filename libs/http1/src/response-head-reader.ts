import { HttpFault } from './fault.js';
import { CHUNKED, HeadFields, NO_BODY } from './head-fields.js';
import { HeadReader } from './head-reader.js';
import { HeadScan } from './head-scan.js';
import { latin1 } from './latin1.js';
import type { Framing, HeadLimits, ResponseHead } from './message.js';
import { StatusLineScan } from './status-line-scan.js';

const shared = new HeadScan(new StatusLineScan());
const UNTIL_CLOSE: Framing = { kind: 'until-close' };

/** Reads the heads of responses (RFC 9112, 2 to 6), one after the other, wherever the chunks of the connection are cut. */
export class ResponseHeadReader extends HeadReader<StatusLineScan, ResponseHead> {
  private method = '';

  constructor(limits: HeadLimits) {
    super(limits, shared);
  }

  /**
   * Feeds the bytes of `chunk` from `start` on, which answer a request with `method`. Answers the head when it is whole; `end` is then the place in
   * `chunk` where what follows begins. Null when more is needed: what came is kept. An interim response (1xx) is a head of its own, after which the next
   * is read.
   *
   * @throws HttpFault as early as it is sure that this is no acceptable response. The reader is of no use after that.
   */
  read(chunk: Buffer, start: number, method: string): ResponseHead | null {
    this.method = method;
    return this.readHead(chunk, start);
  }

  protected headOf({ line, fields }: HeadScan<StatusLineScan>, bytes: Buffer, base: number, length: number): ResponseHead {
    const { status, minorVersion } = line;
    const said = new HeadFields(fields, bytes, base, latin1(bytes, base, base + length), minorVersion);
    const upgrade = minorVersion === 1 ? said.upgrade : null;
    if (status === 101 && upgrade === null) throw new HttpFault('malformed', 'status 101 without Upgrade');
    const framing = framingOf(status, this.method, said);
    return {
      minorVersion,
      headers: said.headers,
      framing,
      keepAlive: framing !== UNTIL_CLOSE && !said.close && (minorVersion === 1 || said.keepAlive),
      connectionOptions: said.connectionOptions,
      upgrade,
      status,
      keepAliveSeconds: said.keepAliveSeconds,
    };
  }
}

/** RFC 9112, 6.3. */
function framingOf(status: number, method: string, { chunked, contentLength }: HeadFields): Framing {
  if (status < 200 || status === 204) {
    // What announces a body where none can be is read as one by some.
    if (chunked || contentLength > 0) throw new HttpFault('malformed', 'body of a response without one');
    return NO_BODY;
  }
  if (status === 304 || method === 'HEAD' || contentLength === 0) return NO_BODY;
  if (chunked) return CHUNKED;
  return contentLength > 0 ? { kind: 'length', length: contentLength } : UNTIL_CLOSE;
}

import { isHeaderValue, textOf } from '../http/byte-text.js';
import { UnwritableAnswer, type GatewayResponse, type Responder } from '../http/gateway-response.js';
import { isHeaderName } from '../http/header-info.js';

/** The answer to a request as somebody reads it who is not its client. */
export interface ReadResponse {
  readonly status: number;
  readonly headers: [name: string, value: string][];
  /** Its first bytes, as text. */
  readonly body: string;
  /** The body has more, or broke off. */
  readonly isCut: boolean;
}

/** Takes the answer to a request in place of a connection. */
export class CollectedResponse implements Responder {
  /** When the answer has come to its end. */
  readonly read: Promise<ReadResponse>;
  private resolve: (response: ReadResponse) => void = () => undefined;

  /** @param mostBytes of the body */
  constructor(private readonly mostBytes: number) {
    this.read = new Promise((resolve) => (this.resolve = resolve));
  }

  /** Throws `UnwritableAnswer` for what no client could be sent. */
  respond(response: GatewayResponse): void {
    const { status, headers, body } = response;
    const pairs = pairsOf(headers);
    const isWritable = status >= 200 && pairs.every(([name, value]) => isHeaderName(name) && isHeaderValue(value));
    if (!isWritable) throw new UnwritableAnswer('invalid head');
    const parts: Buffer[] = [];
    let left = this.mostBytes;
    let isOver = false;
    const end = (isCut: boolean) => {
      if (isOver) return;
      isOver = true;
      const told = pairs.map(([name, value]): [string, string] => [name, textOf(value)]);
      this.resolve({ status, headers: told, body: Buffer.concat(parts).toString('utf8'), isCut });
    };
    const take = (chunk: Buffer): boolean => {
      // Chunks are lent.
      if (left > 0) parts.push(Buffer.from(chunk.subarray(0, left)));
      left -= chunk.length;
      return left >= 0;
    };
    if (body === null || Buffer.isBuffer(body)) return end(body !== null && !take(body));
    body.start({
      data(chunk) {
        if (isOver || take(chunk)) return;
        end(true);
        body.destroy();
      },
      end: () => end(false),
      fail: () => end(true),
    });
  }
}

function pairsOf(headers: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < headers.length; i += 2) pairs.push([headers[i] as string, headers[i + 1] as string]);
  return pairs;
}

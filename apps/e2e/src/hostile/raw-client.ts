import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Milliseconds after which nothing more is expected; nothing that is tested depends on them. */
const PATIENCE = 30_000;

export interface RawAnswer {
  readonly status: number;
  /** Name, value, name, value ... */
  readonly headers: readonly string[];
  readonly body: string;
}

/** A client of bare sockets: what it is given goes out byte for byte, one byte a character. */
export class RawClient {
  readonly socket: Socket;
  /** All that came and was not taken for an answer yet. */
  private text = '';
  private readonly answers: RawAnswer[] = [];
  /** Interim answers (1xx) that came. */
  interim = 0;
  /** How the connection ended; null while it is open. */
  ending: 'closed' | 'reset' | null = null;
  private error: NodeJS.ErrnoException | null = null;
  private ended = false;
  private readonly waiting: (() => void)[] = [];

  /**
   * @param methods of the requests, where one of them is HEAD: its answer has no body, whatever it says. `unknown`: an answer is taken for one to HEAD where
   * no body follows
   * @param secure over TLS, whoever the server is
   */
  constructor(
    port: number,
    private readonly methods: readonly string[] | 'unknown' = [],
    secure = false,
  ) {
    const options = { port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true };
    this.socket = secure ? connectTls({ ...options, rejectUnauthorized: false }) : connect(options);
    this.socket.setEncoding('latin1').on('data', (text: string) => {
      this.text += text;
      this.read();
      this.tell();
    });
    this.socket.on('end', () => {
      this.ended = true;
      this.read();
      this.socket.end();
    });
    this.socket.on('error', (error) => (this.error = error));
    this.socket.on('close', () => {
      this.ending = this.error === null ? 'closed' : 'reset';
      this.tell();
    });
  }

  private tell(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Waits until something holds of this client. */
  async until(what: string, holds: () => boolean): Promise<void> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      // What has come while this process was held up is read first.
      setImmediate(() => this.tell());
    }, PATIENCE);
    while (!holds()) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
      if (late && !holds()) throw new Error(`waited in vain for ${what}; ${this.state}`);
    }
    clearTimeout(timer);
  }

  private get state(): string {
    const { answers, text, ending } = this;
    return `${answers.length} answers came, then ${JSON.stringify(text.slice(0, 500))}; the connection is ${ending ?? 'open'}`;
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Sends a text so many bytes at a time, each in a turn of its own, as long as the connection is open. */
  async sendInPieces(text: string, bytes: number): Promise<void> {
    for (let at = 0; at < text.length && this.socket.writable; at += bytes) {
      this.send(text.slice(at, at + bytes));
      if (bytes < text.length) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Sends the end of what it has to say; what comes is still read. */
  end(): this {
    this.socket.end();
    return this;
  }

  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** Final answers that came whole. */
  get received(): readonly RawAnswer[] {
    return this.answers;
  }
  /** The same, and forgets them. */
  take(): RawAnswer[] {
    return this.answers.splice(0);
  }
  /** What came behind them. */
  get rest(): string {
    return this.text;
  }

  /** Waits for one of the answers. */
  async answer(nth: number): Promise<RawAnswer> {
    await this.until(`answer ${nth + 1}`, () => this.answers.length > nth || this.ending !== null);
    const answer = this.answers[nth];
    if (answer === undefined) throw new Error(`answer ${nth + 1} does not come: ${this.state}`);
    return answer;
  }

  /** Waits until so many answers have come, or the connection has ended. */
  settled(answers: number): Promise<void> {
    return this.until(`${answers} answers`, () => this.answers.length >= answers || this.ending !== null);
  }

  /** Waits until the other side has ended the connection. */
  async closed(): Promise<'closed' | 'reset'> {
    await this.until('the end of the connection', () => this.ending !== null);
    return this.ending as 'closed' | 'reset';
  }

  private read(): void {
    for (let read = this.readAnswer(); read !== null; read = this.readAnswer()) {
      this.text = this.text.slice(read.end);
      if (read.answer.status >= 200) this.answers.push(read.answer);
      else this.interim++;
    }
  }

  private readAnswer(): { answer: RawAnswer; end: number } | null {
    const headEnd = this.text.indexOf('\r\n\r\n');
    if (headEnd < 0) return null;
    const [statusLine = '', ...lines] = this.text.slice(0, headEnd).split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
    const headers = lines.flatMap((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
    const body = this.readBody(headEnd + 4, status, lines.join('\n').toLowerCase());
    return body && { answer: { status, headers, body: body.text }, end: body.end };
  }

  /** @param start of the body, if it is none */
  private isToHead(start: number): boolean {
    const { methods, text } = this;
    if (methods !== 'unknown') return methods[this.answers.length] === 'HEAD';
    return text.startsWith('HTTP/1.1 ', start) || (this.ended && text.length === start);
  }

  private readBody(start: number, status: number, lines: string): { text: string; end: number } | null {
    const { text } = this;
    if (status < 200 || status === 204 || status === 304 || this.isToHead(start)) return { text: '', end: start };
    if (/^transfer-encoding: chunked$/m.test(lines)) return readChunks(text, start);
    const length = /^content-length: (\d+)$/m.exec(lines)?.[1];
    if (length === undefined) return this.ended ? { text: text.slice(start), end: text.length } : null;
    const end = start + Number(length);
    return text.length < end ? null : { text: text.slice(start, end), end };
  }
}

function readChunks(text: string, start: number): { text: string; end: number } | null {
  const parts: string[] = [];
  for (let at = start; ;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (text.length < end) return null;
    if (size === 0) return { text: parts.join(''), end };
    parts.push(text.slice(lineEnd + 2, end - 2));
    at = end;
  }
}

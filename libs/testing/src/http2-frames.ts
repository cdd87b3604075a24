import { connect, type TLSSocket } from 'node:tls';

export const DATA = 0;
export const HEADERS = 1;
export const PRIORITY = 2;
export const RST_STREAM = 3;
export const SETTINGS = 4;
export const PING = 6;
export const GOAWAY = 7;
export const WINDOW_UPDATE = 8;
export const CONTINUATION = 9;

export const END_STREAM = 1;
export const ACK = 1;
export const END_HEADERS = 4;

export const NO_ERROR = 0;
export const PROTOCOL_ERROR = 1;
export const INTERNAL_ERROR = 2;
export const CANCEL = 8;
export const ENHANCE_YOUR_CALM = 11;

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const HEAD_BYTES = 9;

export interface Frame {
  type: number;
  flags: number;
  stream: number;
  payload: Buffer;
}

/** A frame's bytes (RFC 9113, 4.1). */
export function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes[3] = type;
  bytes[4] = flags;
  bytes.writeUInt32BE(stream, 5);
  payload.copy(bytes, HEAD_BYTES);
  return bytes;
}

/** A frame of another stream. */
export function ofStream(stream: number, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(stream, 5);
  return copy;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** An integer of HPACK with a prefix of so many bits under `first` (RFC 7541, 5.1). */
export function integer(value: number, bits: number, first = 0): Buffer {
  const most = 2 ** bits - 1;
  if (value < most) return Buffer.of(first | value);
  const bytes = [first | most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

function text(value: string): Buffer {
  return Buffer.concat([integer(value.length, 7), Buffer.from(value, 'latin1')]);
}

/** Fields as literals that no table keeps (RFC 7541, 6.2.2). */
export function fields(...pairs: [name: string, value: string][]): Buffer {
  return Buffer.concat(pairs.flatMap(([name, value]) => [Buffer.of(0), text(name), text(value)]));
}

/** A field that the table keeps, to be named by index 62 from then on (RFC 7541, 6.2.1). */
export function keptField(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.of(0x40), text(name), text(value)]);
}

/** The pseudo-headers of a request for `https://localhost{path}`. */
export function pseudo(method: string, path = '/'): [string, string][] {
  return [
    [':method', method],
    [':scheme', 'https'],
    [':path', path],
    [':authority', 'localhost'],
  ];
}

/** Statuses that have an index of their own, from 8 on (RFC 7541, appendix A). */
const INDEXED = [200, 204, 206, 304, 400, 404, 500];

/** The status that the block of an answer begins with. */
function readStatus(block: Buffer): number {
  const first = block.readUInt8(0);
  if (first >= 0x88 && first < 0x88 + INDEXED.length) return INDEXED[first - 0x88] as number;
  const length = block.readUInt8(1);
  const value = block.subarray(2, 2 + (length & 0x7f));
  return Number((length & 0x80) === 0 ? value.toString('latin1') : huffmanDigits(value));
}

/** A number in the code of RFC 7541, appendix B: 0, 1 and 2 are themselves in five bits, the others in six behind 22. */
function huffmanDigits(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let digits = '';
  for (let at = 0; at + 5 <= bits.length;) {
    const five = Number.parseInt(bits.slice(at, at + 5), 2);
    if (five <= 2) digits += five;
    else {
      if (at + 6 > bits.length || five === 31) break;
      digits += Number.parseInt(bits.slice(at, at + 6), 2) - 22;
    }
    at += five <= 2 ? 5 : 6;
  }
  return digits;
}

/** A client of bare frames over TLS, which does nothing by itself. */
export class FrameClient {
  readonly frames: Frame[] = [];
  closed = false;
  private buffered = Buffer.alloc(0);
  private readonly waiting: (() => void)[] = [];

  private constructor(readonly socket: TLSSocket) {
    socket.setNoDelay();
    socket.on('data', (chunk) => {
      this.buffered = Buffer.concat([this.buffered, chunk]);
      this.readFrames();
      this.tell();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.tell();
    });
  }

  static async connect(port: number): Promise<FrameClient> {
    const socket = connect({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false });
    const client = new FrameClient(socket);
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    return client;
  }

  /** Connects and says what every client says first, with these settings. */
  static async greeting(port: number, ...settings: [id: number, value: number][]): Promise<FrameClient> {
    const client = await FrameClient.connect(port);
    const payload = Buffer.alloc(6 * settings.length);
    for (const [index, [id, value]] of settings.entries()) {
      payload.writeUInt16BE(id, index * 6);
      payload.writeUInt32BE(value, index * 6 + 2);
    }
    client.send(PREFACE, frame(SETTINGS, 0, 0, payload), frame(SETTINGS, ACK, 0));
    return client;
  }

  private readFrames(): void {
    while (this.buffered.length >= HEAD_BYTES) {
      const length = this.buffered.readUIntBE(0, 3);
      if (this.buffered.length < HEAD_BYTES + length) return;
      this.frames.push({
        type: this.buffered.readUInt8(3),
        flags: this.buffered.readUInt8(4),
        stream: this.buffered.readUInt32BE(5),
        payload: this.buffered.subarray(HEAD_BYTES, HEAD_BYTES + length),
      });
      this.buffered = this.buffered.subarray(HEAD_BYTES + length);
    }
  }

  private tell(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  send(...parts: Buffer[]): this {
    this.socket.write(Buffer.concat(parts));
    return this;
  }

  /** Sends batches as fast as they are taken, until the connection is ended or there are no more. */
  async flood(batches: number, batch: (n: number) => Buffer): Promise<void> {
    for (let n = 0; n < batches && !this.closed; n++) {
      const taken = this.socket.write(batch(n));
      await new Promise<void>((resolve) => {
        if (taken) setImmediate(resolve);
        else this.socket.once('drain', resolve).once('close', resolve);
      });
    }
  }

  /** Sends a request's head, and its end where it has no body. */
  request(stream: number, block: Buffer, flags = END_HEADERS | END_STREAM): this {
    return this.send(frame(HEADERS, flags, stream, block));
  }

  /** Resolves with the first frame of this kind; rejects when the connection ends before. */
  async next(type: number, stream: number): Promise<Frame> {
    for (;;) {
      const found = this.frames.find((each) => each.type === type && each.stream === stream);
      if (found) return found;
      if (this.closed) throw new Error(`the connection ended after ${JSON.stringify(this.frames)}`);
      await this.change();
    }
  }

  /** The error code with which a stream was reset. */
  async resetOf(stream: number): Promise<number> {
    return (await this.next(RST_STREAM, stream)).payload.readUInt32BE(0);
  }

  /** The error code with which the connection was ended. */
  async goaway(): Promise<number> {
    return (await this.next(GOAWAY, 0)).payload.readUInt32BE(4);
  }

  /** Bytes of a stream's body so far. */
  bodyOf(stream: number): Buffer {
    return Buffer.concat(
      this.frames.filter((each) => each.type === DATA && each.stream === stream).map(({ payload }) => payload),
    );
  }

  /** The final status that a stream was answered with; null while there is none. Only for the first answer of a connection that no table has. */
  statusOf(stream: number): number | null {
    for (const { type, stream: of, payload } of this.frames) {
      if (type !== HEADERS || of !== stream) continue;
      const status = readStatus(payload);
      if (status >= 200) return status;
    }
    return null;
  }

  /** Whether a stream was ended, and so looks whole. */
  hasEnded(stream: number): boolean {
    return this.frames.some(
      (each) => (each.type === DATA || each.type === HEADERS) && each.stream === stream && (each.flags & END_STREAM) !== 0,
    );
  }

  /** Resolves when a stream was ended or reset, or the connection closed. */
  async settled(stream: number): Promise<void> {
    const wasReset = () => this.frames.some((each) => each.type === RST_STREAM && each.stream === stream);
    while (!this.hasEnded(stream) && !wasReset() && !this.closed) await this.change();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Resolves when the connection is closed. */
  async ended(): Promise<void> {
    while (!this.closed) await this.change();
  }

  close(): void {
    this.socket.destroy();
  }
}

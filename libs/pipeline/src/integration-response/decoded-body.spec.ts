import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange.js';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import { undoCoding } from './decoded-body.js';

/** Gives bytes as a wire does: all in one piece of memory, which the next ones overwrite. */
class LendingStream implements BodyStream {
  destroyed = false;
  private sink: BodySink | null = null;
  private readonly memory: Buffer;
  private at = 0;
  private paused = false;

  constructor(
    private readonly bytes: Buffer,
    private readonly piece: number,
  ) {
    this.memory = Buffer.alloc(piece);
  }

  start(sink: BodySink): void {
    this.sink = sink;
    this.flow();
  }
  pause(): void {
    this.paused = true;
  }
  resume(): void {
    this.paused = false;
    this.flow();
  }
  destroy(): void {
    this.destroyed = true;
    this.sink = null;
  }

  private flow(): void {
    while (this.sink !== null && !this.paused && this.at < this.bytes.length) {
      const length = this.bytes.copy(this.memory, 0, this.at, this.at + this.piece);
      this.at += length;
      this.sink.data(this.memory.subarray(0, length));
      this.memory.fill(0);
    }
    if (this.sink === null || this.paused) return;
    const { sink } = this;
    this.sink = null;
    sink.end();
  }
}

/** The body of an answer without its coding. */
function decoded(source: BodyStream, coding: string, length: number | null = null): BodyStream {
  const draft = { status: 200, headers: ['Content-Encoding', coding], body: source, length };
  expect(undoCoding({ backendRequest: { method: 'GET' } } as Exchange, draft, coding)).toBe(true);
  return draft.body;
}

function decode(bytes: Buffer, coding: string, piece: number): Promise<string> {
  const body = decoded(new LendingStream(bytes, piece), coding);
  return new Promise((resolve, reject) => {
    let text = '';
    body.start({ data: (chunk) => void (text += chunk.toString('latin1')), end: () => resolve(text), fail: reject });
  });
}

describe('undoCoding', () => {
  const text = Array.from({ length: 20_000 }, (_, n) => `line ${n * 7919}`).join('\n');

  it.each([
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
  ])('keeps nothing of a %s body that it was lent', async (coding, bytes) => {
    for (const piece of [997, 65_536]) expect(await decode(bytes, coding, piece)).toBe(text);
  });

  it.each(['gzip', 'deflate', 'br', 'zstd'])('takes a body of no bytes for one in %s', async (coding) => {
    expect(await decode(Buffer.alloc(0), coding, 1)).toBe('');
  });

  it('leaves a body alone that has several codings', () => {
    const body = new LendingStream(gzipSync(gzipSync(text)), 100);
    const draft = { status: 200, headers: ['Content-Encoding', 'gzip', 'content-encoding', 'gzip'], body, length: null };
    expect(undoCoding({ backendRequest: { method: 'GET' } } as Exchange, draft, 'gzip')).toBe(false);
    expect(draft.body).toBe(body);
  });
});

describe.each<[coding: string, encode: (bytes: Buffer) => Buffer]>([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
])('security class: WebSocket frames and decompression: a body in %s', (coding, encode) => {
  const text = Array.from({ length: 20_000 }, (_, n) => `line ${n * 7919}`).join('\n');
  const whole = encode(Buffer.from(text, 'latin1'));

  it('that becomes a thousand times as large is decoded no further than it is taken, nor taken further than it is decoded', async () => {
    const bomb = encode(Buffer.alloc(MEGABYTES_OF_BOMB * 1_048_576));
    const source = new LendingStream(Buffer.concat(Array.from({ length: 4 }, () => bomb)), 1_000);
    const body = decoded(source, coding);
    const before = process.memoryUsage().arrayBuffers;
    let given = 0;
    let pieces = 0;
    body.start({
      data(chunk) {
        given += chunk.length;
        pieces++;
        body.pause();
      },
      end: () => expect.unreachable(),
      fail: () => expect.unreachable(),
    });
    for (let round = 1; round <= 10; round++) {
      while (pieces < round) await turn();
      // What would come without being taken comes now.
      for (let n = 0; n < 20; n++) await turn();
      expect(given).toBeLessThanOrEqual(round * 65_536);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_194_304);
      body.resume();
    }
    body.destroy();
    expect(source.destroyed).toBe(true);
  });

  it.each<[string, Buffer]>([
    ['that is cut', whole.subarray(0, -5)],
    ['of which little has come', whole.subarray(0, 3)],
    ['that is none', Buffer.from(text)],
    ['that is another one', coding === 'gzip' ? brotliCompressSync(text) : gzipSync(text)],
    // The other two have no checksum.
    ...(coding === 'gzip' || coding === 'deflate'
      ? [
          ['with a fault in it', Buffer.concat([whole.subarray(0, 1_000), Buffer.alloc(1_000, 0xff), whole.subarray(2_000)])] as [
            string,
            Buffer,
          ],
        ]
      : []),
  ])('%s is no whole one, and no more of it is taken', async (_, bytes) => {
    for (const piece of [61, 65_536]) {
      const source = new LendingStream(bytes, piece);
      await expect(
        new Promise((resolve, reject) =>
          decoded(source, coding).start({ data: () => undefined, end: () => resolve('whole'), fail: reject }),
        ),
      ).rejects.toThrow();
      expect(source.destroyed).toBe(true);
    }
  });

  it('with much behind its end does not keep its source waiting', async () => {
    const source = new LendingStream(Buffer.concat([whole, Buffer.alloc(1_000_000, 'x')]), 10_000);
    const outcome = await new Promise((resolve) => {
      let given = '';
      decoded(source, coding).start({
        data: (chunk) => void (given += chunk.toString('latin1')),
        end: () => resolve(given === text),
        fail: () => resolve('broken'),
      });
    });
    // gzip takes what comes for one more part of the body.
    expect(outcome).toBe(coding === 'gzip' ? 'broken' : true);
    expect(source.destroyed).toBe(true);
  });
});

describe('security class: WebSocket frames and decompression: a body in zstd', () => {
  /** A frame of 16 bytes, for which the decoder is to keep 2 to the power of `log` bytes. */
  const frame = (log: number) =>
    Buffer.concat([Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3), Buffer.of(0x83, 0, 0), Buffer.from('x')]);

  it('makes the decoder keep no more than 8 MB', async () => {
    expect(await decode(frame(23), 'zstd', 100)).toBe('x'.repeat(16));
    await expect(decode(frame(24), 'zstd', 100)).rejects.toThrow('memory');
  });
});

const MEGABYTES_OF_BOMB = 16;

/** The decoders work on other threads. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 1));

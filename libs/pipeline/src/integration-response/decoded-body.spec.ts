import { brotliCompressSync, gzipSync } from 'node:zlib';
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

function decode(bytes: Buffer, coding: string, piece: number): Promise<string> {
  const draft = { status: 200, headers: [], body: new LendingStream(bytes, piece) as BodyStream, length: bytes.length };
  expect(undoCoding({ backendRequest: { method: 'GET' } } as Exchange, draft, coding)).toBe(true);
  return new Promise((resolve, reject) => {
    let text = '';
    draft.body.start({ data: (chunk) => void (text += chunk.toString('latin1')), end: () => resolve(text), fail: reject });
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

  it('fails where the body is broken', async () => {
    await expect(decode(gzipSync(text).subarray(0, 1000), 'gzip', 100)).rejects.toThrow();
  });
});

import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Exchange } from '../exchange.js';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import type { AnswerDraft } from '../rest-pipeline.js';

const DECODERS = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', createZstdDecompress],
]);

/**
 * Takes a content coding off an answer, with back-pressure kept: what is not taken yet is not decoded yet. False, and the answer as it was, for
 * what is not one coding that can be undone.
 */
export function undoCoding({ backendRequest }: Exchange, draft: AnswerDraft, coding: string): boolean {
  const create = DECODERS.get(coding.trim().toLowerCase());
  if (create === undefined) return false;
  if (draft.length === 0) return true;
  if (backendRequest?.method !== 'HEAD') draft.body = new DecodedBody(draft.body as BodyStream, create());
  draft.length = null;
  return true;
}

class DecodedBody implements BodyStream, BodySink {
  private done = false;

  constructor(
    private readonly source: BodyStream,
    private readonly decoder: Transform,
  ) {}

  start(sink: BodySink): void {
    this.decoder.on('data', (chunk: Buffer) => sink.data(chunk));
    this.decoder.on('end', () => {
      this.done = true;
      sink.end();
    });
    this.decoder.on('error', (error) => {
      if (this.done) return;
      this.destroy();
      sink.fail(error);
    });
    this.decoder.on('drain', () => this.source.resume());
    this.source.start(this);
  }
  pause(): void {
    this.decoder.pause();
  }
  resume(): void {
    this.decoder.resume();
  }
  destroy(): void {
    this.done = true;
    this.source.destroy();
    this.decoder.destroy();
  }

  data(chunk: Buffer): void {
    // Decoded later, on another thread, when the memory of what was lent holds something else.
    if (!this.decoder.write(Buffer.from(chunk))) this.source.pause();
  }
  end(): void {
    this.decoder.end();
  }
  fail(error: Error): void {
    this.decoder.destroy(error);
  }
}

import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Exchange } from '../exchange.js';
import { headerInfo } from '../http/header-info.js';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import type { AnswerDraft } from '../rest-pipeline.js';

/** 8 MB, which is what a frame for HTTP may ask a decoder to keep (RFC 9659); zstd itself would let it ask for 128 MB. */
const ZSTD = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

const DECODERS = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
  ['zstd', () => createZstdDecompress(ZSTD)],
]);

/**
 * Takes a content coding off an answer, with back-pressure kept: what is not taken yet is not decoded yet. False, and the answer as it was, for
 * what is not one coding that can be undone.
 */
export function undoCoding({ backendRequest }: Exchange, draft: AnswerDraft, coding: string): boolean {
  const create = DECODERS.get(coding.trim().toLowerCase());
  if (create === undefined || codingsOf(draft) > 1) return false;
  if (draft.length === 0) return true;
  if (backendRequest?.method !== 'HEAD') draft.body = new DecodedBody(draft.body as BodyStream, create());
  draft.length = null;
  return true;
}

/** How many headers name a coding. Each is a layer on the others, and many thin layers make a small body into endless work. */
function codingsOf({ headers }: AnswerDraft): number {
  return headers.filter((name, i) => i % 2 === 0 && headerInfo(name).lower === 'content-encoding').length;
}

class DecodedBody implements BodyStream, BodySink {
  private done = false;
  private sink: BodySink | null = null;
  private began = false;
  /** All of the source has come. */
  private whole = false;

  constructor(
    private readonly source: BodyStream,
    private readonly decoder: Transform,
  ) {}

  start(sink: BodySink): void {
    this.decoder.on('data', (chunk: Buffer) => sink.data(chunk));
    this.sink = sink;
    this.decoder.on('end', () => {
      if (this.done) return;
      this.done = true;
      // The decoder takes nothing of what may stand behind the end.
      if (!this.whole) this.source.destroy();
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
    if (this.done) return;
    this.began = true;
    // Decoded later, on another thread, when the memory of what was lent holds something else.
    if (!this.decoder.write(Buffer.from(chunk))) this.source.pause();
  }
  end(): void {
    this.whole = true;
    if (this.began) return void this.decoder.end();
    // Nothing is what it says of nothing, whatever the coding.
    this.done = true;
    this.decoder.destroy();
    this.sink?.end();
  }
  fail(error: Error): void {
    this.decoder.destroy(error);
  }
}

import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Exchange } from '../exchange.js';
import { headerInfo } from '../http/header-info.js';
import type { BodyStream } from '../http/body-stream.js';
import { CodedBody } from '../http/coded-body.js';
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
  if (backendRequest?.method !== 'HEAD') draft.body = new CodedBody(draft.body as BodyStream, create());
  draft.length = null;
  return true;
}

/** How many headers name a coding. Each is a layer on the others, and many thin layers make a small body into endless work. */
function codingsOf({ headers }: AnswerDraft): number {
  return headers.filter((name, i) => i % 2 === 0 && headerInfo(name).lower === 'content-encoding').length;
}

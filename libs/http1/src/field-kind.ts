import { hasNameAt } from './byte-text.js';

/** Fields on which the boundaries of messages and the use of connections depend. */
export const OTHER = 0;
export const CONTENT_LENGTH = 1;
export const TRANSFER_ENCODING = 2;
export const HOST = 3;
export const CONNECTION = 4;
export const UPGRADE = 5;
export const EXPECT = 6;
export const KEEP_ALIVE = 7;

/** Which of them the name between `start` and `end` is, whatever its case. */
export function fieldKind(bytes: Buffer, start: number, end: number): number {
  switch (end - start) {
    case 4:
      return hasNameAt(bytes, start, 'host') ? HOST : OTHER;
    case 6:
      return hasNameAt(bytes, start, 'expect') ? EXPECT : OTHER;
    case 7:
      return hasNameAt(bytes, start, 'upgrade') ? UPGRADE : OTHER;
    case 10:
      return hasNameAt(bytes, start, 'connection') ? CONNECTION : hasNameAt(bytes, start, 'keep-alive') ? KEEP_ALIVE : OTHER;
    case 14:
      return hasNameAt(bytes, start, 'content-length') ? CONTENT_LENGTH : OTHER;
    case 17:
      return hasNameAt(bytes, start, 'transfer-encoding') ? TRANSFER_ENCODING : OTHER;
    default:
      return OTHER;
  }
}

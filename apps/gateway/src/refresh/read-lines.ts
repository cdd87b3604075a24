import type { FileHandle } from 'node:fs/promises';

/** One line of a file: where it begins, and its bytes without the line feed. */
export interface Line {
  offset: number;
  bytes: Buffer;
}

const CHUNK_BYTES = 1 << 20;
const LINE_FEED = 10;

/** Reads a file from its beginning, chunk by chunk, as lists of whole lines; what follows the last line feed is left out. */
export async function* readLines(file: FileHandle): AsyncGenerator<Line[]> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, offset + rest.length);
    if (bytesRead === 0) return;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      lines.push({ offset: offset + start, bytes: bytes.subarray(start, end) });
      start = end + 1;
    }
    rest = bytes.subarray(start);
    offset += start;
    yield lines;
  }
}

const FIRST_MEMORY = 1_024;

/** Bytes of several chunks, put together. Memory grows with what has come. */
export class GatheredBytes {
  bytes = Buffer.allocUnsafeSlow(FIRST_MEMORY);
  length = 0;

  append(chunk: Buffer, start: number, end: number): void {
    const length = this.length + end - start;
    if (length > this.bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, this.bytes.length * 2));
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    chunk.copy(this.bytes, this.length, start, end);
    this.length = length;
  }
}

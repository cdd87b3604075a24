const NOTHING = Buffer.alloc(0);
const LEAST_MEMORY = 4_096;

/** Bytes that wait, in one piece of memory: chunks of one byte each would take hundreds of times their size. */
export class HeldBytes {
  private memory: Buffer = NOTHING;
  length = 0;

  /** Copies them. */
  add(chunk: Buffer): void {
    const length = this.length + chunk.length;
    if (length > this.memory.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(LEAST_MEMORY, length, this.memory.length * 2));
      this.memory.copy(larger, 0, 0, this.length);
      this.memory = larger;
    }
    chunk.copy(this.memory, this.length);
    this.length = length;
  }

  /** All that is held; nothing is held any more. */
  take(): Buffer {
    const bytes = this.memory.subarray(0, this.length);
    this.drop();
    return bytes;
  }

  drop(): void {
    this.memory = NOTHING;
    this.length = 0;
  }
}

interface Latin1Bytes {
  latin1Slice(start: number, end: number): string;
}

/** Bytes as text of one character a byte: what `toString('latin1')` does, without its checks. */
export function latin1(bytes: Buffer, start = 0, end = bytes.length): string {
  return (bytes as unknown as Latin1Bytes).latin1Slice(start, end);
}

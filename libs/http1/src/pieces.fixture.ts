/** All ways to hand over a message in one piece, in two, and byte by byte. */
export function waysToCut(bytes: Buffer): Buffer[][] {
  const ways = [[bytes], Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))];
  for (let at = 0; at <= bytes.length; at++) ways.push([bytes.subarray(0, at), bytes.subarray(at)]);
  return ways;
}

export const bytesOf = (text: string) => Buffer.from(text, 'latin1');

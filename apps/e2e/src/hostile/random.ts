/** Numbers that are the same each time (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 up to, but without, `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T;
  }
}

/** Pieces that messages are made of, and what they are confused by. */
const PIECES = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\0',
    ' ',
    '\t',
    '\x0b',
    ':',
    ',',
    ';',
    '0',
    '-',
    '+',
    '0x',
    '\x7f',
    '\xff',
    '"',
    '%',
    '#',
    '\r\n\r\n',
    '0\r\n\r\n',
    '5\r\nhello\r\n',
  ],
  ...[
    'Content-Length: 5\r\n',
    'Transfer-Encoding: chunked\r\n',
    'Connection: close\r\n',
    'Host: x\r\n',
    'Expect: 100-continue\r\n',
    'chunked',
    'HTTP/1.1',
    'HTTP/1.0',
  ],
];

/** A message with a few changes at random places behind `from`. */
export function mutated(message: string, random: Random, from = 0): string {
  let text = message;
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = from + random.below(text.length - from + 1);
    const end = Math.min(text.length, at + random.below(8));
    switch (random.below(4)) {
      case 0:
        text = text.slice(0, at) + random.pick(PIECES) + text.slice(at);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(end);
        break;
      case 2:
        text = text.slice(0, at) + random.pick(PIECES) + text.slice(end);
        break;
      default:
        text = text.slice(0, end) + text.slice(at);
    }
  }
  return text;
}

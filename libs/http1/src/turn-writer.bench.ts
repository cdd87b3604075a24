import { createRequire } from 'node:module';
import { describe, it } from 'vitest';
import type { Wire } from './wire.js';

// The build (`npx tsc -b libs/http1`), as in `head.bench.ts`.
const { TurnWriter } = createRequire(import.meta.url)('../dist/index.js') as typeof import('./index.js');

const MESSAGES = 1_000;
const HEAD = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n`;
const BODY = Buffer.alloc(100, 'x');
/** Takes everything at once. */
const wire = { waiting: 0, writeText: () => true, writeBytes: () => true } as unknown as Wire;

/** Head and body of so many messages, those of each turn by writers of their own. */
async function messages(inOneTurn: number): Promise<void> {
  const writers = Array.from({ length: inOneTurn }, () => new TurnWriter(wire, () => undefined));
  for (let n = 0; n < MESSAGES; n += inOneTurn) {
    for (const writer of writers) {
      writer.text(HEAD);
      writer.bytes(BODY);
    }
    await new Promise(setImmediate);
  }
}

describe('1,000 messages', () => {
  for (const inOneTurn of [1, 10, 100]) {
    it(`${inOneTurn} in one turn`, async ({ bench }) => {
      await bench(`${inOneTurn} in one turn`, () => messages(inOneTurn)).run();
    });
  }
});

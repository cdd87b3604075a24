// Against llhttp as undici ships it. A longer run by hand, from the root of the repository:
//   MESSAGES=3000000 [SEED=1] node_modules/.bin/vitest run --project unit libs/http1/src/differential.spec.ts
import { describe, expect, it } from 'vitest';
import { MessageGenerator } from './generated-messages.fixture.js';
import { latin1 } from './latin1.js';
import { readByLlhttp } from './llhttp.fixture.js';
import { numberOf, Random, seed } from './random.fixture.js';
import { readByUs, type Reading, type ReadMessage } from './reading.fixture.js';

const messages = numberOf('MESSAGES', 150_000);

describe('security class: HTTP/1.1 smuggling: never more lenient than llhttp, and equal on what both accept', () => {
  it.each(['requests', 'responses'])(`${messages / 2} generated %s, seed ${seed}`, { timeout: 3_600_000 }, (kind) => {
    const random = new Random(seed);
    const generator = new MessageGenerator(random);
    const count: Record<string, number> = {
      messages: 0,
      'both accept': 0,
      'both refuse': 0,
      'stricter than llhttp': 0,
      unfinished: 0,
    };
    const add = (what: string) => (count[what] = (count[what] ?? 0) + 1);
    while ((count['messages'] as number) < messages / 2) {
      // Several in a row, as on a connection.
      const sent = Array.from({ length: 1 + random.below(3) }, () =>
        kind === 'requests' ? generator.request() : generator.response(),
      );
      let rest = Buffer.concat(sent);
      while (rest.length > 0) {
        const method = kind === 'requests' ? null : random.pick(['GET', 'GET', 'POST', 'HEAD']);
        const ours = readByUs(split(rest, random), method);
        const theirs = readByLlhttp(split(rest, random), method);
        const difference = differenceOf(rest, ours, theirs, method);
        if (difference !== null)
          expect.fail(`${difference} (seed ${seed}): ${JSON.stringify({ bytes: latin1(rest), method, ours, theirs }, null, 1)}`);
        add('messages');
        add(
          ours.kind === 'message'
            ? 'both accept'
            : theirs.kind === 'message'
              ? 'stricter than llhttp'
              : ours.kind === 'refused'
                ? 'both refuse'
                : 'unfinished',
        );
        if (ours.kind === 'refused' && theirs.kind === 'message') add(`  ${ours.why}`);
        if (ours.kind !== 'message') break;
        rest = rest.subarray(ours.end);
      }
    }
    console.log(kind, count);
  });
});

/** Cut at up to four places, most often at none. */
function split(bytes: Buffer, random: Random): Buffer[] {
  if (random.oneIn(2)) return [bytes];
  const places = Array.from({ length: 1 + random.below(4) }, () => random.below(bytes.length + 1)).sort((a, b) => a - b);
  return [0, ...places].map((place, i) => bytes.subarray(place, places[i] ?? bytes.length));
}

/** What may follow any part of a head. */
const HEAD_ENDS = ['\r\n\r\n', '\n\r\n', '\n', ':\r\n\r\n'];

/** llhttp leaves blanks behind values to its users. */
function withoutBlanks(part: ReadMessage[keyof ReadMessage]) {
  return Array.isArray(part) ? part.map((text: string) => text.replace(/[ \t]+$/, '')) : part;
}

/** Where this library follows the RFCs and llhttp does not: all of them are about the use of a connection after a message. */
function isReasoned(part: keyof ReadMessage, ours: ReadMessage, theirs: ReadMessage, method: string | null): boolean {
  const connection = valuesOf(theirs, 'connection').join();
  // To llhttp a tab is no blank in a list, so that it misses what follows one.
  if ((part === 'keepAlive' || part === 'upgrade') && connection.includes('\t')) return true;
  if (part === 'upgrade') return ours.minorVersion === 0 && !ours.upgrade;
  if (part !== 'keepAlive') return false;
  // An answer to HEAD ends with its head; llhttp takes one without length for one that ends with the connection.
  if (method === 'HEAD' && valuesOf(ours, 'content-length').length + valuesOf(ours, 'transfer-encoding').length === 0)
    return true;
  // In HTTP/1.0 llhttp heeds keep-alive where close stands as well.
  return ours.minorVersion === 0 && !ours.keepAlive && /close/i.test(connection);
}

function valuesOf({ headers }: ReadMessage, lowerCase: string): string[] {
  return headers.filter((_, place) => place % 2 === 1 && headers[place - 1]?.toLowerCase() === lowerCase);
}

function differenceOf(bytes: Buffer, ours: Reading, theirs: Reading, method: string | null): string | null {
  if (ours.kind === 'refused') return null;
  if (theirs.kind === 'refused') {
    // What fields mean is judged when the head is whole: it does not become whole, however it ends.
    const stuck = [ours, ...HEAD_ENDS.map((end) => readByUs([bytes, Buffer.from(end)], method))].every(
      (reading) => reading.kind === 'refused' || (reading.kind === 'unfinished' && reading.why === 'head'),
    );
    return stuck ? null : 'accepts what llhttp refuses';
  }
  if (ours.kind !== theirs.kind) return 'another end of the message';
  if (ours.kind === 'unfinished' || theirs.kind === 'unfinished') return null;
  if (ours.end !== theirs.end) return 'another end of the message';
  for (const part of Object.keys(ours.message) as (keyof ReadMessage)[]) {
    if (isReasoned(part, ours.message, theirs.message, method)) continue;
    if (JSON.stringify(ours.message[part]) !== JSON.stringify(withoutBlanks(theirs.message[part]))) return `another ${part}`;
  }
  return null;
}

// Looks for inputs that break what must hold of any: keeps those that make code run that had not run before, and goes on from them. A longer run by hand,
// from the root of the repository:
//   FUZZ_SECONDS=3600 [SEED=1] node_modules/.bin/vitest run --project unit libs/http1/src/fuzz.spec.ts
import { chai, describe, expect, it } from 'vitest';
import { BlockCoverage } from './coverage.fixture.js';
import { MessageGenerator } from './generated-messages.fixture.js';
import { chunkStart, LAST_CHUNK, requestHeadText, responseHeadText } from './head-text.js';
import { latin1 } from './latin1.js';
import { bytesOf } from './pieces.fixture.js';
import { numberOf, Random, seed } from './random.fixture.js';
import { readByUs, type Reading, type ReadMessage } from './reading.fixture.js';

const seconds = numberOf('FUZZ_SECONDS', 10);
/** Inputs of each kind that run in any case, however slow the machine is. */
const FEWEST = 3_000;
const DAYS = 7 * 24 * 3_600_000;
const LARGEST = 2_000;
/** To ask which code ran takes as long as some hundred inputs. */
const BATCH = 100;
/** Code that is watched is slow: a number of inputs has to do, so that the same seed and time give the same inputs to go on from. */
const watched = Math.ceil(seconds / 2) * BATCH;

const KINDS = ['requests', 'responses'] as const;

/** Inputs of one kind, of which those are kept that led to something new. */
class Hunt {
  readonly corpus: Buffer[];
  accepted = 0;
  private readonly generator: MessageGenerator;
  private readonly results = new Set<string>();

  constructor(
    private readonly random: Random,
    private readonly kind: (typeof KINDS)[number],
  ) {
    this.generator = new MessageGenerator(random);
    this.corpus = Array.from({ length: 20 }, () => (kind === 'requests' ? this.generator.request() : this.generator.response()));
  }

  /** One of the inputs that were kept, changed. */
  next(): Buffer {
    const { random, corpus } = this;
    let input = random.pick(corpus);
    if (random.oneIn(3)) {
      const other = random.pick(corpus);
      input = Buffer.concat([input.subarray(0, random.below(input.length + 1)), other.subarray(random.below(other.length + 1))]);
    }
    return this.generator.mutated(input).subarray(0, LARGEST);
  }

  run(input: Buffer): void {
    const readings = (this.kind === 'requests' ? [null] : ['GET', 'HEAD']).flatMap((method) =>
      checked(input, method, this.random),
    );
    this.accepted += readings.filter(({ kind }) => kind === 'message').length;
    const result = readings.map((reading) => (reading.kind === 'message' ? shapeOf(reading.message) : reading.why)).join();
    if (this.results.has(result)) return;
    this.results.add(result);
    this.corpus.push(input);
  }
}

describe('security class: HTTP/1.1 smuggling: what holds of any bytes', () => {
  const hunts = { requests: new Hunt(new Random(seed), 'requests'), responses: new Hunt(new Random(seed), 'responses') };

  it(`${watched} inputs of each kind while it is watched which code runs, seed ${seed}`, { timeout: DAYS }, () => {
    const coverage = new BlockCoverage();
    coverage.start();
    for (const kind of KINDS) {
      const hunt = hunts[kind];
      const seeds = hunt.corpus.length;
      for (let n = 0; n < watched; n += BATCH) {
        const inputs = Array.from({ length: BATCH }, () => hunt.next());
        hunt.corpus.push(...coverage.newAmong(inputs, (input) => hunt.run(input)));
      }
      console.log(
        `${kind}: ${hunt.corpus.length - seeds} inputs led to something new; ${coverage.blocks} blocks of code have run`,
      );
      expect(hunt.corpus.length).toBeGreaterThan(seeds);
    }
    coverage.stop();
  });

  it.each(KINDS)(`${seconds / 2} seconds of inputs that come of these: %s, seed ${seed}`, { timeout: DAYS }, (kind) => {
    const hunt = hunts[kind];
    const end = performance.now() + seconds * 500;
    let inputs = 0;
    while (inputs < FEWEST || performance.now() < end) {
      hunt.run(hunt.next());
      inputs++;
    }
    console.log(
      `${kind}, seed ${seed}: ${inputs} inputs ran, ${hunt.corpus.length} are worth keeping, ${hunt.accepted} messages were accepted`,
    );
    expect(hunt.accepted).toBeGreaterThan(0);
  });
});

/** What breaks the code itself is told with its input too. */
function checked(input: Buffer, method: string | null, random: Random): Reading[] {
  try {
    return check(input, method, random);
  } catch (error) {
    if (error instanceof chai.AssertionError) throw error;
    return fail(`an error: ${(error as Error).stack}`, input, { method });
  }
}

/** Throws where something does not hold of the messages in `input`. Answers what comes of them. */
function check(input: Buffer, method: string | null, random: Random): Reading[] {
  const whole = readAll(input, [input.length], method);
  const cuts = [
    Array.from(input, (_, at) => at + 1),
    Array.from({ length: 3 }, () => random.below(input.length + 1)).sort((a, b) => a - b),
  ];
  for (const places of cuts) {
    const cut = readAll(input, places, method);
    if (JSON.stringify(cut) !== JSON.stringify(whole))
      fail('another result where it is cut', input, { method, places, whole, cut });
  }
  for (const reading of whole) if (reading.kind === 'message') checkWriting(reading.message, input, method);
  return whole;
}

function shapeOf({ headers, body, trailers, keepAlive, upgrade }: ReadMessage): string {
  return `${headers.length} ${Math.clz32(body.length)} ${trailers.length} ${keepAlive} ${upgrade}`;
}

/** Message by message, as on a connection; each cut at those of the places that lie in it. */
function readAll(input: Buffer, places: readonly number[], method: string | null): Reading[] {
  const readings: Reading[] = [];
  for (let start = 0; start < input.length;) {
    const cuts = [start, ...places.filter((place) => place > start && place < input.length), input.length];
    const reading = readByUs(
      cuts.slice(1).map((place, i) => input.subarray(cuts[i], place)),
      method,
    );
    readings.push(reading);
    if (reading.kind !== 'message' || reading.end === 0) break;
    start += reading.end;
  }
  return readings;
}

/** What was read can be written, and is then read as it was. */
function checkWriting(message: ReadMessage, input: Buffer, method: string | null): void {
  const { start, headers, minorVersion, body } = message;
  const [verb, target] = start.split(' ') as [string, string];
  const head = method === null ? requestHeadText(verb, target, headers) : responseHeadText(Number(start), headers);
  const framed = headers.some((name, i) => i % 2 === 0 && name.toLowerCase() === 'transfer-encoding');
  const sent = !framed || (body === '' && method === 'HEAD') ? body : chunked(body);
  const again = readByUs([bytesOf(head + sent)], method);
  // Written is HTTP/1.1, which asks for a Host and has another rule for the use of connections.
  if (minorVersion === 0) return;
  if (again.kind !== 'message' || JSON.stringify(again.message) !== JSON.stringify({ ...message, trailers: [] })) {
    fail('another message when written and read again', input, { method, message, again });
  }
}

function chunked(body: string): string {
  const half = body.length >> 1;
  const chunks = [body.slice(0, half), body.slice(half)].filter((chunk) => chunk !== '');
  return chunks.map((chunk) => `${chunkStart(chunk.length)}${chunk}\r\n`).join('') + LAST_CHUNK;
}

function fail(what: string, input: Buffer, more: object): never {
  expect.fail(`${what} (seed ${seed}): ${JSON.stringify({ input: latin1(input), ...more }, null, 1)}`);
}

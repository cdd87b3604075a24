import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denied, type Attack, type Outcome } from './attack.js';
import { CORPUS, FORMS } from './corpus/corpus.js';
import { HARMLESS_INJECTIONS, HOP_BY_HOP, INJECTIONS, KEY_TRICKS, PORT, SPOOFED, type HeaderRow } from './corpus/headers.js';
import { leniently, OTHER_PATHS, PROTECTED, WITHOUT_KEY } from './corpus/paths.js';
import { PARAMETERS, SIZES } from './corpus/sizes.js';
import type { HostileLab } from './hostile-lab.js';
import { API_ID, SMUGGLED } from './messages.js';
import { mutated, Random } from './random.js';
import { toldUnder } from './recording-backend.js';
import { tlsLab } from './tls-lab.fixture.js';

let lab: HostileLab;
let tlsPort: number;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ lab, tlsPort, stop } = await tlsLab());
});
afterAll(() => stop?.());

describe.each<readonly [string, readonly Attack[]]>([
  ...FORMS,
  ['security class: resource exhaustion: oversize:', SIZES],
  ['security class: parameter explosion: of a query', PARAMETERS],
  ['security class: path normalisation against authorization: without a key', WITHOUT_KEY],
  ['security class: path normalisation: as it came goes on', OTHER_PATHS],
  [
    'security class: hop-by-hop abuse and doubled credentials: a keyed resource opens by no',
    KEY_TRICKS.map(([name, bytes]) => denied(name, bytes, 403)),
  ],
  [
    'security class: CR/LF and header injection: a mapped value is none with',
    INJECTIONS.map(([name, bytes]) => denied(name, bytes, 400)),
  ],
])('%s', (_, attacks) => {
  it.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (_, attack) => {
    expect(await lab.attack(attack)).toEqual(attack.outcome);
  });
});

/** What the backend is told by the only request under each name, in whatever spelling. */
async function told({ bytes, told: expected }: HeaderRow): Promise<Record<string, string[]>> {
  lab.backend.requests.length = 0;
  const client = lab.connect(bytes);
  const { status } = await client.answer(0);
  client.socket.destroy();
  expect([status, lab.backend.requests.length]).toEqual([200, 1]);
  return toldUnder(lab.backend.requests[0]!.headers, Object.keys(expected));
}

const filled = (texts: readonly string[]) =>
  texts.map((text) =>
    text.replace(PORT, String(lab.gateway.port)).replace('{backend}', new URL(lab.backend.url).host).replace(API_ID, lab.apiId),
  );

describe.each<[string, readonly HeaderRow[]]>([
  ['security class: spoofed trusted headers: the backend is not told', SPOOFED],
  ['security class: hop-by-hop abuse:', HOP_BY_HOP],
  ['security class: CR/LF and header injection: a mapped value may have', HARMLESS_INJECTIONS],
])('%s', (_, rows) => {
  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    expect(await told(row)).toEqual(Object.fromEntries(Object.entries(row.told).map(([name, values]) => [name, filled(values)])));
  });
});

it.each([
  ['byte by byte', () => ({ piece: 1 })],
  ['over TLS', () => ({ tlsPort })],
])('security class: HTTP/1.1 smuggling: %s, all of it means the same', { timeout: 60_000 }, async (_, how) => {
  const differing: string[] = [];
  for (const attack of CORPUS) {
    const outcome = await lab.attack(attack, how());
    if (!isDeepStrictEqual(outcome, attack.outcome)) differing.push(`${attack.name}: ${JSON.stringify(outcome)}`);
  }
  expect(differing).toEqual([]);
});

it(
  'security class: HTTP/1.1 smuggling: changed at random, nothing reaches the backend but what is answered',
  { timeout: 60_000 },
  async () => {
    const random = new Random(1_122);
    const messages = CORPUS.map(({ bytes }) => bytes + SMUGGLED);
    const outcome: Outcome = { answers: [], connection: 'closed', backend: [] };
    const unanswered: unknown[] = [];
    for (let n = 0; n < 3_000; n++) {
      const bytes = mutated(random.pick(messages), random);
      const attack: Attack = { name: '', bytes, methods: 'unknown', ends: true, outcome };
      const { answers, backend } = await lab.attack(attack);
      if (backend.length > answers.filter((status) => status === 200).length) unanswered.push({ attack, answers, backend });
    }
    expect(unanswered).toEqual([]);
  },
);

it('security class: path normalisation: what went on without a key is none of the protected paths, however leniently it is read', () => {
  const served = [...WITHOUT_KEY, ...OTHER_PATHS.slice(0, -1)].flatMap(({ outcome }) => outcome.backend);
  for (const text of served) expect(PROTECTED).not.toContain(leniently(text.split(' ')[1]!));
});

it('security class: HTTP/1.1 smuggling: nothing of all this has left anything else at the backend', () => {
  expect(lab.backend.garbage).toEqual([]);
  const left = lab.backend.connections.filter(({ partial }) => partial.includes('smuggled'));
  // It may be of a body that broke off, which nobody can go on with.
  const heads = left.map(({ partial }) => partial.slice(0, partial.indexOf('\r\n\r\n')));
  expect(heads.filter((head) => head.includes('smuggled'))).toEqual([]);
  expect(left.filter(({ socket }) => !socket.destroyed).map(({ partial }) => partial)).toEqual([]);
});

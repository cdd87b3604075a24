import { hash } from 'node:crypto';
import { describe, it } from 'vitest';
import { CompactKeyMap } from '../../dist/routing-table/compact-key-map.js';

// Measures what was built; run it with `--config vitest.compiled.config.mjs`.

const LOOK_UPS = 1_000;
/** Far enough apart to lie on pages of their own. */
const STEP = 7_919;

const hashOf = (n: number, encoding: 'hex' | 'binary') => hash('sha256', `value of key ${n}`, encoding);

// How much memory a million keys take, and what a look-up adds with its hash, is judged by `scale.bench.ts`.
describe('1,000 look-ups', () => {
  for (const keys of [1_000, 1_000_000]) {
    it(`among ${keys.toLocaleString('en')} keys`, { timeout: 120_000 }, async ({ bench }) => {
      const map = new CompactKeyMap();
      for (let n = 0; n < keys; n++)
        map.set({ apiKeyId: `k${n}`, valueHash: hashOf(n, 'hex'), enabled: true, usagePlanIds: [`plan${n % 20}`] });
      const known = Array.from({ length: LOOK_UPS }, (_, n) => hashOf((n * STEP) % keys, 'binary'));
      const unknown = Array.from({ length: LOOK_UPS }, (_, n) => hashOf(keys + n, 'binary'));
      const all = (hashes: readonly string[], found: boolean) => {
        for (const each of hashes) if ((map.find(each) !== undefined) !== found) throw new Error('found wrongly');
      };
      await bench(`${keys}, known`, () => all(known, true)).run();
      await bench(`${keys}, unknown`, () => all(unknown, false)).run();
    });
  }
});

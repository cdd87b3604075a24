import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from '../../processes/run-to-end.js';
import { atMost, shortNumber } from '../bar.js';
import type { Print } from '../compare.js';
import type { Lab } from '../lab.js';
import { table } from '../table.js';
import type { PartResult } from './part-result.js';

const root = path.resolve(import.meta.dirname, '../../../../..');
const PROGRAM = 'apps/gateway/src/routing-table/scale.bench.ts';
/** Measures what was built. */
const CONFIG = 'vitest.compiled.config.mjs';
const MB = 1_000_000;

/** What the gateway's own benchmark of its tables writes: bytes and microseconds. */
interface ScaleFigures {
  routes: { name: string; microseconds: number; times10Routes: number; bytes: number }[];
  keys: { count: number; bytes: number; microsecondsPerLookUp: number };
}

/** Large configurations in the gateway's own tables, measured by the benchmark that stands beside them. */
export async function scale({ surroundings }: Lab, print: Print): Promise<PartResult> {
  print('\nscale: large configurations in one worker');
  const file = path.join(surroundings.directory, 'scale.json');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  await runToEnd(process.execPath, [vitest, 'bench', '--run', '--root', root, '--config', CONFIG, PROGRAM], {
    SCALE_FIGURES_FILE: file,
  });
  const { routes, keys } = JSON.parse(await readFile(file, 'utf8')) as ScaleFigures;
  const rows = routes.map(({ name, microseconds, times10Routes, bytes }) => [
    name,
    microseconds.toFixed(3),
    times10Routes.toFixed(2),
    shortNumber(bytes / MB),
  ]);
  rows.push([`${keys.count} API keys`, keys.microsecondsPerLookUp.toFixed(3), '', shortNumber(keys.bytes / MB)]);
  for (const line of table(['in the tables', 'us per look-up', 'x 10 routes', 'memory MB'], rows)) print(line);
  return {
    part: 'scale',
    bars: [
      ...routes.map(({ name, times10Routes }) =>
        atMost(times10Routes, { work: `${name}: matching`, bar: 1.5, of: 'x 10 routes' }),
      ),
      atMost(Math.max(...routes.map(({ bytes }) => bytes)) / MB, { work: '100,000 resources: heap', bar: 150, of: 'MB' }),
      atMost(keys.bytes / MB, { work: `${keys.count} API keys in a worker`, bar: 100, of: 'MB' }),
      atMost(keys.microsecondsPerLookUp, { work: `look-up among ${keys.count} API keys`, bar: 1, of: 'us' }),
    ],
    details: { routes, keys },
  };
}

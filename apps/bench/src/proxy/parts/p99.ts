import { median } from '../../median.js';
import { atMost, shortNumber } from '../bar.js';
import type { Print } from '../compare.js';
import type { Lab } from '../lab.js';
import { runH2load, type PacedFigures } from '../loads/run-h2load.js';
import { measure } from '../measure.js';
import type { ProxyOptions } from '../proxy-options.js';
import type { System, SystemId } from '../system.js';
import { table } from '../table.js';
import type { PartResult } from './part-result.js';

const CONNECTIONS = 64;
const WORK = { resource: 'small', connections: CONNECTIONS } as const;
const SYSTEMS: readonly SystemId[] = ['direct', 'gateway-key', 'haproxy-features', 'gateway-open', 'nginx-log'];
/** The highest rate is a median of so many measurements. */
const LOOKS = 3;

type Paced = PacedFigures & { readonly system: SystemId; readonly round: number };

/**
 * What each system adds to the latency of the backend alone, all at the same rate: half of what the gateway answers at most. A round measures the
 * backend and each system in alternation; what a system adds is the difference in the same round.
 */
export async function p99(lab: Lab, { rounds, seconds }: ProxyOptions, print: Print): Promise<PartResult> {
  const { programs, directory } = lab.surroundings;
  print(`\np99 at half of the maximum rate: 100 bytes, ${CONNECTIONS} connections`);
  const h2load = programs.get('h2load');
  if (!h2load) {
    print('  left out: h2load is missing');
    return { part: 'p99', bars: [bar(Number.NaN)] };
  }
  const maximum = await maximumRate(lab, seconds);
  const rate = maximum / 2;
  print(`  the gateway answers ${maximum.toFixed(0)} requests a second at most; every system gets ${rate.toFixed(0)}`);

  const systems = SYSTEMS.map((id) => lab.systems.get(id)).filter((system): system is System => system !== undefined);
  const paced: Paced[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const system of round % 2 === 0 ? systems : systems.toReversed()) {
      const figures = await runH2load(h2load.file, system, { connections: CONNECTIONS, rate, seconds, directory });
      if (figures.invalid !== null) print(`  does not count: ${system.name}: ${figures.invalid}`);
      paced.push({ ...figures, system: system.id, round });
      await system.afterRun?.();
    }
  }

  const rows = systems.map(({ id, name }) => [
    name,
    shortNumber(median(counted(paced, id).map(({ p50 }) => p50))),
    shortNumber(median(counted(paced, id).map(({ p99 }) => p99))),
    id === 'direct' ? '' : shortNumber(addedP99(paced, id)),
  ]);
  for (const line of table(['system', 'p50 us', 'p99 us', 'added p99 us'], rows)) print(line);
  const [own, peer] = [addedP99(paced, 'gateway-key'), addedP99(paced, 'haproxy-features')];
  // A peer that adds nothing that can be measured is no yardstick.
  return { part: 'p99', bars: [bar(peer > 0 ? own / peer : Number.NaN)], details: { maximum, rate, measurements: paced } };
}

function bar(figure: number) {
  return atMost(figure, {
    work: 'added p99 at half of the maximum rate',
    bar: 1.5,
    of: 'x what HAProxy with the same features adds',
  });
}

async function maximumRate(lab: Lab, seconds: number): Promise<number> {
  const rates: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const { invalid, requestsPerSecond } = await measure(lab, lab.systems.get('gateway-key')!, WORK, seconds);
    if (invalid !== null) throw new Error(`the gateway's maximum rate cannot be measured: ${invalid}`);
    rates.push(requestsPerSecond);
  }
  return median(rates);
}

function counted(paced: readonly Paced[], id: SystemId): Paced[] {
  return paced.filter(({ system, invalid }) => system === id && invalid === null);
}

/** Median over the rounds of what a system adds to the backend's own p99 of the same round. */
function addedP99(paced: readonly Paced[], id: SystemId): number {
  const direct = new Map(counted(paced, 'direct').map(({ round, p99 }) => [round, p99]));
  return median(
    counted(paced, id)
      .filter(({ round }) => direct.has(round))
      .map(({ round, p99 }) => p99 - direct.get(round)!),
  );
}

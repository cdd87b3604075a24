import type { Lab } from './lab.js';
import { measure, type Measurement } from './measure.js';
import type { System, SystemId } from './system.js';
import { workName, type Work } from './work.js';

/** V8 compiles what is hot in the first ten thousands of requests, and compiles it anew where it was wrong; a gateway runs for days. */
const WARM_UP_SECONDS = 10;

/** Says what goes on. */
export type Print = (line: string) => void;

/**
 * Drives one kind of work at several systems, in alternation: each round measures all, every other round in reverse order, so that what changes on
 * the machine meanwhile meets all alike. Systems that are not installed are left out.
 */
export async function compare(
  lab: Lab,
  ids: readonly SystemId[],
  work: Work,
  { rounds, seconds }: { rounds: number; seconds: number },
  print: Print,
): Promise<Measurement[]> {
  const systems = ids.map((id) => lab.systems.get(id)).filter((system): system is System => system !== undefined);
  for (const system of systems) await measure(lab, system, work, Math.min(WARM_UP_SECONDS, 5 * seconds));
  const measurements: Measurement[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const system of round % 2 === 0 ? systems : systems.toReversed()) {
      const measurement = await measure(lab, system, work, seconds);
      if (measurement.invalid !== null) print(`  does not count: ${system.name}, ${workName(work)}: ${measurement.invalid}`);
      measurements.push(measurement);
    }
  }
  return measurements;
}

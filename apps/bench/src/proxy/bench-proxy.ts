import { writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { calibration } from '../calibration.js';
import type { Cleanup } from '../cleanup.js';
import { place } from '../processes/placement.js';
import type { Bar } from './bar.js';
import type { Print } from './compare.js';
import { openLab, type Lab } from './lab.js';
import { bodies, features, matrix, plain } from './parts/compare-parts.js';
import { idle } from './parts/idle.js';
import { p99 } from './parts/p99.js';
import type { PartResult } from './parts/part-result.js';
import { profile } from './parts/profile.js';
import { scale } from './parts/scale.js';
import { soak } from './parts/soak.js';
import { findPrograms, hasFastifyProxy, missingPrograms, MISSING_FASTIFY, type Missing } from './programs.js';
import type { Part, ProxyOptions } from './proxy-options.js';

const PARTS: Record<Part, (lab: Lab, options: ProxyOptions, print: Print) => Promise<PartResult>> = {
  features,
  plain,
  p99,
  bodies,
  idle,
  scale: (lab, _, print) => scale(lab, print),
  matrix,
  soak,
  profile,
};

/**
 * The gateway beside its peers: CPU per request, latency, throughput and memory, each measured in turn on one core, and judged against the bars.
 * Returns whether all of them were met, or within their limit, and all runs counted.
 */
export async function benchProxy(options: ProxyOptions, cleanup: Cleanup, print: Print): Promise<boolean> {
  const programs = findPrograms();
  const missing: Missing[] = [...missingPrograms(programs), ...(hasFastifyProxy() ? [] : [MISSING_FASTIFY])];
  for (const { name, neededFor, install } of missing) print(`missing: ${name} (${neededFor}); to install it: ${install}`);
  const vital = missing.find(({ name }) => name === 'nginx' || name === 'wrk');
  if (vital) {
    print(`without ${vital.name} nothing can be measured`);
    return false;
  }

  const placement = place();
  const machine = `Linux ${release()}; ${placement.description}`;
  const calibrations = [calibration()];
  print(machine);
  print(`before: ${calibrations[0]}`);
  for (const [name, { version }] of programs) print(`${name}: ${version}`);
  print(`\nstarting everything, with ${options.keys} API keys`);
  const lab = await openLab({ programs, placement, keys: options.keys }, cleanup);
  print('what each does:');
  for (const { name, does } of lab.systems.values()) print(`  ${name}: ${does}`);

  const results: PartResult[] = [];
  for (const part of options.parts) results.push(await runPart(part, lab, options, cleanup, print));

  calibrations.push(calibration());
  print(`\nafter: ${calibrations[1]}`);
  const bars = results.flatMap((result) => result.bars);
  if (bars.length > 0) print('\nbars:');
  for (const { verdict, work, wanted, figure } of bars) print(`  ${verdict.toUpperCase()}: ${work}: ${figure}, wanted ${wanted}`);
  if (options.json) {
    const systems = [...lab.systems.values()].map(({ id, name, does }) => ({ id, name, does }));
    const installed = Object.fromEntries(programs);
    const report = { date: new Date(), machine, calibrations, options, programs: installed, missing, systems, results };
    await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
    print(`\nwritten to ${options.json}`);
  }
  return allWell(bars, results);
}

/** A part that fails takes none of the others with it. */
async function runPart(part: Part, lab: Lab, options: ProxyOptions, cleanup: Cleanup, print: Print): Promise<PartResult> {
  try {
    return await PARTS[part](lab, options, print);
  } catch (error) {
    if (cleanup.begun) throw error;
    const failure = (error as Error).message;
    print(`  failed: ${failure}`);
    return { part, bars: [], failure };
  }
}

function allWell(bars: readonly Bar[], results: readonly PartResult[]): boolean {
  const whole = results.every(
    ({ failure, measurements = [] }) => failure === undefined && measurements.every(({ invalid }) => invalid === null),
  );
  return whole && bars.every(({ verdict }) => verdict === 'met' || verdict === 'within the limit');
}

import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Print } from '../compare.js';
import { selfTimes, type CpuProfile, type SelfTimes } from '../cpu-profile.js';
import { startTestedGateway } from '../gateway.js';
import type { Lab } from '../lab.js';
import { measure } from '../measure.js';
import type { ProxyOptions } from '../proxy-options.js';
import { table } from '../table.js';
import type { PartResult } from './part-result.js';

const WORK = { resource: 'small', connections: 64 } as const;
const WARM_UP_SECONDS = 3;
const SAMPLE_MICROSECONDS = 200;
const MOST_FUNCTIONS = 40;
const MOST_FILES = 20;

/** Where the time of a gateway's worker goes under load: the functions in which most of it is spent, callees not included. */
export async function profile(lab: Lab, { seconds }: ProxyOptions, print: Print): Promise<PartResult> {
  const details: Record<string, SelfTimes> = {};
  for (const id of ['gateway-key', 'gateway-open'] as const) {
    const directory = await mkdtemp(path.join(lab.surroundings.directory, 'profile-'));
    const flags = ['--cpu-prof', `--cpu-prof-dir=${directory}`, `--cpu-prof-interval=${SAMPLE_MICROSECONDS}`];
    const gateway = await startTestedGateway(lab.installation, lab.surroundings.core, { NODE_OPTIONS: flags.join(' ') });
    await lab.apis.served(gateway);
    const system = lab.apis.systems(gateway).find((one) => one.id === id)!;
    await measure(lab, system, WORK, WARM_UP_SECONDS);
    const from = monotonicMicroseconds();
    const { cpu, requestsPerSecond } = await measure(lab, system, WORK, 2 * seconds);
    const to = monotonicMicroseconds();
    await gateway.process.stop();

    const times = await busiest(directory, from, to);
    details[id] = times;
    print(
      `\nprofile: ${system.name}, 100 bytes, 64 connections: ${cpu!.toFixed(1)} us, ${requestsPerSecond.toFixed(0)} requests/s while profiled`,
    );
    const rows = times.functions
      .slice(0, MOST_FUNCTIONS)
      .map(({ name, place, share }) => [`${name}  ${place}`, (100 * share).toFixed(1)]);
    for (const line of table(['function', '% of busy time'], rows)) print(line);
    print('');
    const files = times.files.slice(0, MOST_FILES).map(({ place, share }) => [place, (100 * share).toFixed(1)]);
    for (const line of table(['file', '% of busy time'], files)) print(line);
  }
  return { part: 'profile', bars: [], details };
}

/** The clock of V8's profiles. */
function monotonicMicroseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Of the profiles that the processes of one gateway left, the one of the process that was busiest: its worker. */
async function busiest(directory: string, from: number, to: number): Promise<SelfTimes> {
  const names = await readdir(directory);
  const profiles = names.map(async (name) => {
    const text = await readFile(path.join(directory, name), 'utf8');
    return selfTimes(JSON.parse(text) as CpuProfile, from, to);
  });
  const all = (await Promise.all(profiles)).sort((a, b) => b.busy - a.busy);
  if (!all[0]) throw new Error('the gateway left no profile');
  return all[0];
}

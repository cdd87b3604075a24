import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessTree } from '../processes/process-tree.js';
import type { Lab } from './lab.js';
import { runWrk } from './loads/run-wrk.js';
import type { System, SystemId } from './system.js';
import type { Work } from './work.js';

/** One measurement of one system. Times in microseconds, memory in bytes. */
export interface Measurement {
  readonly system: SystemId;
  readonly work: Work;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** User and system time per request of all processes of the system; null for the backend. */
  readonly cpu: number | null;
  /** The same of Redis, which runs on the other core; null for peers. */
  readonly redisCpu: number | null;
  /** How much of one core the system used, in percent: well below 100, load or backend was the limit. */
  readonly busy: number | null;
  /** Sum of the peaks of its processes. */
  readonly peakMemory: number | null;
  /** Requests without a line in the log; null where nobody counts them. */
  readonly lostLogLines: number | null;
  /** Why it does not count; null when all went well. */
  readonly invalid: string | null;
}

/** For the last answers to be logged and counted. */
const SETTLE_MS = 150;

/** Drives `work` at one system and reads what that cost it. */
export async function measure(lab: Lab, system: System, work: Work, seconds: number): Promise<Measurement> {
  const { tree } = system;
  const redis = system.id.startsWith('gateway') ? lab.installation.redisTree : null;
  // Asking for lines costs the system something, so it is done outside of what is measured.
  const linesBefore = await system.logLines?.();
  tree?.forgetPeak();
  const before = { own: cpuOf(tree), redis: cpuOf(redis) };
  const began = performance.now();
  const wrk = await runWrk(lab.surroundings.programs.get('wrk')!.file, system, work, seconds, lab.uploadScript);
  const elapsed = (performance.now() - began) / 1000;
  await sleep(SETTLE_MS);
  const used = { own: cpuOf(tree) - before.own, redis: cpuOf(redis) - before.redis };
  const peakMemory = tree && tree.peakMemory();
  const lines = system.logLines && (await system.logLines()) - linesBefore!;
  const measurement: Measurement = {
    system: system.id,
    work,
    requests: wrk.requests,
    requestsPerSecond: wrk.requestsPerSecond,
    p50: wrk.p50,
    p99: wrk.p99,
    cpu: tree && (used.own * 1e6) / wrk.requests,
    redisCpu: redis && (used.redis * 1e6) / wrk.requests,
    busy: tree && (used.own / elapsed) * 100,
    peakMemory,
    lostLogLines: lines === undefined ? null : Math.max(0, wrk.requests - lines),
    invalid: wrk.invalid,
  };
  await system.afterRun?.();
  return measurement;
}

function cpuOf(tree: ProcessTree | null): number {
  return tree?.cpuSeconds() ?? 0;
}

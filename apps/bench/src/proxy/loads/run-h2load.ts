import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { percentile } from '../../percentile.js';
import { runToEnd } from '../../processes/run-to-end.js';
import { HOST } from '../surroundings.js';
import type { System } from '../system.js';
import { readH2load, readRequestTimes } from './h2load-output.js';

/** What h2load saw of one system at a given rate. */
export interface PacedFigures {
  requests: number;
  requestsPerSecond: number;
  /** Microseconds. */
  p50: number;
  p99: number;
  invalid: string | null;
}

const WARM_UP_SECONDS = 1;
/** A system that answers less of the rate than this did not keep up, and its latencies say nothing about the rate. */
const KEPT_UP = 0.97;

/** Sends requests for the small resource at `rate` a second, spread evenly over `connections`, and times every answer. */
export async function runH2load(
  h2load: string,
  system: System,
  { connections, rate, seconds, directory }: { connections: number; rate: number; seconds: number; directory: string },
): Promise<PacedFigures> {
  const log = path.join(directory, 'h2load.log');
  // Under this name it replaces the Host that h2load would send.
  const headers = { ...(system.host && { ':authority': system.host }), ...system.headers };
  const printed = await runToEnd(h2load, [
    '--h1',
    '-t1',
    `-c${connections}`,
    `-D${seconds}`,
    `--warm-up-time=${WARM_UP_SECONDS}`,
    `--rps=${(rate / connections).toFixed(3)}`,
    `--log-file=${log}`,
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    `http://${HOST}:${system.port}${system.pathOf('small')}`,
  ]);
  const times = readRequestTimes(await readFile(log, 'utf8'));
  await rm(log);
  const { requests, failed, non2xx } = readH2load(printed);
  const requestsPerSecond = requests / seconds;
  const reasons = [
    failed > 0 && `${failed} requests failed`,
    non2xx > 0 && `${non2xx} answers were not 2xx`,
    requestsPerSecond < KEPT_UP * rate && `it answered ${requestsPerSecond.toFixed(0)} of ${rate.toFixed(0)} requests a second`,
  ].filter((reason) => reason !== false);
  return {
    requests,
    requestsPerSecond,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
    invalid: reasons.length > 0 ? reasons.join('; ') : null,
  };
}

import { readWrk } from '../../load/wrk.js';
import { runToEnd } from '../../processes/run-to-end.js';
import { HOST } from '../surroundings.js';
import type { System } from '../system.js';
import type { Work } from '../work.js';
import { readLatency } from './wrk-latency.js';

/** What wrk saw of one system. */
export interface WrkFigures {
  requests: number;
  requestsPerSecond: number;
  /** Microseconds. */
  p50: number;
  p99: number;
  /** Why the run does not count: answers that were no success, connections that broke. Null when all is well. */
  invalid: string | null;
}

/** Longer than any answer should take at the largest bodies and most connections. */
const TIMEOUT = '10s';

/** Drives `work` at a system for some seconds, with one thread of wrk. */
export async function runWrk(
  wrk: string,
  system: System,
  work: Work,
  seconds: number,
  uploadScript: string,
): Promise<WrkFigures> {
  // In this spelling it replaces the Host that wrk would send.
  const all = { ...(system.host && { Host: system.host }), ...system.headers };
  const headers = Object.entries(all).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const printed = await runToEnd(wrk, [
    '-t1',
    `-c${work.connections}`,
    `-d${seconds}s`,
    '--latency',
    '--timeout',
    TIMEOUT,
    ...(work.resource === 'upload' ? ['-s', uploadScript] : []),
    ...headers,
    `http://${HOST}:${system.port}${system.pathOf(work.resource)}`,
  ]);
  const { requests, requestsPerSecond, non2xx, socketErrors } = readWrk(printed);
  const reasons = [
    requests === 0 && 'no request was answered',
    non2xx > 0 && `${non2xx} answers were not 2xx`,
    socketErrors > 0 && /Socket errors:.*/.exec(printed)![0],
  ].filter((reason) => reason !== false);
  return { requests, requestsPerSecond, ...readLatency(printed), invalid: reasons.length > 0 ? reasons.join('; ') : null };
}

/** The script of wrk that uploads bodies of `bytes`. */
export function uploadScript(bytes: number): string {
  return `wrk.method = "POST"
wrk.body = string.rep("x", ${bytes})
wrk.headers["content-type"] = "application/octet-stream"
`;
}

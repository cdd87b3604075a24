import { spawnSync } from 'node:child_process';
import { startLoadLoop } from './load-loop.js';
import { startWrk } from './wrk.js';

export interface LoadTarget {
  port: number;
  path: string;
  connections: number;
}

/** What a load saw from its start to its stop. */
export interface LoadResult {
  requests: number;
  requestsPerSecond: number;
  /** Answers other than 2xx. */
  non2xx: number;
  /** Connections that failed, broke or timed out. */
  socketErrors: number;
}

export interface Load {
  /** Which generator drives it. */
  readonly name: string;
  stop(): Promise<LoadResult>;
}

/** Drives requests at `target` until stopped: wrk where it is installed, else a loop in a thread of this process, which is far slower. */
export function startLoad(target: LoadTarget): Load {
  const probe = spawnSync('wrk', ['-v'], { stdio: 'ignore' });
  return probe.error ? startLoadLoop(target) : startWrk(target);
}

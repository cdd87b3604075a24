import type { Cleanup } from '../cleanup.js';
import { Helper } from '../processes/helper.js';

/** A process that takes log lines by syslog over UDP, reads them and counts them. */
export interface LogReader {
  readonly port: number;
  /** Lines so far. */
  count(): Promise<number>;
}

/** What the process is asked. */
export type LogQuestion = 'port' | 'count';

export async function startLogReader(cleanup: Cleanup): Promise<LogReader> {
  const helper = new Helper(new URL('./log-reader-process.js', import.meta.url), cleanup);
  const ask = (question: LogQuestion) => helper.ask<number>(question);
  return { port: await ask('port'), count: () => ask('count') };
}

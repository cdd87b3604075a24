import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A load of so many requests a second, whatever the answers take. */
export interface PacedLoad {
  /** Each gets as many as the others. */
  ports: readonly number[];
  path: string;
  headers: Record<string, string>;
  /** Requests a second to all of them together. */
  rate: number;
  seconds: number;
}

/** What a load saw. */
export interface PacedResult {
  sent: number;
  /** Answers with status 200 in each tenth of a second, by when they came. */
  admitted: number[];
  /** Answers with status 429. */
  refused: number;
  /** Of every other status, and requests without an answer. */
  failed: number;
}

/** Runs a load in a thread of its own. */
export async function runPacedLoad(load: PacedLoad): Promise<PacedResult> {
  const worker = new Worker(new URL('./paced-load-worker.js', import.meta.url), { workerData: load });
  const [result] = (await once(worker, 'message')) as [PacedResult];
  await worker.terminate();
  return result;
}

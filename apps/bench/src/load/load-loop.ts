import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Load, LoadResult, LoadTarget } from './load.js';

/** Starts a plain loop of requests in a thread of its own. */
export function startLoadLoop(target: LoadTarget): Load {
  const worker = new Worker(new URL('./load-loop-worker.js', import.meta.url), { workerData: target });
  return {
    name: `own loop, ${target.connections} connections`,
    async stop() {
      const answered = once(worker, 'message') as Promise<[LoadResult]>;
      worker.postMessage('stop');
      const [result] = await answered;
      await worker.terminate();
      return result;
    },
  };
}

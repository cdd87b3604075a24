import type { SendHandle } from 'node:child_process';
import { loadConfig } from '../config.js';
import type { FromWorker, ToWorker } from './messages.js';
import { Worker } from './worker.js';

/*
 * The program of one worker process; its supervisor starts it, with its own environment. It ends when it is told to, and by itself when its supervisor
 * is gone: it gives its sockets up at once then, so that another gateway can take the ports, and lets requests under way end. One that cannot, because it
 * hangs, is killed after that time (`supervisor/worker-guard.ts`).
 */

// What ends a gateway reaches the whole process group, or the whole container: the supervisor decides in which order.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
// Whoever read them may be gone.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const config = loadConfig(process.env);
let worker: Worker | null = null;

process.on('message', (message: ToWorker, handle: SendHandle) => {
  if (message.type === 'start') worker = new Worker(config, message, tell);
  else worker?.hear(message, handle);
});
process.once('disconnect', () => {
  if (worker) void worker.drain(config.drain);
  else process.exit(0);
});

/** Resolves when the message has left this process. */
function tell(message: FromWorker, handle?: SendHandle): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send!(message, handle, {}, () => resolve());
    else resolve();
  });
}

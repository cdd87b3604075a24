import path from 'node:path';
import { loadConfig } from './config.js';
import { startGateway, type RunningGateway } from './start-gateway.js';
import { StartupError } from './startup-error.js';

/** npm passes a Ctrl-C on to a command that the terminal told already: two signals this close together are one wish. */
const SAME_WISH_MS = 500;

let gateway: RunningGateway | null = null;
let firstAsked: number | null = null;
/** Resolves when the process is asked to end; from the start on, so that a gateway that is still starting ends cleanly too. */
const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      firstAsked ??= performance.now();
      resolve();
      if (performance.now() - firstAsked <= SAME_WISH_MS) return;
      gateway?.kill();
      process.exit(1);
    });
  }
});
process.on('SIGHUP', () => void gateway?.replaceWorkers());

try {
  const args = [...process.execArgv, path.join(import.meta.dirname, 'worker/main.js')];
  const started = await startGateway(loadConfig(process.env), { args, env: process.env });
  gateway = started;
  void asked
    .then(() => started.stop())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  await Promise.race([started.serving, asked]).catch(async (error: unknown) => {
    await started.stop();
    throw error;
  });
} catch (error) {
  console.error(error instanceof StartupError ? `gateway: ${error.message}` : error);
  process.exit(1);
}

import path from 'node:path';
import { loadConfig } from './config.js';
import { startGateway } from './start-gateway.js';
import { StartupError } from './startup-error.js';

/** Resolves when the process is asked to end; from the start on, so that a gateway that is still starting ends cleanly too. */
const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
});
let replaceWorkers = (): unknown => undefined;
process.on('SIGHUP', () => replaceWorkers());

try {
  const args = [...process.execArgv, path.join(import.meta.dirname, 'worker/main.js')];
  const gateway = await startGateway(loadConfig(process.env), { args, env: process.env });
  ({ replaceWorkers } = gateway);
  void asked
    .then(() => gateway.stop())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  await Promise.race([gateway.serving, asked]).catch(async (error: unknown) => {
    await gateway.stop();
    throw error;
  });
} catch (error) {
  console.error(error instanceof StartupError ? `gateway: ${error.message}` : error);
  process.exit(1);
}

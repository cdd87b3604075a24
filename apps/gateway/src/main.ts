import { loadConfig } from './config.js';
import { startGateway } from './start-gateway.js';
import { StartupError } from './startup-error.js';

/** Resolves when the process is asked to end; from the start on, so that a gateway that is still starting ends cleanly too. */
const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
});

try {
  const gateway = await startGateway(loadConfig(process.env));
  void asked
    .then(() => gateway.stop())
    .then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
} catch (error) {
  console.error(error instanceof StartupError ? `gateway: ${error.message}` : error);
  process.exit(1);
}

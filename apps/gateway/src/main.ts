import { loadConfig } from './config.js';
import { startGateway } from './start-gateway.js';
import { StartupError } from './startup-error.js';

try {
  const config = loadConfig(process.env);
  const gateway = await startGateway(config);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      gateway.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  console.error(error instanceof StartupError ? `gateway: ${error.message}` : error);
  process.exit(1);
}

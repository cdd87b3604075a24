import { loadConfig } from './config.js';
import { closeInheritedFiles } from './inherited-files.js';
import { startFunctions } from './start-functions.js';
import { StartupError } from './startup-error.js';

/** npm passes a Ctrl-C on to a command that the terminal told already: two signals this close together are one wish. */
const SAME_WISH_MS = 500;

closeInheritedFiles();

let firstAsked: number | null = null;
/** Resolves when the process is asked to end; from the start on, so that a process that is still starting ends cleanly too. */
const asked = new Promise<void>((resolve) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      firstAsked ??= performance.now();
      resolve();
      if (performance.now() - firstAsked > SAME_WISH_MS) process.exit(1);
    });
  }
});

try {
  const functions = await startFunctions(loadConfig(process.env));
  await asked;
  await functions.stop();
  process.exit(0);
} catch (error) {
  console.error(error instanceof StartupError ? `functions: ${error.message}` : error);
  process.exit(1);
}

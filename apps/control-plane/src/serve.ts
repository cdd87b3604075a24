import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ControlPlaneConfig } from './config.js';
import { StartupError } from './startup-error.js';

/** For requests in flight to end, after which the process ends without them. */
const DRAIN_MS = 15_000;

/**
 * Listens where the configuration says, tells so on stdout, and ends the process with code 0 once it was asked to (SIGTERM, SIGINT) and requests
 * in flight are answered. Throws a `StartupError` when it cannot listen.
 */
export async function serve(
  app: NestFastifyApplication,
  { host, port }: Pick<ControlPlaneConfig, 'host' | 'port'>,
): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(app));
  try {
    await app.listen(port, host);
  } catch (error) {
    throw explainListenError(error, host, port);
  }
  console.log(`control plane: listening on ${await app.getUrl()}`);
}

async function stop(app: NestFastifyApplication): Promise<void> {
  const late = setTimeout(() => process.exit(1), DRAIN_MS);
  try {
    await app.close();
    process.exit(0);
  } catch (error) {
    console.error(error);
    process.exit(1);
  } finally {
    clearTimeout(late);
  }
}

function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return new StartupError(`GATEHOUSE_ADMIN_PORT: ${host}:${port} is in use by another process`);
  if (code === 'EACCES') return new StartupError(`GATEHOUSE_ADMIN_PORT: no permission to listen on ${host}:${port}`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartupError(`GATEHOUSE_ADMIN_HOST: this machine has no address ${host}`);
  return error;
}

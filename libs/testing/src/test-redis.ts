import { startRedis, type EmbeddedService } from '@gatehouse/embedded';
import { Redis } from 'ioredis';
import { rm } from 'node:fs/promises';
import { temporaryDirectory } from './temporary-directory.js';

/**
 * The run's Redis (REDIS_URL), in a numbered database of this worker's own, so that specs which run at the same time do not meet. What
 * earlier specs of the worker wrote is still there: a spec that needs an empty one uses {@link freshRedis}.
 */
export function redisUrl(): string {
  const server = process.env.REDIS_URL;
  if (!server) throw new Error('redisUrl() works in specs of the integration project only (*.integration.spec.ts)');
  const url = new URL(server);
  url.pathname = `/${process.env.VITEST_POOL_ID ?? 0}`;
  return url.href;
}

/** A Redis process of one spec's own, to flush, stop and start again. */
export interface TestRedis {
  /** The same over all restarts. */
  url: string;
  /** FLUSHALL. */
  flush(): Promise<void>;
  /** Ends the process at once (SIGKILL), as a crash would; {@link start} brings back what the append-only file holds. */
  kill(): Promise<void>;
  /** Starts it again, on the same port with the same data, after {@link kill}. */
  start(): Promise<void>;
  /** Stops cleanly and starts again. */
  restart(): Promise<void>;
  /** Stops it for good and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a Redis process for one spec.
 * @param appendonly false: a restart begins empty
 */
export async function freshRedis({ appendonly = true } = {}): Promise<TestRedis> {
  const dataDir = await temporaryDirectory('redis');
  let service: EmbeddedService = await startRedis({ dataDir, appendonly });
  const { url } = service;
  const port = Number(new URL(url).port);
  const start = async () => {
    service = await startRedis({ dataDir, appendonly, port });
  };
  return {
    url,
    async flush() {
      const client = new Redis(url);
      await client.flushall();
      client.disconnect();
    },
    async kill() {
      process.kill(service.pid, 'SIGKILL');
      await service.exited;
    },
    start,
    async restart() {
      await service.stop();
      await start();
    },
    async stop() {
      await service.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

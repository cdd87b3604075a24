import path from 'node:path';
import { rm } from 'node:fs/promises';
import { findRedisServer } from './find-redis-server.js';
import { type EmbeddedService } from './postgres.js';
import { ServiceStartError, startService } from './service-process.js';
import { openSettings } from './service-settings.js';

/** Where and how an embedded Redis runs. */
export interface RedisOptions {
  /** Made if needed. Holds settings.json and Redis's files. */
  dataDir: string;
  /** Default: the port of the last start, or a free one. */
  port?: number;
  /** Default: the password of the last start, or a random one. */
  password?: string;
  /** Keeps every write in an append-only file, flushed once a second. */
  appendonly?: boolean;
  /** For tests: stopping removes the data. */
  temporary?: boolean;
  /** Receives Redis's log lines and says so when Redis has to be fetched first. */
  log?: (line: string) => void;
}

const ATTEMPTS = 3;

/**
 * Starts a Redis of this machine (see {@link findRedisServer}) on the loopback address only, with a password and without eviction: a full
 * Redis refuses writes instead of forgetting documents. Throws when there is none or it cannot start.
 */
export async function startRedis(options: RedisOptions): Promise<EmbeddedService> {
  const server = await findRedisServer(options.log);
  for (let attempt = 1; ; attempt++) {
    const settings = await openSettings(options.dataDir, { port: options.port, password: options.password });
    const configuration = [
      'bind 127.0.0.1',
      `port ${settings.port}`,
      'protected-mode yes',
      `requirepass ${JSON.stringify(settings.password)}`,
      `dir ${JSON.stringify(path.resolve(options.dataDir))}`,
      'save ""',
      `appendonly ${options.appendonly ? 'yes' : 'no'}`,
      'maxmemory-policy noeviction',
    ];
    try {
      const service = await startService({
        name: 'Redis',
        command: server.command,
        args: ['-'], // the configuration comes on standard input, so that the password shows in no process list and no file
        env: server.env,
        input: configuration.join('\n') + '\n',
        ready: /Ready to accept connections/,
        stopSignal: 'SIGTERM',
        log: options.log,
      });
      const url = `redis://:${settings.password}@127.0.0.1:${settings.port}`;
      const stop = async () => {
        await service.stop();
        if (options.temporary) await rm(options.dataDir, { recursive: true, force: true });
      };
      return { ...service, url, stop };
    } catch (error) {
      const portTaken = error instanceof ServiceStartError && error.output.includes('Address already in use');
      if (!portTaken || options.port !== undefined || attempt === ATTEMPTS) throw error;
    }
  }
}

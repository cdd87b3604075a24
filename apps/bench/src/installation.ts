import { freePort, startPostgres, startRedis, type EmbeddedService } from '@gatehouse/embedded';
import { deriveDataPlaneSecret } from '@gatehouse/snapshot';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AdminClient } from './admin-client.js';
import { Child } from './child.js';

/** One installation for a benchmark: embedded Postgres and Redis, one control plane, gateways, each a process of its own. */
export class Installation {
  readonly gatewayPorts: number[] = [];
  admin!: AdminClient;
  private readonly services: EmbeddedService[] = [];
  private readonly children: Child[] = [];

  private constructor(private readonly directory: string) {}

  /** Starts everything and waits until it is ready; leaves nothing behind when that fails. */
  static async start(gateways: number): Promise<Installation> {
    const installation = new Installation(await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-')));
    try {
      await installation.open(gateways);
      return installation;
    } catch (error) {
      await installation.stop();
      throw error;
    }
  }

  /** Stops all processes and removes their data. */
  async stop(): Promise<void> {
    await Promise.all(this.children.map((child) => child.stop()));
    await Promise.all(this.services.map((service) => service.stop()));
    await rm(this.directory, { recursive: true, force: true });
  }

  private async open(gateways: number): Promise<void> {
    // As in production: Postgres flushes its log, Redis keeps every write.
    const [postgres, redis] = await Promise.all([
      startPostgres({ dataDir: path.join(this.directory, 'postgres') }),
      startRedis({ dataDir: path.join(this.directory, 'redis'), appendonly: true }),
    ]);
    this.services.push(postgres, redis);
    const masterKey = randomBytes(32);
    const rootKey = { accessKeyId: 'AKIABENCHMARK0000000', secretAccessKey: randomBytes(30).toString('base64url') };
    const ready = [this.openControlPlane(postgres.url, redis.url, masterKey, rootKey)];
    for (let n = 0; n < gateways; n += 1) ready.push(this.openGateway(n, redis.url, masterKey));
    await Promise.all(ready);
  }

  private async openControlPlane(
    databaseUrl: string,
    redisUrl: string,
    masterKey: Buffer,
    rootKey: AdminClient['credentials'],
  ): Promise<void> {
    const port = await freePort();
    const child = new Child('control-plane', {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      GATEHOUSE_DATA_DIR: path.join(this.directory, 'control-plane'),
      GATEHOUSE_MASTER_KEY: masterKey.toString('base64'),
      GATEHOUSE_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
      GATEHOUSE_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      GATEHOUSE_ADMIN_PORT: String(port),
    });
    this.children.push(child);
    await child.answering(`http://127.0.0.1:${port}/healthz`);
    this.admin = new AdminClient(port, rootKey);
  }

  private async openGateway(n: number, redisUrl: string, masterKey: Buffer): Promise<void> {
    const [port, internalPort] = [await freePort(), await freePort()];
    const child = new Child('gateway', {
      REDIS_URL: redisUrl,
      GATEHOUSE_DATA_DIR: path.join(this.directory, `gateway-${n}`),
      GATEHOUSE_DATA_PLANE_KEY: deriveDataPlaneSecret(masterKey).toString('base64'),
      GATEHOUSE_GATEWAY_ID: `gateway-${n}`,
      GATEHOUSE_GATEWAY_PORT: String(port),
      GATEHOUSE_INTERNAL_PORT: String(internalPort),
      GATEHOUSE_ACCESS_LOG: path.join(this.directory, `access-${n}.log`),
    });
    this.children.push(child);
    this.gatewayPorts.push(port);
    await child.answering(`http://127.0.0.1:${internalPort}/readyz`);
  }
}

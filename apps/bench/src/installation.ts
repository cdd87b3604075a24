import { freePort, startPostgres, startRedis, type EmbeddedService } from '@gatehouse/embedded';
import { deriveDataPlaneSecret } from '@gatehouse/snapshot';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { AdminClient } from './admin-client.js';
import { Cleanup } from './cleanup.js';
import { ProcessTree } from './processes/process-tree.js';
import type { RunningProcess } from './processes/running-process.js';
import { startProduct } from './start-product.js';
import { temporaryDirectory } from './temporary-directory.js';

export interface GatewayOptions {
  /** What it gets beside what makes it a part of the installation. */
  env?: Record<string, string>;
  core?: number | null;
}

/** A gateway that is ready. */
export interface BenchGateway {
  readonly port: number;
  readonly internalPort: number;
  readonly process: RunningProcess;
}

/** One installation for a benchmark: embedded Postgres and Redis, one control plane, gateways, each a process of its own. */
export class Installation {
  private readonly cleanup = new Cleanup();
  private readonly masterKey = randomBytes(32);
  private gatewaysStarted = 0;
  private directory!: string;
  private postgres!: EmbeddedService;
  private redis!: EmbeddedService;
  private controlPlane!: RunningProcess;
  private controlPlanePort = 0;
  private functionsPort = 0;
  admin!: AdminClient;

  private constructor() {}

  /** Starts all but gateways and waits until it is ready. `cleanup` stops it and removes its data. */
  static async start(cleanup: Cleanup): Promise<Installation> {
    const installation = new Installation();
    cleanup.defer(() => installation.stop());
    await installation.open();
    return installation;
  }

  /** Stops all processes and removes their data. */
  stop(): Promise<void> {
    return this.cleanup.run();
  }

  /** Stops what gateways that are ready do without: the control plane and Postgres. */
  async stopAdministration(): Promise<void> {
    await this.controlPlane.stop();
    await this.postgres.stop();
  }

  /** Ends Redis for good. */
  async stopRedis(): Promise<void> {
    await this.redis.stop();
  }

  /** The process of Redis. */
  get redisTree(): ProcessTree {
    return new ProcessTree(this.redis.pid);
  }

  /** Starts one more gateway and waits until it is ready. */
  async startGateway({ env = {}, core = null }: GatewayOptions = {}): Promise<BenchGateway> {
    const n = this.gatewaysStarted++;
    const [port, internalPort] = [await freePort(), await freePort()];
    const gateway = startProduct(
      'gateway',
      {
        REDIS_URL: this.redis.url,
        GATEHOUSE_DATA_DIR: path.join(this.directory, `gateway-${n}`),
        GATEHOUSE_DATA_PLANE_KEY: deriveDataPlaneSecret(this.masterKey).toString('base64'),
        GATEHOUSE_GATEWAY_ID: `gateway-${n}`,
        GATEHOUSE_GATEWAY_PORT: String(port),
        GATEHOUSE_INTERNAL_PORT: String(internalPort),
        GATEHOUSE_ACCESS_LOG: path.join(this.directory, `access-${n}.log`),
        GATEHOUSE_ACCESS_LOG_FILES: '1',
        ...env,
      },
      core,
    );
    this.cleanup.defer(() => gateway.stop());
    await gateway.answering(`http://127.0.0.1:${internalPort}/readyz`);
    return { port, internalPort, process: gateway };
  }

  /** Starts the functions service and waits until it is ready. */
  async startFunctions(): Promise<{ endpoint: string; process: RunningProcess }> {
    const endpoint = `http://127.0.0.1:${this.functionsPort}`;
    const functions = startProduct('functions', {
      REDIS_URL: this.redis.url,
      GATEHOUSE_DATA_DIR: path.join(this.directory, 'functions'),
      GATEHOUSE_DATA_PLANE_KEY: deriveDataPlaneSecret(this.masterKey).toString('base64'),
      GATEHOUSE_CONTROL_PLANE_URL: `http://127.0.0.1:${this.controlPlanePort}`,
      GATEHOUSE_FUNCTIONS_PORT: String(this.functionsPort),
    });
    this.cleanup.defer(() => functions.stop());
    await functions.answering(`${endpoint}/readyz`);
    return { endpoint, process: functions };
  }

  private async open(): Promise<void> {
    this.directory = await temporaryDirectory(this.cleanup);
    // As in production: Postgres flushes its log, Redis keeps every write.
    this.postgres = await startPostgres({ dataDir: path.join(this.directory, 'postgres') });
    this.cleanup.defer(() => this.postgres.stop());
    this.redis = await startRedis({ dataDir: path.join(this.directory, 'redis'), appendonly: true });
    this.cleanup.defer(() => this.redis.stop());
    const rootKey = { accessKeyId: 'AKIABENCHMARK0000000', secretAccessKey: randomBytes(30).toString('base64url') };
    const port = (this.controlPlanePort = await freePort());
    this.functionsPort = await freePort();
    this.controlPlane = startProduct('control-plane', {
      DATABASE_URL: this.postgres.url,
      REDIS_URL: this.redis.url,
      GATEHOUSE_DATA_DIR: path.join(this.directory, 'control-plane'),
      GATEHOUSE_MASTER_KEY: this.masterKey.toString('base64'),
      GATEHOUSE_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
      GATEHOUSE_ROOT_SECRET_ACCESS_KEY: rootKey.secretAccessKey,
      GATEHOUSE_ADMIN_PORT: String(port),
      GATEHOUSE_FUNCTIONS_ENDPOINT: `http://127.0.0.1:${this.functionsPort}`,
    });
    this.cleanup.defer(() => this.controlPlane.stop());
    await this.controlPlane.answering(`http://127.0.0.1:${port}/healthz`);
    this.admin = new AdminClient(port, rootKey);
  }
}

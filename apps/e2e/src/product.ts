import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { freePort, startPostgres, startRedis } from '@gatehouse/embedded';
import { deriveDataPlaneSecret } from '@gatehouse/snapshot';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Child, until } from './child.js';
import { ask, type Answer, type Ask } from './http.js';

export const ROOT_KEY = { accessKeyId: 'AKIAENDTOENDTEST2345', secretAccessKey: randomBytes(30).toString('base64url') };
export const REGION = 'us-east-1';

export class ControlPlane {
  child: Child;
  constructor(
    readonly port: number,
    /** What it was started with, its port aside. */
    readonly env: Record<string, string>,
  ) {
    this.child = this.spawn();
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private spawn(): Child {
    return new Child('control-plane', { ...this.env, GATEHOUSE_ADMIN_PORT: String(this.port) });
  }

  start(): void {
    this.child = this.spawn();
  }

  async ready(): Promise<void> {
    await until(`the control plane on ${this.port}`, async () => {
      if (!this.child.running) throw new Error(`the control plane ended:\n${this.child.printed}`);
      const answer = await ask({ port: this.port, path: '/healthz' }).catch(() => undefined);
      return answer?.status === 200 ? true : undefined;
    });
  }

  /** The real SDK, talking to this control plane. */
  client(credentials = ROOT_KEY): APIGatewayClient {
    return new APIGatewayClient({ endpoint: this.endpoint, region: REGION, credentials, maxAttempts: 1 });
  }

  /** The same for functions. */
  lambda(): LambdaClient {
    return new LambdaClient({ endpoint: this.endpoint, region: REGION, credentials: ROOT_KEY, maxAttempts: 1 });
  }
}

export class FunctionsProcess {
  child: Child;
  constructor(
    readonly port: number,
    private readonly env: Record<string, string>,
  ) {
    this.child = this.spawn();
  }

  private spawn(): Child {
    return new Child('functions', { ...this.env, GATEHOUSE_FUNCTIONS_PORT: String(this.port) });
  }

  start(): void {
    this.child = this.spawn();
  }

  async ready(): Promise<void> {
    await until(`the functions service on ${this.port}`, async () => {
      if (!this.child.running) throw new Error(`the functions service ended:\n${this.child.printed}`);
      const answer = await ask({ port: this.port, path: '/readyz' }).catch(() => undefined);
      return answer?.status === 200 ? true : undefined;
    });
  }
}

export class GatewayProcess {
  child: Child;
  constructor(
    readonly port: number,
    readonly internalPort: number,
    readonly id: string,
    private readonly env: Record<string, string>,
  ) {
    this.child = this.spawn();
  }

  private spawn(changes: Record<string, string> = {}): Child {
    return new Child('gateway', {
      ...this.env,
      ...changes,
      GATEHOUSE_GATEWAY_ID: this.id,
      GATEHOUSE_GATEWAY_PORT: String(this.port),
      GATEHOUSE_INTERNAL_PORT: String(this.internalPort),
    });
  }

  /** `changes` are for this life only. */
  start(changes: Record<string, string> = {}): void {
    this.child = this.spawn(changes);
  }

  internal(pathname: string): Promise<Answer> {
    return ask({ port: this.internalPort, path: pathname });
  }

  async ready(): Promise<Answer> {
    return until(`gateway ${this.id}`, async () => {
      if (!this.child.running) throw new Error(`gateway ${this.id} ended:\n${this.child.printed}`);
      const answer = await this.internal('/readyz').catch(() => undefined);
      return answer?.status === 200 ? answer : undefined;
    });
  }

  /** Process ids of its workers, in the order of their start. */
  async workers(): Promise<number[]> {
    const children = promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(this.child.process.pid)]);
    const { stdout } = await children.catch(() => ({ stdout: '' }));
    return stdout
      .split('\n')
      .map(Number)
      .filter((pid) => pid > 0);
  }

  /** The sum of a metric's lines, of those that `labels` pick. */
  async metric(name: string, labels = /^/): Promise<number> {
    const { body } = await this.internal('/metrics');
    const lines = body
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || (line.startsWith(`${name}{`) && labels.test(line)));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** Calls a REST API by its execute-api host. */
  call(apiId: string, pathname: string, more: Partial<Ask> = {}): Promise<Answer> {
    const host = `${apiId}.execute-api.${REGION}.localhost:${this.port}`;
    return ask({ port: this.port, path: pathname, ...more, headers: { host, ...more.headers } });
  }
}

/** The whole product as separate processes: embedded Postgres and Redis, control planes, gateways and, where it is wanted, the functions service. */
export class Product {
  postgres!: Awaited<ReturnType<typeof startPostgres>>;
  redis!: Awaited<ReturnType<typeof startRedis>>;
  readonly controlPlanes: ControlPlane[] = [];
  readonly gateways: GatewayProcess[] = [];
  functions: FunctionsProcess | undefined;
  private directory!: string;
  private masterKey = randomBytes(32);
  /** What every part is started with. */
  private env!: Record<string, string>;

  static async start(
    size: { controlPlanes: number; gateways: number; functions?: boolean },
    env: Record<string, string> = {},
  ): Promise<Product> {
    const product = new Product();
    product.directory = await mkdtemp(path.join(tmpdir(), 'gatehouse-e2e-'));
    await Promise.all([product.startPostgres(), product.startRedis()]);
    product.env = { REDIS_URL: product.redis.url, GATEHOUSE_DATA_DIR: path.join(product.directory, 'data'), ...env };
    const functionsPort = size.functions ? await freePort() : undefined;
    if (functionsPort !== undefined) {
      const endpoint = `http://127.0.0.1:${functionsPort}`;
      product.env = { ...product.env, GATEHOUSE_FUNCTIONS_ENDPOINT: endpoint, GATEHOUSE_LAMBDA_ENDPOINT: endpoint };
    }
    for (let n = 0; n < size.gateways; n++) await product.addGateway();
    const [tested] = product.gateways;
    for (let n = 0; n < size.controlPlanes; n++) {
      product.controlPlanes.push(
        new ControlPlane(await freePort(), {
          ...product.env,
          DATABASE_URL: product.postgres.url,
          GATEHOUSE_MASTER_KEY: product.masterKey.toString('base64'),
          GATEHOUSE_ROOT_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
          GATEHOUSE_ROOT_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
          ...(tested && { GATEHOUSE_TEST_INVOKE_ENDPOINT: `http://127.0.0.1:${tested.internalPort}` }),
        }),
      );
    }
    if (functionsPort !== undefined) product.addFunctions(functionsPort);
    await Promise.all(product.parts.map((part) => part.ready()));
    return product;
  }

  private get parts(): (ControlPlane | GatewayProcess | FunctionsProcess)[] {
    return [...this.controlPlanes, ...this.gateways, ...(this.functions ? [this.functions] : [])];
  }

  private addFunctions(port: number): void {
    this.functions = new FunctionsProcess(port, {
      ...this.env,
      GATEHOUSE_DATA_PLANE_KEY: deriveDataPlaneSecret(this.masterKey).toString('base64'),
      GATEHOUSE_CONTROL_PLANE_URL: this.controlPlanes[0]!.endpoint,
    });
  }

  /** Starts one more gateway; `env` is what it has beside what all parts have. It may not be ready yet. */
  async addGateway(env: Record<string, string> = {}): Promise<GatewayProcess> {
    const n = this.gateways.length;
    const gateway = new GatewayProcess(await freePort(), await freePort(), `gateway-${n}`, {
      ...this.env,
      GATEHOUSE_DATA_PLANE_KEY: deriveDataPlaneSecret(this.masterKey).toString('base64'),
      GATEHOUSE_ACCESS_LOG: path.join(this.directory, `access-${n}.log`),
      ...env,
    });
    this.gateways.push(gateway);
    return gateway;
  }

  accessLog(gateway: number): string {
    return path.join(this.directory, `access-${gateway}.log`);
  }

  /** Folder of what a gateway logs of stages, below which each account and region has one. */
  stageLogs(gateway: number): string {
    return path.join(this.directory, 'data', 'gateways', this.gateways[gateway]!.id, 'logs');
  }

  /** Starts Postgres, after a stop on the same port with the same data. */
  async startPostgres(): Promise<void> {
    const port = this.postgres ? Number(new URL(this.postgres.url).port) : undefined;
    this.postgres = await startPostgres({ dataDir: path.join(this.directory, 'postgres'), port });
  }

  async startRedis(): Promise<void> {
    const before = this.redis ? new URL(this.redis.url) : undefined;
    this.redis = await startRedis({
      dataDir: path.join(this.directory, 'redis'),
      port: before ? Number(before.port) : undefined,
      password: before ? decodeURIComponent(before.password) : undefined,
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.parts.map((part) => part.child.stop()));
    await Promise.all([this.redis.stop(), this.postgres.stop()]);
    await rm(this.directory, { recursive: true, force: true });
  }
}

import { createArchive } from '@gatehouse/function-archive';
import { ADMITTED_CALLER, CALLER_HEADER, functionArn, readCodeLocation } from '@gatehouse/lambda-contract';
import { PublicationProducer, PublicationWorker, SnapshotWriter } from '@gatehouse/publication';
import { sign } from '@gatehouse/sigv4';
import {
  dataPlaneKey,
  refName,
  seal,
  type Document,
  type FunctionSnapshot,
  type FunctionVersionSnapshot,
} from '@gatehouse/snapshot';
import { freshRedis, temporaryDirectory, type TestRedis } from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from './config.js';
import { startFunctions, type RunningFunctions } from './start-functions.js';

export const SECRET = Buffer.alloc(32, 7);
export const KEY = dataPlaneKey(SECRET);
export const scope = { accountId: '123456789012', region: 'us-east-1' };
const EPOCH = 'epoch-1';

/** What a test says of a function; the rest is as on AWS by default. */
export interface TestFunction {
  name: string;
  files: Record<string, string | Buffer>;
  handler?: string;
  runtime?: string;
  timeout?: number;
  memorySize?: number;
  environment?: Record<string, string>;
  version?: string;
  more?: Partial<FunctionSnapshot>;
}

export interface CallOptions {
  qualifier?: string;
  headers?: Record<string, string>;
  caller?: string;
  streams?: boolean;
}

/** A functions process (in this one), its Redis, and a control plane that gives out archives. */
export class FunctionsFixture {
  readonly downloads: string[] = [];
  private readonly archives = new Map<string, Buffer>();
  private redis!: Redis;
  private writer!: SnapshotWriter;
  private producer!: PublicationProducer;
  private worker!: PublicationWorker;
  private controlPlane!: Server;
  private running: RunningFunctions | null = null;
  private revision = 0;
  /** `host:port` of the functions process. */
  address: string | null = null;

  service!: TestRedis;
  dataDir!: string;

  /** Users of its own: specs run at the same time, and so may the same spec in two places. */
  readonly firstUid = 1_048_576 + Math.floor(Math.random() * 3_000_000) * 256;
  readonly lastUid = this.firstUid + 255;

  /** @param changes to the environment */
  constructor(private readonly changes: Record<string, string> = {}) {}

  async start(): Promise<void> {
    [this.service, this.dataDir] = await Promise.all([freshRedis(), temporaryDirectory('functions')]);
    this.redis = new Redis(this.service.url);
    this.redis.on('error', () => undefined);
    this.writer = new SnapshotWriter(this.redis, KEY);
    await this.writer.beginEpoch(null, EPOCH);
    await this.writer.completeEpoch(EPOCH);
    this.producer = new PublicationProducer(this.redis);
    this.worker = new PublicationWorker(
      this.service.url,
      1,
      async () => {},
      () => {},
    );
    this.controlPlane = createServer((request, response) => {
      const name = readCodeLocation([KEY], request.url ?? '', Date.now());
      const archive = name && this.archives.get(name.sha256);
      this.downloads.push(request.url ?? '');
      response.writeHead(archive ? 200 : 403).end(archive || '');
    });
    await new Promise<void>((resolve) => this.controlPlane.listen(0, '127.0.0.1', resolve));
    await this.startService();
  }

  get environment(): Record<string, string> {
    const { port } = this.controlPlane.address() as AddressInfo;
    return {
      REDIS_URL: this.service.url,
      GATEHOUSE_DATA_PLANE_KEY: SECRET.toString('base64'),
      GATEHOUSE_CONTROL_PLANE_URL: `http://127.0.0.1:${port}`,
      GATEHOUSE_FUNCTIONS_PORT: '0',
      GATEHOUSE_DATA_DIR: this.dataDir,
      GATEHOUSE_FUNCTION_UIDS: `${this.firstUid}-${this.lastUid}`,
      GATEHOUSE_DRAIN_SECONDS: '1',
      ...this.changes,
    };
  }

  async startService(): Promise<void> {
    this.running = await startFunctions(loadConfig(this.environment));
    this.address = this.running.address;
    await this.eventually(async () => (await fetch(`${this.url}/readyz`)).status === 200);
  }

  async stopService(): Promise<void> {
    await this.running?.stop();
    this.running = null;
  }

  async stop(): Promise<void> {
    await this.stopService();
    await Promise.all([this.producer.close(), this.worker.close()]);
    this.controlPlane.close();
    this.redis.disconnect();
    await this.service.stop();
    await rm(this.dataDir, { recursive: true, force: true });
    if (process.getuid?.() === 0) await rm(`/var/lib/gatehouse-functions-${this.firstUid}`, { recursive: true, force: true });
  }

  get url(): string {
    return `http://${this.address}`;
  }

  async eventually(ask: () => Promise<boolean> | boolean, ms = 10_000): Promise<void> {
    for (const deadline = Date.now() + ms; !(await ask()); await sleep(20)) {
      if (Date.now() > deadline) throw new Error('it never came');
    }
  }

  /** Publishes a function and answers the revision id of its version. */
  async put(definition: TestFunction): Promise<string> {
    const version = await this.versionOf(definition);
    await this.publish(definition.name, {
      functionName: definition.name,
      versions: [version],
      aliases: [],
      reservedConcurrency: null,
      policy: [],
      ...definition.more,
    });
    return version.revisionId;
  }

  async versionOf(definition: TestFunction): Promise<FunctionVersionSnapshot> {
    const { name, files, environment } = definition;
    const archive = await createArchive(
      Object.entries(files).map(([path, content]) => ({ path, content, executable: content.toString().startsWith('#!') })),
    );
    const codeSha256 = createHash('sha256').update(archive).digest('hex');
    this.archives.set(codeSha256, archive);
    const revisionId = `revision-${++this.revision}`;
    return {
      version: definition.version ?? '$LATEST',
      revisionId,
      runtime: definition.runtime ?? 'nodejs24.x',
      handler: definition.handler ?? 'index.handler',
      timeout: definition.timeout ?? 3,
      memorySize: definition.memorySize ?? 128,
      environment: environment
        ? seal(KEY, refName({ kind: 'function', ...scope, key: name }), JSON.stringify(environment))
        : null,
      codeSha256,
      codeSize: archive.length,
    };
  }

  async publish(name: string, body: FunctionSnapshot | null): Promise<void> {
    const document: Document<'function'> = { kind: 'function', ...scope, key: name, revision: ++this.revision, body };
    await this.writer.publish(EPOCH, [document]);
    await this.producer.add([document]);
  }

  /** Publishes a Node.js function of one CommonJS file, and waits until it is known. */
  async node(name: string, source: string, more: Partial<TestFunction> = {}): Promise<void> {
    const revision = await this.put({ name, files: { 'index.js': source }, ...more });
    await this.known(name, revision);
  }

  /** Why functions of Python cannot run here: that there is no Python. Undefined where they do; throws where they fail for any other reason. */
  async whyNoPython(): Promise<string | undefined> {
    const files = { 'app.py': 'def handler(event, context):\n    return "runs"\n' };
    const definition = { name: 'has-python', runtime: 'python3.13', handler: 'app.handler', files };
    await this.known(definition.name, await this.put(definition));
    const said = await (await this.call(definition.name, {})).text();
    if (said === '"runs"') return undefined;
    if (!said.includes('no python3 is installed')) throw new Error(`Python does not run: ${said}`);
    // The reporter keeps the reason of a skipped test to itself.
    console.warn(`Skipped: ${said}`);
    return said;
  }

  async known(name: string, revision: string): Promise<void> {
    const response = await this.call(
      name,
      {},
      { headers: { 'x-amz-invocation-type': 'DryRun', 'x-gatehouse-function-revision': revision } },
    );
    if (response.status !== 204) throw new Error(`${response.status} ${await response.text()}`);
  }

  /** Invokes a function as the control plane does. */
  async call(name: string, event: unknown, options: CallOptions = {}): Promise<Response> {
    const arn = functionArn({ ...scope, functionName: name, qualifier: options.qualifier ?? null });
    const path = options.streams
      ? `/2021-11-15/functions/${arn}/response-streaming-invocations`
      : `/2015-03-31/functions/${arn}/invocations`;
    const url = new URL(path, this.url);
    const body = Buffer.isBuffer(event) ? event : Buffer.from(JSON.stringify(event));
    const headers = { [CALLER_HEADER]: options.caller ?? ADMITTED_CALLER, ...options.headers };
    const signed = sign({ method: 'POST', url, headers, body }, KEY.calls, { region: scope.region, service: 'lambda' });
    return fetch(url, { method: 'POST', headers: signed, body });
  }

  /** Invokes, and reads the answer as JSON. */
  async result<T = unknown>(
    name: string,
    event: unknown = {},
    options: CallOptions = {},
  ): Promise<{ error: string | null; payload: T; log: string }> {
    const response = await this.call(name, event, options);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    const log = Buffer.from(response.headers.get('x-amz-log-result') ?? '', 'base64').toString();
    return { error: response.headers.get('x-amz-function-error'), payload: JSON.parse(text) as T, log };
  }
}

export const TAIL = { headers: { 'x-amz-log-type': 'Tail' } };

/** Numbers of a process's children that run a program. */
export function childrenOf(parent: number, program: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        return (
          stat.includes(` (${program}) `) &&
          !stat.includes(') Z ') &&
          stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(parent)
        );
      } catch {
        return false;
      }
    });
}

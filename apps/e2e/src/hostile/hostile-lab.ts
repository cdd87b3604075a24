import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  type APIGatewayClient,
  type CreateUsagePlanCommandInput,
} from '@aws-sdk/client-api-gateway';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { until } from '../child.js';
import { Product, REGION, type GatewayProcess } from '../product.js';
import type { Attack, Outcome } from './attack.js';
import { MOST_BODY_BYTES } from './corpus/sizes.js';
import { API_ID, get } from './messages.js';
import { RawClient } from './raw-client.js';
import { RecordingBackend } from './recording-backend.js';

/** A resource with the method ANY in front of the backend. */
interface LabResource {
  readonly path: string;
  readonly key?: boolean;
  readonly parameters?: Record<string, string>;
  readonly timeoutInMillis?: number;
}

const RESOURCES: readonly LabResource[] = [
  { path: '/open' },
  { path: '/secret', key: true },
  { path: '/files/{proxy+}' },
  { path: '/files/private', key: true },
  { path: '/users/{id}' },
  { path: '/users/{id}/secrets', key: true },
  {
    path: '/mapped/{value}',
    parameters: {
      'integration.request.header.X-From-Path': 'method.request.path.value',
      'integration.request.header.X-From-Query': 'method.request.querystring.v',
      'integration.request.header.X-From-Header': 'method.request.header.X-Value',
    },
  },
  { path: '/impatient', timeoutInMillis: 300 },
];

/**
 * A whole installation whose gateway has one worker, so that everybody shares the same connections to backends, in front of a backend that records. On the
 * stage `dev` of its API stand open and keyed resources side by side.
 */
export class HostileLab {
  product!: Product;
  client!: APIGatewayClient;
  readonly backend: RecordingBackend;
  apiId!: string;
  /** Opens the keyed resources. */
  key!: string;
  private readonly bystanders = new Map<GatewayProcess, RawClient>();
  private asked = 0;

  private constructor(backend: RecordingBackend) {
    this.backend = backend;
  }

  static async start(env: Record<string, string> = {}): Promise<HostileLab> {
    const lab = new HostileLab(await RecordingBackend.start());
    lab.product = await Product.start(
      { controlPlanes: 1, gateways: 1 },
      { GATEHOUSE_WORKERS: '1', GATEHOUSE_MAX_BODY_BYTES: String(MOST_BODY_BYTES), ...env },
    );
    lab.client = lab.product.controlPlanes[0]!.client();
    await lab.deploy();
    await lab.serves(lab.gateway);
    return lab;
  }

  get gateway(): GatewayProcess {
    return this.product.gateways[0]!;
  }

  private async deploy(): Promise<void> {
    const { client } = this;
    const api = await client.send(new CreateRestApiCommand({ name: 'hostile', endpointConfiguration: { types: ['REGIONAL'] } }));
    this.apiId = api.id!;
    const ids = new Map([['', api.rootResourceId!]]);
    for (const resource of RESOURCES) await this.put(resource, ids);
    await client.send(new CreateDeploymentCommand({ restApiId: this.apiId, stageName: 'dev' }));
    this.key = await this.addKey();
  }

  /** Makes one more key, under a usage plan of its own. */
  async addKey(limits: Pick<CreateUsagePlanCommandInput, 'throttle' | 'quota'> = {}): Promise<string> {
    const { client, apiId } = this;
    const key = await client.send(new CreateApiKeyCommand({ enabled: true }));
    const plan = await client.send(new CreateUsagePlanCommand({ name: 'plan', apiStages: [{ apiId, stage: 'dev' }], ...limits }));
    await client.send(new CreateUsagePlanKeyCommand({ usagePlanId: plan.id, keyId: key.id, keyType: 'API_KEY' }));
    return key.value!;
  }

  /** @param ids of the resources that are there, by their paths */
  private async put(
    { path, key = false, parameters = {}, timeoutInMillis }: LabResource,
    ids: Map<string, string>,
  ): Promise<void> {
    const { client, apiId } = this;
    let parent = '';
    for (const pathPart of path.split('/').slice(1)) {
      const own = `${parent}/${pathPart}`;
      if (!ids.has(own)) {
        const resource = await client.send(new CreateResourceCommand({ restApiId: apiId, parentId: ids.get(parent)!, pathPart }));
        ids.set(own, resource.id!);
      }
      parent = own;
    }
    const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name as string);
    const mapped = Object.fromEntries(names.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]));
    const sources = Object.values({ ...mapped, ...parameters });
    const method = { restApiId: apiId, resourceId: ids.get(path)!, httpMethod: 'ANY' };
    await client.send(
      new PutMethodCommand({
        ...method,
        authorizationType: 'NONE',
        apiKeyRequired: key,
        requestParameters: Object.fromEntries(sources.map((source) => [source, source.startsWith('method.request.path.')])),
      }),
    );
    await client.send(
      new PutIntegrationCommand({
        ...method,
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'ANY',
        uri: `${this.backend.url}${path.replace('+}', '}')}`,
        requestParameters: { ...mapped, ...parameters },
        timeoutInMillis,
      }),
    );
  }

  /** Waits until a gateway serves the API, and knows the key. */
  async serves(gateway: GatewayProcess): Promise<void> {
    await until('the API to be served', async () => {
      const { status } = await gateway.call(this.apiId, '/dev/secret', { headers: { 'x-api-key': this.key } });
      return status === 200 ? true : undefined;
    });
    this.backend.requests.length = 0;
  }

  get host(): string {
    return `${this.apiId}.execute-api.${REGION}.localhost`;
  }

  /** A text of the corpus, which does not know the API's id nor the key. */
  fill(text: string): string {
    return text
      .replaceAll(API_ID, this.apiId)
      .replaceAll(API_ID.toUpperCase(), this.apiId.toUpperCase())
      .replaceAll('{key}', this.key);
  }

  /** A client that sends texts of the corpus. */
  connect(text: string, methods: Attack['methods'] = [], gateway = this.gateway): RawClient {
    return new RawClient(gateway.port, methods).send(this.fill(text));
  }

  /**
   * Sends a message of the corpus on a connection of its own, and sees what comes of it: at its client, at the backend, and for two others. A connection
   * that stays open must serve its next request for what it is, and so must that of somebody else; and nobody is told to go on with a body (100) that goes
   * nowhere.
   *
   * @param how `piece`: bytes that go out at a time; `tlsPort`: where it goes over TLS
   */
  async attack(
    { bytes, methods, ends, outcome: { answers, connection } }: Attack,
    how: { piece?: number; tlsPort?: number } = {},
  ): Promise<Outcome> {
    const { backend } = this;
    backend.requests.length = 0;
    const client = new RawClient(how.tlsPort ?? this.gateway.port, methods, how.tlsPort !== undefined);
    await client.sendInPieces(this.fill(bytes), how.piece ?? Infinity);
    if (ends) client.end();
    await client.settled(connection === 'open' ? answers.length : Number.POSITIVE_INFINITY);
    const statuses = client.received.map(({ status }) => status);
    const recorded = this.recorded();
    if (client.interim > 0 && recorded.length === 0) throw new Error('told to go on with what goes nowhere');
    const open = client.ending === null;
    if (open) {
      const path = this.ownPath();
      await client.send(this.fill(get(`/dev${path}`))).settled(statuses.length + 1);
      expectOwn(client.received[statuses.length]?.body, path);
    }
    await this.askAsBystander();
    // What came later than its answer was not asked for.
    const late = this.recorded()
      .slice(recorded.length)
      .filter((text) => !text.startsWith('GET /files/own-'));
    client.socket.destroy();
    return {
      answers: statuses,
      connection: open ? 'open' : (client.ending as 'closed' | 'reset'),
      backend: [...recorded, ...late],
    };
  }

  /** What the backend was asked, in short, in the words of the corpus. */
  recorded(): string[] {
    return this.backend.requests.map(({ method, target, body }) =>
      (body === '' ? `${method} ${target}` : `${method} ${target} ${body}`).replaceAll(this.apiId, API_ID),
    );
  }

  /** Somebody else, on a connection that stays, gets his own answers. */
  async askAsBystander(gateway = this.gateway): Promise<void> {
    const path = this.ownPath();
    let bystander = this.bystanders.get(gateway);
    if (bystander === undefined || bystander.ending !== null) {
      bystander = new RawClient(gateway.port);
      this.bystanders.set(gateway, bystander);
    }
    const before = bystander.received.length;
    expectOwn((await bystander.send(this.fill(get(`/dev${path}`))).answer(before)).body, path);
  }

  /** Lets the connections go that others have kept. */
  dismissBystanders(): void {
    for (const { socket } of this.bystanders.values()) socket.destroy();
    this.bystanders.clear();
  }

  /** Process id of a gateway's first worker. */
  async worker(gateway: GatewayProcess): Promise<number> {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(gateway.child.process.pid)]);
    return Number(stdout.trim().split(/\s+/)[0]);
  }

  /** The sum of a metric's lines, of those that `labels` pick. */
  async metric(name: string, labels = /^/, gateway = this.gateway): Promise<number> {
    const { body } = await gateway.internal('/metrics');
    const lines = body
      .split('\n')
      .filter((line) => line.startsWith(`${name} `) || (line.startsWith(`${name}{`) && labels.test(line)));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** A path at the backend that nobody else asks for. */
  ownPath(): string {
    return `/files/own-${++this.asked}`;
  }

  async stop(): Promise<void> {
    this.dismissBystanders();
    await this.product?.stop();
    await this.backend.stop();
  }
}

function expectOwn(body: string | undefined, path: string): void {
  if (body !== `GET ${path}`) throw new Error(`${path} was answered ${JSON.stringify(body)}`);
}

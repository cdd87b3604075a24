import type {
  HttpMethod,
  IntegrationModel,
  IntegrationResponseModel,
  MethodModel,
  RestApiModel,
  StageModel,
  UsagePlanModel,
} from '@gatehouse/api-model';
import {
  compileApiKey,
  compileDeployment,
  compileStage,
  compileUsagePlan,
  literalName,
  refuseUnenforceable,
} from '@gatehouse/compiler';
import {
  AwsServices,
  connectionOptionsOf,
  Exchange,
  Http1Upstream,
  NO_BODY,
  parseRequestTarget,
  serve,
  ServedDeployment,
  ServedStage,
  ServedUsagePlan,
  StreamedBody,
  TargetGuard,
  UserPools,
  type AbortListener,
  type AwsCredentials,
  type BodyStream,
  type ClientCertificate,
  type ConsumerDirectory,
  type GatewayRequest,
  type GatewayResponse,
  type KeyEntry,
  type LambdaService,
  type PipelineServices,
  type Upstream,
} from '@gatehouse/pipeline';
import { dataPlaneKey, unseal, type StageSnapshot, type ThrottleSnapshot } from '@gatehouse/snapshot';
import type { Limiter } from '@gatehouse/throttling';
import { createHash } from 'node:crypto';
import { pipelineServices } from './pipeline-services.js';

/** Methods of an API, by `{VERB} {resource path}`. */
export type MethodsOf = Record<
  string,
  Partial<Omit<MethodModel, 'methodIntegration'>> & {
    integration?: Partial<Omit<IntegrationModel, 'integrationResponses'>> & {
      integrationResponses?: (Partial<IntegrationResponseModel> & { statusCode: string })[];
    };
  }
>;

/** An API as a deployment keeps it, from what matters to a spec; the rest is what AWS fills in. An integration without type is MOCK. */
export function restApiModel(methods: MethodsOf, changes: Partial<RestApiModel> = {}): RestApiModel {
  const resources = new Map<string, RestApiModel['resources'][number]>();
  for (const [key, { integration = {}, ...method }] of Object.entries(methods)) {
    const [httpMethod, path = '/'] = key.split(' ', 2);
    let resource = resources.get(path);
    if (!resource) resources.set(path, (resource = { id: `res${String(resources.size).padStart(3, '0')}`, path, methods: [] }));
    resource.methods.push({
      httpMethod: httpMethod as HttpMethod,
      authorizationType: 'NONE',
      apiKeyRequired: false,
      requestParameters: {},
      requestModels: {},
      methodResponses: [],
      ...method,
      methodIntegration: {
        type: 'MOCK',
        requestParameters: {},
        requestTemplates:
          integration.type === undefined || integration.type === 'MOCK' ? { 'application/json': '{"statusCode": 200}' } : {},
        passthroughBehavior: 'WHEN_NO_MATCH',
        timeoutInMillis: 29_000,
        cacheNamespace: resource.id,
        cacheKeyParameters: [],
        ...integration,
        integrationResponses: (integration.integrationResponses ?? [{ statusCode: '200' }]).map((response) => ({
          responseParameters: {},
          responseTemplates: {},
          ...response,
        })),
      },
    });
  }
  return {
    apiId: 'abcdefghij',
    name: 'test',
    createdDate: '2026-01-01T00:00:00Z',
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    binaryMediaTypes: [],
    models: [],
    authorizers: [],
    requestValidators: [],
    gatewayResponses: [],
    ...changes,
    resources: [...resources.values()],
  };
}

export interface GatewayFromOptions {
  stage?: Partial<StageModel>;
  /** Changes the stage's document, which a control plane of another version may have written. */
  stageDocument?: (compiled: StageSnapshot) => StageSnapshot;
  usagePlans?: (Partial<UsagePlanModel> & { usagePlanId: string })[];
  /** API keys with their values in the clear. */
  apiKeys?: { apiKeyId: string; value: string; enabled?: boolean; usagePlanIds?: string[] }[];
  /** Limit of the account; none where not given. */
  accountThrottle?: ThrottleSnapshot | null;
  /** Admits everything where not given. */
  limiter?: Limiter;
  upstream?: Upstream;
  guard?: TargetGuard;
  /** Where functions are invoked, as an origin, or with what it differs from Gatehouse's own functions service; nowhere where not given. */
  lambda?: string | LambdaService;
  /** Whom services of AWS are called with, all at one address; they are not where not given. */
  aws?: { url: string; credentials: AwsCredentials };
  /** What the stage shows to backends. */
  clientCertificate?: ClientCertificate;
  /** VPC links of the account: id -> ARN of the target. */
  vpcLinks?: Record<string, string>;
  /** ARN of a user pool -> who issues its tokens. */
  issuers?: ReadonlyMap<string, string>;
  /** What else the pipeline uses. */
  services?: Partial<PipelineServices>;
  bodyLimit?: number;
  /** Opens sealed literals; with the right key where not given. */
  openLiteral?: (sealed: string) => string;
  /** What becomes of settings that gateways cannot enforce; refused where not given. */
  unenforced?: 'refuse' | 'deny';
}

export interface TestCall {
  method?: string;
  /** Target after the stage, as on the wire. */
  path?: string;
  /** Name, value, name, value ... */
  headers?: string[];
  body?: string | Buffer | BodyStream;
  /** What the client announces; the body's own where not given, null for a chunked body. */
  contentLength?: number | null;
  host?: string;
  remoteAddress?: string;
  /** Takes the client's going away. */
  abort?: (leave: () => void) => void;
}

/** An answer as a client sees it. */
export interface TestAnswer {
  status: number;
  headers: readonly string[];
  /** Value of the first header of that name in any case. */
  header(name: string): string | undefined;
  body: string;
  /** The body as it came, byte for byte. */
  bytes: Buffer;
  /** True when the body broke off. */
  broken: boolean;
  exchange: Exchange;
}

export interface TestGateway {
  stage: ServedStage;
  call(call?: TestCall): Promise<TestAnswer>;
  close(): Promise<void>;
}

const SCOPE = { accountId: '123456789012', region: 'us-east-1' };
const KEY = dataPlaneKey(Buffer.alloc(32, 7));

/** Compiles an API and serves one stage of it, `prod`, in this process: api-model -> documents -> pipeline, without a socket before it. */
export function gatewayFrom(model: RestApiModel, options: GatewayFromOptions = {}): TestGateway {
  const { body, hash, unenforceable } = compileDeployment(model, { scope: SCOPE, key: KEY });
  if (options.unenforced !== 'deny') refuseUnenforceable(unenforceable);
  const openLiteral = options.openLiteral ?? ((sealed) => unseal([KEY], literalName(SCOPE, model.apiId), sealed));
  const deployment = new ServedDeployment(body, openLiteral);
  const stageModel: StageModel = {
    apiId: model.apiId,
    stageName: 'prod',
    deploymentId: 'dep001',
    variables: {},
    methodSettings: {},
    cacheClusterEnabled: false,
    tracingEnabled: false,
    ...options.stage,
  };
  const upstream =
    options.upstream ??
    new Http1Upstream({
      guard: options.guard ?? new TargetGuard(),
      connectionsPerOrigin: 16,
      waitingPerOrigin: 1024,
      keepAliveTimeout: 4000,
      connectTimeout: 2000,
      totalTimeout: 60_000,
    });
  const services = pipelineServices({
    upstream,
    ...(options.limiter && { limiter: options.limiter }),
    aws: options.aws
      ? new AwsServices({ upstream, endpoint: options.aws.url, endpoints: new Map(), credentials: options.aws.credentials })
      : null,
    lambda: typeof options.lambda === 'string' ? functionsAt(options.lambda, upstream) : (options.lambda ?? null),
    userPools: new UserPools({ upstream, issuers: options.issuers ?? new Map(), mostBytes: 1_048_576 }),
    ...options.services,
    ...(options.bodyLimit !== undefined && { bodyLimit: options.bodyLimit }),
  });
  const document = compileStage(
    stageModel,
    { deployment: hash, canary: null },
    { vpcLinks: new Map(Object.entries(options.vpcLinks ?? {})) },
  );
  const stage = new ServedStage(
    SCOPE,
    options.stageDocument?.(document) ?? document,
    deployment,
    directoryOf(options),
    services,
    null,
    options.clientCertificate,
  );
  return { stage, call: (call = {}) => callStage(stage, call), close: () => upstream.close() };
}

/** Gatehouse's own functions service at an origin, with the key that gateways of specs hold. */
export function functionsAt(origin: string, upstream: Upstream): LambdaService {
  return { upstream, origin, credentials: { ...KEY.calls, sessionToken: null }, isOwn: true };
}

function directoryOf({ usagePlans = [], apiKeys = [], accountThrottle = null }: GatewayFromOptions): ConsumerDirectory {
  const plans = new Map(
    usagePlans.map((plan) => {
      const snapshot = compileUsagePlan({ createdDate: new Date('2026-01-01'), apiStages: [], ...plan });
      return [plan.usagePlanId, new ServedUsagePlan(SCOPE, snapshot)];
    }),
  );
  const keys = new Map<string, KeyEntry>(
    apiKeys.map(({ value, enabled = true, usagePlanIds = [], apiKeyId }) => {
      const valueHash = createHash('sha256').update(value).digest('hex');
      return [valueHash, { ...compileApiKey({ apiKeyId, valueHash, enabled, usagePlanIds }), consumer: null }];
    }),
  );
  return {
    accountThrottle,
    findKey: (value) => keys.get(createHash('sha256').update(value, 'latin1').digest('hex')),
    findUsagePlan: (id) => plans.get(id),
  };
}

function callStage(stage: ServedStage, call: TestCall): Promise<TestAnswer> {
  return new Promise((resolve) => {
    const exchange = new Exchange(requestOf(call), {
      respond(response) {
        const chunks: Buffer[] = [];
        const finish = (broken: boolean) => resolve(answerOf(response, Buffer.concat(chunks), broken, exchange));
        if (response.body === null || Buffer.isBuffer(response.body)) {
          if (response.body) chunks.push(response.body);
          return finish(false);
        }
        response.body.start({
          data: (chunk) => void chunks.push(Buffer.from(chunk)),
          end: () => finish(false),
          fail: () => finish(true),
        });
      },
    });
    serve(exchange, stage, 0);
  });
}

/** The request of a call as a transport would make it. */
export function requestOf(call: TestCall): GatewayRequest {
  const { body, path = '/', headers = [] } = call;
  const target = parseRequestTarget(path);
  if (!target) throw new Error(`${path} has no canonical form`);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const stream = Buffer.isBuffer(bytes) ? streamOf(bytes) : bytes;
  const length = call.contentLength === undefined && Buffer.isBuffer(bytes) ? bytes.length : (call.contentLength ?? null);
  return {
    method: call.method ?? 'GET',
    rawTarget: path,
    target,
    headers,
    host: call.host ?? 'abcdefghij.execute-api.us-east-1.localhost',
    remoteAddress: call.remoteAddress ?? '192.0.2.7',
    localPort: 8080,
    secure: false,
    protocol: 'HTTP/1.1',
    connectionOptions: connectionOptionsOf(headers),
    body: stream ? new StreamedBody(stream, length) : NO_BODY,
    onAbort: (listener: AbortListener | null) => call.abort?.(() => listener?.clientGone()),
  };
}

function streamOf(bytes: Buffer): BodyStream {
  return {
    start(sink) {
      sink.data(bytes);
      sink.end();
    },
    pause() {},
    resume() {},
    destroy() {},
  };
}

function answerOf(response: GatewayResponse, bytes: Buffer, broken: boolean, exchange: Exchange): TestAnswer {
  const { headers } = response;
  return {
    status: response.status,
    headers,
    header: (name) => {
      const place = headers.findIndex((given, index) => index % 2 === 0 && given.toLowerCase() === name.toLowerCase());
      return place < 0 ? undefined : headers[place + 1];
    },
    body: bytes.toString('utf8'),
    bytes,
    broken,
    exchange,
  };
}

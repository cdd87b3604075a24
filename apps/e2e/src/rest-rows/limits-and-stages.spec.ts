import {
  CreateApiKeyCommand,
  CreateDeploymentCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  UpdateStageCommand,
  UpdateUsagePlanCommand,
  type CreateUsagePlanCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import { errorOf, FORBIDDEN, method, mock, RowsLab } from './rows-lab.js';

// aws-behaviour.md B11 (keys, plans, throttles, quotas), B12 (caching) and B13 (canaries, stage variables).

const TOO_MANY = [429, '{"message":"Too Many Requests"}', 'TooManyRequestsException'];
const EXCEEDED = [429, '{"message":"Limit Exceeded"}', 'LimitExceededException'];
/** One request, and the next one hours later. */
const ONE = { rateLimit: 0.0001, burstLimit: 1 };

let lab: RowsLab;
let answers = 0;

beforeAll(async () => {
  lab = await RowsLab.start({
    handle: (request, _, response) => {
      response.statusCode = request.url!.includes('broken') ? 500 : 201;
      response.setHeader('X-Answer', String(++answers)).end(`answer ${answers}`);
    },
  });
});
afterAll(() => lab?.stop());

const replace = (path: string, value: string): PatchOperation => ({ op: 'replace', path, value });
const updateStage = async (restApiId: string, ...patchOperations: PatchOperation[]) => {
  await lab.client.send(new UpdateStageCommand({ restApiId, stageName: 'dev', patchOperations }));
  await lab.allServed();
};

describe('B11: keys and plans', () => {
  const keyed = () =>
    lab.serve(
      {
        '/a': { get: mock('a', { security: [{ key: [] }] }) },
        '/b': { get: mock('b', { security: [{ key: [] }] }) },
        '/open': { get: mock('open') },
      },
      { components: { securitySchemes: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } } } },
    );
  const newKey = async (enabled = true) => {
    const { id, value } = await lab.client.send(new CreateApiKeyCommand({ enabled }));
    return { id: id!, value: value! };
  };
  const addPlan = async (apiId: string, keyIds: string[], plan: Partial<CreateUsagePlanCommandInput> = {}) => {
    const { apiStages = [{ apiId, stage: 'dev' }], ...more } = plan;
    const { id: usagePlanId } = await lab.client.send(new CreateUsagePlanCommand({ name: 'plan', apiStages, ...more }));
    for (const keyId of keyIds) await lab.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' }));
    await lab.allServed();
    return usagePlanId!;
  };
  const call = (apiId: string, path: string, key?: string) =>
    lab.call(apiId, `/dev${path}`, { headers: key === undefined ? {} : { 'x-api-key': key } });

  it('a key that is missing, unknown, disabled or in no plan of the stage is forbidden', async () => {
    const apiId = await keyed();
    const [good, disabled, unplanned] = [await newKey(), await newKey(false), await newKey()];
    await addPlan(apiId, [good.id, disabled.id]);
    expect((await call(apiId, '/a', good.value)).status).toBe(200);
    for (const key of [undefined, 'nix', disabled.value, unplanned.value])
      expect(errorOf(await call(apiId, '/a', key))).toEqual(FORBIDDEN);
  });

  it('a throttle of the plan is one bucket for the key; methods without keys ignore it', async () => {
    const apiId = await keyed();
    const [one, other] = [await newKey(), await newKey()];
    await addPlan(apiId, [one.id, other.id], { throttle: ONE });
    expect((await call(apiId, '/a', one.value)).status).toBe(200);
    expect(errorOf(await call(apiId, '/b', one.value))).toEqual(TOO_MANY);
    expect((await call(apiId, '/a', other.value)).status).toBe(200);
    expect((await call(apiId, '/open', one.value)).status).toBe(200);
  });

  it('a throttle of a method in the plan goes before the plan’s', async () => {
    const apiId = await keyed();
    const key = await newKey();
    const apiStages = [{ apiId, stage: 'dev', throttle: { '/a/GET': ONE } }];
    await addPlan(apiId, [key.id], { apiStages, throttle: { rateLimit: 1000, burstLimit: 1000 } });
    expect((await call(apiId, '/a', key.value)).status).toBe(200);
    expect(errorOf(await call(apiId, '/a', key.value))).toEqual(TOO_MANY);
    expect((await call(apiId, '/b', key.value)).status).toBe(200);
  });

  it('a quota, less what its offset says at first; plans change without a deployment', async () => {
    const apiId = await keyed();
    const key = await newKey();
    const usagePlanId = await addPlan(apiId, [key.id], { quota: { limit: 3, offset: 1, period: 'MONTH' } });
    for (let n = 0; n < 2; n++) expect((await call(apiId, '/a', key.value)).status).toBe(200);
    expect(errorOf(await call(apiId, '/a', key.value))).toEqual(EXCEEDED);
    await lab.client.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations: [replace('/quota/limit', '100')] }));
    await lab.allServed();
    expect((await call(apiId, '/a', key.value)).status).toBe(200);
  });

  it('a throttle of the stage, and of one of its methods', async () => {
    const apiId = await keyed();
    await updateStage(
      apiId,
      replace('/~1open/GET/throttling/rateLimit', '0.0001'),
      replace('/~1open/GET/throttling/burstLimit', '1'),
    );
    expect((await call(apiId, '/open')).status).toBe(200);
    expect(errorOf(await call(apiId, '/open'))).toEqual(TOO_MANY);
  });
});

describe('B12: caching', () => {
  let apiId: string;

  beforeAll(async () => {
    const q = { name: 'q', in: 'query', schema: { type: 'string' } };
    const cached = (path: string) =>
      method(
        {
          type: 'http_proxy',
          httpMethod: 'GET',
          uri: `${lab.backend.url}${path}`,
          cacheKeyParameters: ['method.request.querystring.q'],
        },
        { parameters: [q] },
      );
    const paths = Object.fromEntries(
      ['/a', '/fail', '/warn', '/silent', '/short', '/broken'].map((path) => [path, { get: cached(path), post: cached(path) }]),
    );
    apiId = await lab.serve(paths, {}, { cacheClusterEnabled: true, cacheClusterSize: '0.5' });
    const strategy = (path: string, value: string) =>
      replace(`/~1${path}/GET/caching/unauthorizedCacheControlHeaderStrategy`, value);
    await updateStage(
      apiId,
      replace('/*/*/caching/enabled', 'true'),
      replace('/~1a/GET/caching/requireAuthorizationForCacheControl', 'false'),
      strategy('fail', 'FAIL_WITH_403'),
      strategy('warn', 'SUCCEED_WITH_RESPONSE_HEADER'),
      strategy('silent', 'SUCCEED_WITHOUT_RESPONSE_HEADER'),
      replace('/~1short/GET/caching/ttlInSeconds', '1'),
    );
    await until('answers to be kept', async () => ((await get('/a?q=0')).body === (await get('/a?q=0')).body ? true : undefined));
  });

  const get = (path: string, headers = {}, verb = 'GET') => lab.call(apiId, `/dev${path}`, { method: verb, headers });
  const ANEW = { 'cache-control': 'max-age=0' };

  it('status and headers are kept, of GET alone', async () => {
    const first = await get('/a?q=1');
    const again = await get('/a?q=1');
    expect([again.status, again.headers['x-answer'], again.body]).toEqual([201, first.headers['x-answer'], first.body]);
    expect((await get('/a?q=1', {}, 'POST')).body).not.toBe((await get('/a?q=1', {}, 'POST')).body);
  });

  it('cacheKeyParameters tell answers apart, other parameters do not', async () => {
    const { body } = await get('/a?q=2&other=1');
    expect((await get('/a?q=2&other=2')).body).toBe(body);
    expect((await get('/a?q=3')).body).not.toBe(body);
  });

  it('a time to live', async () => {
    const { body } = await get('/short');
    await until('another answer', async () => ((await get('/short')).body === body ? undefined : true));
  });

  it('max-age=0 fetches anew', async () => {
    const { body } = await get('/a?q=4');
    const fresh = await get('/a?q=4', ANEW);
    expect(fresh.body).not.toBe(body);
    expect((await get('/a?q=4')).body).toBe(fresh.body);
  });

  it('who may not do that: FAIL_WITH_403, and the others', async () => {
    const [warned, silent] = [await get('/warn'), await get('/silent')];
    expect(errorOf(await get('/fail', ANEW))).toMatchObject([403, expect.any(String), 'AccessDeniedException']);
    const again = await get('/warn', ANEW);
    expect([again.body, again.headers.warning]).toEqual([warned.body, expect.stringMatching(/^199 /)]);
    const last = await get('/silent', ANEW);
    expect([last.body, last.headers.warning]).toEqual([silent.body, undefined]);
  });
});

describe('B13: canaries and stage variables', () => {
  it('a canary has its own deployment, and its variables over those of the stage; $context tells it', async () => {
    const template = '$stageVariables.colour $stageVariables.size $context.isCanaryRequest';
    const apiId = await lab.serve({ '/a': { get: mock(template) } }, {}, { variables: { colour: 'blue', size: 'big' } });
    const get = async () => (await lab.call(apiId, '/dev/a')).body;
    expect(await get()).toBe('blue big ');
    const canarySettings = { percentTraffic: 100, stageVariableOverrides: { colour: 'green' } };
    await lab.client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev', canarySettings }));
    await lab.allServed();
    expect(await get()).toBe('green big true');
    await updateStage(apiId, replace('/canarySettings/percentTraffic', '0.0'));
    expect(await get()).toBe('blue big false');
  });
});

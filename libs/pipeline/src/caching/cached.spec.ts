import { gatewayFrom, httpBackend, restApiModel, type HttpBackend, type MethodsOf, type TestGateway } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resourceDocument, signed, signersOf, user } from '../method-request/authorization/signers.fixture.js';
import type { Signer } from '../method-request/authorization/signers.js';
import type { CachedAnswer, ResponseCache } from './response-cache.js';

/** Keeps everything, and tells for how long it was to be kept. */
class EndlessCache implements ResponseCache {
  readonly kept = new Map<string, CachedAnswer>();
  readonly times: number[] = [];
  late = false;

  find(key: string): CachedAnswer | undefined | Promise<CachedAnswer | undefined> {
    const found = this.kept.get(key);
    return this.late ? Promise.resolve(found) : found;
  }
  keep(key: string, answer: CachedAnswer, ttlInSeconds: number): void {
    this.kept.set(key, answer);
    this.times.push(ttlInSeconds);
  }
}

let backend: HttpBackend;
let answer: NonNullable<Parameters<typeof httpBackend>[0]>;
let calls: number;
let cache: EndlessCache;
const gateways: TestGateway[] = [];

beforeEach(async () => {
  calls = 0;
  cache = new EndlessCache();
  answer = (response) => response.end(`answer ${calls}`);
  backend = await httpBackend((response, request) => {
    calls++;
    answer(response, request);
  });
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await backend.close();
});

const SETTING = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: -1,
  throttlingRateLimit: -1,
  cachingEnabled: true,
  cacheTtlInSeconds: 60,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: false,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};
type Setting = Partial<typeof SETTING>;
type Integration = NonNullable<MethodsOf[string]['integration']>;

/** A gateway whose `ANY /p` and `GET /pets/{id}` go to the backend, on a stage with a cache. */
function caching(
  integration: Integration = {},
  settings: Record<string, Setting> = { '*/*': {} },
  stage = {},
  { users = [], policy }: { users?: Signer[]; policy?: string } = {},
): TestGateway {
  const to = { type: 'HTTP_PROXY', uri: backend.url, ...integration } as const;
  const authorizationType = users.length > 0 ? 'AWS_IAM' : 'NONE';
  const model = restApiModel(
    {
      'ANY /p': { integration: to, authorizationType },
      'GET /pets/{id}': { integration: to },
      'POST /named': { integration: to },
    },
    { policy },
  );
  const methodSettings = Object.fromEntries(Object.entries(settings).map(([key, change]) => [key, { ...SETTING, ...change }]));
  const gateway = gatewayFrom(model, {
    stage: { cacheClusterEnabled: true, methodSettings, ...stage },
    services: { cache, signers: signersOf(...users) },
  });
  gateways.push(gateway);
  return gateway;
}

const bodies = async (gateway: TestGateway, ...given: Parameters<TestGateway['call']>[]) => {
  const found: string[] = [];
  for (const [call] of given) found.push((await gateway.call(call)).body);
  return found;
};
const GET = { path: '/p' };

describe('answers are kept', () => {
  it.each([false, true])('and given again, whole, found late: %s', async (late) => {
    cache.late = late;
    answer = (response) => {
      response.writeHead(203, { 'X-Own': 'a', 'Content-Type': 'text/plain', 'X-Amzn-Trace-Id': 'Root=1' });
      response.end(`answer ${calls}`);
    };
    const gateway = caching();
    const [first, second] = [await gateway.call(GET), await gateway.call(GET)];
    expect([calls, cache.times]).toEqual([1, [60]]);
    for (const { status, body, header } of [first, second]) {
      expect([status, body, header('x-own'), header('content-type')]).toEqual([203, 'answer 1', 'a', 'text/plain']);
    }
    expect(second.header('x-amzn-requestid')).toBe(second.exchange.requestId);
    expect(second.header('x-amzn-requestid')).not.toBe(first.header('x-amzn-requestid'));
    expect(second.header('x-amz-apigw-id')).toBe(second.exchange.extendedRequestId);
    expect([first.exchange.cacheUse?.isHit, second.exchange.cacheUse?.isHit]).toEqual([false, true]);
    expect(second.exchange.integrationStartedAt).toBeNull();
  });

  it('as they are after the integration response, of every type', async () => {
    const responseParameters = { 'method.response.header.X-Path': 'context.requestId' };
    const gateway = caching({ type: 'HTTP', integrationResponses: [{ statusCode: '201', responseParameters }] });
    const [first, second] = [await gateway.call(GET), await gateway.call(GET)];
    expect([calls, second.status, second.body]).toEqual([1, 201, 'answer 1']);
    expect(second.header('x-path')).toBe(first.header('x-path'));
  });

  it('only of GET where all methods are spoken of, and of ANY', async () => {
    const gateway = caching();
    await bodies(
      gateway,
      [{ path: '/p', method: 'POST' }],
      [{ path: '/p', method: 'POST' }],
      [{ path: '/named', method: 'POST' }],
    );
    expect([calls, cache.kept.size]).toEqual([3, 0]);
    const any = caching({}, { 'p/ANY': {} });
    await bodies(any, [{ path: '/p', method: 'PUT' }], [GET], [GET]);
    expect([calls, cache.kept.size]).toEqual([5, 1]);
  });

  it('of other methods that are named', async () => {
    const gateway = caching({}, { 'named/POST': {}, 'p/HEAD': {} });
    await bodies(gateway, [{ path: '/named', method: 'POST' }], [{ path: '/named', method: 'POST' }]);
    expect(calls).toBe(1);
    await bodies(gateway, [GET], [GET]);
    expect(calls).toBe(3);
  });

  it.each<[string, Record<string, Setting>, object]>([
    ['without a cache cluster', { '*/*': {} }, { cacheClusterEnabled: false }],
    ['for no time', { '*/*': { cacheTtlInSeconds: 0 } }, {}],
    ['where that is off for the method', { '*/*': {}, 'p/GET': { cachingEnabled: false } }, {}],
  ])('but not %s', async (_, settings, stage) => {
    const gateway = caching({}, settings, stage);
    expect(await bodies(gateway, [GET], [GET])).toEqual(['answer 1', 'answer 2']);
    expect(cache.kept.size).toBe(0);
  });

  it('up to 1 MiB', async () => {
    const most = 1_048_576;
    let size = most;
    answer = (response) => {
      if (size % 2 === 0) response.setHeader('Content-Length', size);
      response.end(Buffer.alloc(size, 'a'));
    };
    const gateway = caching({ cacheKeyParameters: ['method.request.querystring.n'] });
    for (const [at, each] of [most, most - 1, most + 1, most + 2].entries()) {
      size = each;
      const first = await gateway.call({ path: `/p?n=${at}` });
      const second = await gateway.call({ path: `/p?n=${at}` });
      expect([first.bytes.length, second.bytes.equals(first.bytes), second.exchange.cacheUse?.isHit]).toEqual([
        each,
        true,
        each <= most,
      ]);
    }
  });

  it.each<[string, number, Record<string, string | string[]>]>([
    ['sets a cookie', 200, { 'Set-Cookie': 'a=b' }],
    ['is for one client', 200, { 'Cache-Control': 'max-age=60, Private' }],
    ['is for one client as far as a header goes', 200, { 'Cache-Control': 'private="x-own"' }],
    ['must not be kept', 200, { 'Cache-Control': 'no-store' }],
    ['depends on what is in no key', 200, { Vary: 'Accept-Encoding, Origin' }],
    ['depends on everything', 200, { Vary: '*' }],
    ['is a part', 206, {}],
    ['is a refusal', 403, {}],
    ['is a refusal to one who did not log in', 401, {}],
    ['came of too many requests', 429, {}],
    ['is one to what this client sent', 400, {}],
    ['is one to what this client accepts', 406, {}],
    ['is one to a condition', 412, {}],
    ['is a failure', 500, {}],
  ])('unless the answer %s', async (_, status, headers) => {
    answer = (response) => response.writeHead(status, headers).end(`answer ${calls}`);
    for (const type of ['HTTP_PROXY', 'HTTP'] as const) {
      const gateway = caching({ type, integrationResponses: [{ statusCode: '200' }] });
      const found = await bodies(gateway, [GET], [GET]);
      expect(found[0]).not.toBe(found[1]);
    }
    expect(cache.kept.size).toBe(0);
  });

  it('though they vary by the coding that the gateway undoes, and whatever their age', async () => {
    answer = (response) =>
      response.writeHead(404, { Vary: 'Accept-Encoding', 'Cache-Control': 'max-age=0' }).end(`answer ${calls}`);
    expect(await bodies(caching(), [GET], [GET])).toEqual(['answer 1', 'answer 1']);
  });

  it('only when they are whole', async () => {
    answer = (response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half');
      setTimeout(() => response.destroy(), 10);
    };
    expect((await caching().call(GET)).broken).toBe(true);
    expect(cache.kept.size).toBe(0);
  });

  it('and errors of the gateway never', async () => {
    const gateway = caching({ uri: 'http://127.0.0.1:1' });
    expect((await gateway.call(GET)).status).toBe(504);
    expect(cache.kept.size).toBe(0);
  });
});

describe('security class: authorizer or response cache confusion', () => {
  const parameters = ['header.X-A', 'header.X-B', 'querystring.a', 'querystring.b', 'path.id'];
  const cacheKeyParameters = parameters.map((name) => `method.request.${name}`);
  const key = async (path: string, headers: string[] = []) => {
    await caching({ cacheKeyParameters }).call({ path, headers });
    const keys = [...cache.kept.keys()];
    cache.kept.clear();
    expect(keys).toHaveLength(1);
    return keys[0];
  };

  it('no two requests that differ in a key parameter share a key: order, emptiness, repeats, boundaries', async () => {
    const all = [
      ['/pets/1'],
      ['/pets/2'],
      ['/pets/1?a='],
      ['/pets/1?b='],
      ['/pets/1?a=1'],
      ['/pets/1?a=1&a=2'],
      ['/pets/1?a=2&a=1'],
      ['/pets/1?a=1&b=2'],
      ['/pets/1?a=12'],
      ['/pets/1?a=1%3A1'],
      ['/pets/1', ['X-A', '1']],
      ['/pets/1', ['X-B', '1']],
      ['/pets/1', ['X-A', '1', 'X-A', '2']],
      ['/pets/1', ['X-A', '1,2']],
      ['/pets/1', ['X-A', '1', 'X-B', '2']],
      ['/pets/1', ['X-A', '12']],
      ['/pets/1', ['X-A', '']],
      ['/p'],
    ] as [string, string[]?][];
    const keys = [];
    for (const [path, headers] of all) keys.push(await key(path, headers));
    expect(new Set(keys).size).toBe(all.length);
  });

  it('the spelling of a header is none of its values', async () => {
    expect(await key('/pets/1', ['x-a', '1'])).toBe(await key('/pets/1', ['X-A', '1']));
    expect(await key('/pets/1', ['x-a', '1'])).not.toBe(await key('/pets/1'));
  });

  it('what is no key parameter does not tell answers apart, as on AWS', async () => {
    expect(await key('/pets/1?c=1', ['X-C', '1'])).toBe(await key('/pets/1'));
  });

  it('stages, canary releases and flushed caches never share', async () => {
    const model = restApiModel({ 'GET /p': { integration: { type: 'HTTP_PROXY', uri: backend.url } } });
    const keyOn = async (stage: object, apiId = model.apiId) => {
      const methodSettings = { '*/*': SETTING };
      const gateway = gatewayFrom(
        { ...model, apiId },
        {
          stage: { cacheClusterEnabled: true, methodSettings, ...stage },
          services: { cache },
        },
      );
      gateways.push(gateway);
      await gateway.call(GET);
      const keys = [...cache.kept.keys()];
      cache.kept.clear();
      return keys[0];
    };
    const keys = [
      await keyOn({}),
      await keyOn({ stageName: 'beta' }),
      await keyOn({ cacheEpoch: 'other' }),
      await keyOn({}, 'zzzzzzzzzz'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(await keyOn({})).toBe(keys[0]);
  });

  it('methods of one namespace share what they keep, others do not', async () => {
    expect(await key('/p')).not.toBe(await key('/pets/1'));
    const shared = caching({ cacheNamespace: 'all' });
    await bodies(shared, [{ path: '/pets/1' }], [GET]);
    expect(calls).toBe(3);
  });

  it('what is answered to one who logs in at the backend is neither kept nor given to him from others', async () => {
    const gateway = caching();
    const mine = { path: '/p', headers: ['Authorization', 'Bearer mine'] };
    expect(await bodies(gateway, [GET], [mine], [mine], [GET])).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 1']);
    const keyed = caching({ cacheKeyParameters: ['method.request.header.authorization'] });
    const other = { path: '/p', headers: ['Authorization', 'Bearer other'] };
    expect(await bodies(keyed, [mine], [other], [mine])).toEqual(['answer 4', 'answer 5', 'answer 4']);
  });
});

describe('security class: cache poisoning', () => {
  it('a part of an answer is never taken for the whole', async () => {
    answer = (response, { headers }) => response.writeHead(headers.includes('Range') ? 206 : 200).end(`answer ${calls}`);
    const range = { path: '/p', headers: ['Range', 'bytes=0-1'] };
    expect(await bodies(caching(), [range], [GET], [range], [GET])).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 2']);
  });

  it('what fails of a condition of one client is not what others get', async () => {
    const conditional = { path: '/p', headers: ['If-Match', '"x"'] };
    expect(await bodies(caching(), [conditional], [GET], [conditional], [GET])).toEqual([
      'answer 1',
      'answer 2',
      'answer 3',
      'answer 2',
    ]);
  });

  it('a body, of which the key has nothing, and another host make no answer for others', async () => {
    const gateway = caching();
    const evil = { path: '/p', host: 'abcdefghij.execute-api.evil.test' };
    expect(await bodies(gateway, [{ ...GET, body: 'evil' }], [evil], [GET], [GET])).toEqual([
      'answer 1',
      'answer 2',
      'answer 3',
      'answer 3',
    ]);
  });

  it('what the gateway chooses by Accept is another answer', async () => {
    const integrationResponses = [
      { statusCode: '200', responseTemplates: { 'application/json': 'json $input.body', 'text/xml': 'xml $input.body' } },
    ];
    const gateway = caching({ type: 'HTTP', integrationResponses });
    const xml = { path: '/p', headers: ['Accept', 'text/xml, a/b'] };
    expect(await bodies(gateway, [xml], [GET], [xml])).toEqual(['xml answer 1', 'json answer 2', 'xml answer 1']);
  });

  it('a key parameter that is given twice is not the one that the backend did not heed', async () => {
    const gateway = caching({ cacheKeyParameters: ['method.request.querystring.q'] });
    expect(await bodies(gateway, [{ path: '/p?q=evil&q=good' }], [{ path: '/p?q=good' }])).toEqual(['answer 1', 'answer 2']);
  });
});

describe('Cache-Control: max-age=0', () => {
  const fresh = (value = 'max-age=0') => ({ path: '/p', headers: ['Cache-Control', value] });

  it.each(['max-age=0', 'no-transform, Max-Age=0'])('%s has the answer fetched anew, for everyone', async (value) => {
    expect(await bodies(caching(), [GET], [fresh(value)], [GET])).toEqual(['answer 1', 'answer 2', 'answer 2']);
  });

  it.each(['max-age=10', 'no-cache', 'no-store', 'max-age=00'])('%s does not', async (value) => {
    expect(await bodies(caching(), [GET], [fresh(value)])).toEqual(['answer 1', 'answer 1']);
  });

  it.each([
    ['FAIL_WITH_403', 403, 'User is not authorized', undefined],
    ['SUCCEED_WITH_RESPONSE_HEADER', 200, 'answer 1', '199 - "Not authorized to invalidate the cache"'],
    ['SUCCEED_WITHOUT_RESPONSE_HEADER', 200, 'answer 1', undefined],
  ])('without the permission: %s', async (unauthorizedCacheControlHeaderStrategy, status, body, warning) => {
    const gateway = caching({}, { '*/*': { requireAuthorizationForCacheControl: true, unauthorizedCacheControlHeaderStrategy } });
    await gateway.call(GET);
    const refused = await gateway.call(fresh());
    expect([refused.status, refused.header('warning'), calls]).toEqual([status, warning, 1]);
    expect(refused.body).toContain(body);
    expect((await gateway.call(GET)).header('warning')).toBeUndefined();
  });

  it('with the permission, of a user or by the resource policy', async () => {
    const setting = { requireAuthorizationForCacheControl: true, unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403' };
    const statusOf = async (action: string) => {
      const gateway = caching({}, { '*/*': setting }, {}, { users: [user('ann', [{}, { Action: action }])] });
      return (await gateway.call(signed({ path: '/p' }, { headers: { 'cache-control': 'max-age=0' } }))).status;
    };
    expect(await statusOf('s3:GetObject')).toBe(403);
    expect(await statusOf('execute-api:InvalidateCache')).toBe(200);
    const byPolicy = async (Action: string) => {
      const policy = resourceDocument({}, { Action });
      return (await caching({}, { '*/*': setting }, {}, { policy }).call(fresh())).status;
    };
    expect(await byPolicy('s3:GetObject')).toBe(403);
    expect(await byPolicy('execute-api:InvalidateCache')).toBe(200);
  });

  it('the warning comes with an answer of the backend, too, and is not kept', async () => {
    const gateway = caching({}, { '*/*': { requireAuthorizationForCacheControl: true } });
    expect((await gateway.call(fresh())).header('warning')).toMatch(/^199 /);
    expect((await gateway.call(GET)).header('warning')).toBeUndefined();
    expect(calls).toBe(1);
  });
});

it('an integration parameter stands for that of the client', async () => {
  const gateway = caching({
    requestParameters: { 'integration.request.querystring.x': 'method.request.querystring.q' },
    cacheKeyParameters: ['integration.request.querystring.x'],
  });
  expect(await bodies(gateway, [{ path: '/p?q=1' }], [{ path: '/p?q=2' }], [{ path: '/p?q=1' }])).toEqual([
    'answer 1',
    'answer 2',
    'answer 1',
  ]);
});

it.each(['method.request.body', 'context.requestId'])('a key parameter that comes from %s is refused by name', (source) => {
  expect(() =>
    caching({
      requestParameters: { 'integration.request.querystring.x': source },
      cacheKeyParameters: ['integration.request.querystring.x'],
    }),
  ).toThrow(/cache key parameter integration\.request\.querystring\.x/);
});

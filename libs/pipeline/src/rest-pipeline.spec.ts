import type { StageSnapshot } from '@gatehouse/snapshot';
import { gatewayFrom, requestOf, restApiModel, type GatewayFromOptions } from '@gatehouse/testing';
import type { CountedPeriod, Limiter, QuotaLimit, ThrottleLimit, UsageSubject } from '@gatehouse/throttling';
import { describe, expect, it } from 'vitest';
import { Exchange } from './exchange.js';
import { UnwritableAnswer, type GatewayResponse } from './http/gateway-response.js';
import { serve } from './rest-pipeline.js';
import type { Upstream, UpstreamListener } from './upstream/upstream.js';

/** Answers as told, and remembers what it was asked, in order. */
class TellingLimiter implements Limiter {
  readonly asked: string[] = [];
  refuses: (question: string) => boolean = () => false;
  late = false;
  limits: (ThrottleLimit | QuotaLimit)[] = [];

  private answer(question: string, limit: ThrottleLimit | QuotaLimit): boolean | Promise<boolean> {
    this.asked.push(question);
    this.limits.push(limit);
    const fits = !this.refuses(question);
    return this.late ? Promise.resolve(fits) : fits;
  }
  throttle(name: string, limit: ThrottleLimit): boolean | Promise<boolean> {
    return this.answer(`throttle ${name}`, limit);
  }
  quota({ accountId, region, usagePlanId, apiKeyId }: UsageSubject, quota: QuotaLimit): boolean | Promise<boolean> {
    return this.answer(`quota ${accountId}/${region}/${usagePlanId}/${apiKeyId}`, quota);
  }
  count({ usagePlanId, apiKeyId }: UsageSubject, period: CountedPeriod): void {
    this.asked.push(`count ${usagePlanId}/${apiKeyId} ${period}`);
  }
}

const FORBIDDEN = [403, '{"message":"Forbidden"}', 'ForbiddenException'];
const THROTTLED = [429, '{"message":"Too Many Requests"}', 'TooManyRequestsException'];
const EXCEEDED = [429, '{"message":"Limit Exceeded"}', 'LimitExceededException'];
const SCOPE = '123456789012/us-east-1';

const model = restApiModel({
  'GET /open': {},
  'ANY /keyed/{id}': { apiKeyRequired: true },
  'GET /keyed': { apiKeyRequired: true },
});
const apiStages = [{ apiId: 'abcdefghij', stage: 'prod' }];
const METHOD_SETTING = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

function keyed(change: Partial<GatewayFromOptions> = {}, api = model) {
  const limiter = new TellingLimiter();
  const gateway = gatewayFrom(api, {
    limiter,
    usagePlans: [
      {
        usagePlanId: 'plan01',
        apiStages,
        throttle: { rateLimit: 5, burstLimit: 10 },
        quota: { limit: 100, offset: 3, period: 'DAY' },
      },
      { usagePlanId: 'plan02', apiStages: [{ apiId: 'abcdefghij', stage: 'beta' }] },
    ],
    apiKeys: [
      { apiKeyId: 'key1', value: 'value-1', usagePlanIds: ['plan02', 'plan01'] },
      { apiKeyId: 'key2', value: 'value-2', usagePlanIds: ['plan01'], enabled: false },
      { apiKeyId: 'key3', value: 'value-3', usagePlanIds: ['plan02', 'gone00'] },
      { apiKeyId: 'key4', value: 'value-4', usagePlanIds: [] },
    ],
    ...change,
  });
  const call = async (headers: string[] = [], path = '/keyed') => {
    const { status, body, header } = await gateway.call({ path, headers });
    return status === 200 ? 200 : [status, body, header('x-amzn-errortype')];
  };
  return { limiter, gateway, call };
}

/** A stage whose entry for these methods asks for what gateways cannot enforce. */
const denying =
  (path: string, httpMethod: string) =>
  (stage: StageSnapshot): StageSnapshot => ({
    ...stage,
    methodSettings: stage.methodSettings.map((setting) =>
      setting.path === path && setting.httpMethod === httpMethod ? { ...setting, denied: ['something new'] } : setting,
    ),
  });

describe('routing', () => {
  it.each([
    ['/nix', 'GET'],
    ['/open', 'POST'],
    ['/open', 'HEAD'],
    ['/keyed/7', 'TRACE'],
    ['/', 'GET'],
  ])('%s %s matches nothing', async (path, method) => {
    const { status, body, headers } = await keyed().gateway.call({ path, method });
    expect([status, body]).toEqual([403, '{"message":"Missing Authentication Token"}']);
    expect(headers).toEqual([
      'Content-Type',
      'application/json',
      'x-amzn-RequestId',
      expect.any(String),
      'x-amzn-ErrorType',
      'MissingAuthenticationTokenException',
      'x-amz-apigw-id',
      expect.any(String),
    ]);
  });
});

describe('API keys', () => {
  it.each([
    ['missing', [], 'API key missing'],
    ['empty', ['x-api-key', ''], 'API key missing'],
    ['unknown', ['x-api-key', 'value-0'], 'API key unknown'],
    ['disabled', ['x-api-key', 'value-2'], 'API key disabled'],
    ['of a plan of another stage', ['x-api-key', 'value-3'], 'API key in no usage plan of this stage'],
    ['without a plan', ['x-api-key', 'value-4'], 'API key in no usage plan of this stage'],
    ['of another case', ['x-api-key', 'VALUE-1'], 'API key unknown'],
    ['contradictory', ['x-api-key', 'value-1', 'X-API-Key', 'value-0'], 'several API keys'],
    ['in another spelling of the header', ['x_api_key', 'value-1'], 'API key missing'],
  ])('%s is forbidden', async (_, headers, reason) => {
    const { gateway, call, limiter } = keyed();
    expect(await call(headers)).toEqual(FORBIDDEN);
    const { exchange } = await gateway.call({ path: '/keyed', headers });
    expect(exchange.error).toMatchObject({ responseType: 'INVALID_API_KEY', reason });
    expect(limiter.asked).toEqual([]);
  });

  it.each(['x-api-key', 'X-API-KEY', 'X-Api-Key'])('opens by %s', async (name) => {
    expect(await keyed().call([name, 'value-1'])).toBe(200);
  });

  it('may be repeated as it is', async () => {
    expect(await keyed().call(['x-api-key', 'value-1', 'X-API-Key', 'value-1'])).toBe(200);
  });

  it('are ignored where none is asked for', async () => {
    const { call, limiter } = keyed();
    expect(await call(['x-api-key', 'value-0'], '/open')).toBe(200);
    expect(await call(['x-api-key', 'value-1'], '/open')).toBe(200);
    expect(limiter.asked).toEqual([]);
  });

  it('security class: hop-by-hop abuse: Connection cannot take one away', async () => {
    expect(await keyed().call(['Connection', 'x-api-key', 'x-api-key', 'value-1'])).toBe(200);
  });
});

describe('limits', () => {
  const key = ['x-api-key', 'value-1'];
  const settings = (path: string) => ({
    methodSettings: {
      [path]: {
        metricsEnabled: false,
        dataTraceEnabled: false,
        throttlingBurstLimit: 20,
        throttlingRateLimit: 7.5,
        cachingEnabled: false,
        cacheTtlInSeconds: 300,
        cacheDataEncrypted: false,
        requireAuthorizationForCacheControl: true,
        unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
      },
    },
  });
  const stage = settings('*/*');
  const ALL = [
    `throttle plan/${SCOPE}/plan01/key1`,
    `quota ${SCOPE}/plan01/key1`,
    `throttle stage/${SCOPE}/abcdefghij/prod/keyed/GET`,
    'count plan01/key1 DAY',
  ];

  it.each([false, true])('are asked in order, answers late: %s', async (late) => {
    const { call, limiter } = keyed({ stage });
    limiter.late = late;
    expect(await call(key)).toBe(200);
    expect(limiter.asked).toEqual(ALL);
    expect(limiter.limits).toEqual([
      { rateLimit: 5, burstLimit: 10 },
      { limit: 100, offset: 3, period: 'DAY', quotaStart: '2026-01-01' },
      { rateLimit: 7.5, burstLimit: 20 },
    ]);
  });

  it.each([
    ['throttle plan', THROTTLED, 1],
    ['quota', EXCEEDED, 2],
    ['throttle stage', THROTTLED, 3],
  ])('refused at %s, nothing after is asked', async (what, refusal, asked) => {
    for (const late of [false, true]) {
      const { call, limiter } = keyed({ stage });
      limiter.late = late;
      limiter.refuses = (question) => question.startsWith(what);
      expect(await call(key)).toEqual(refusal);
      expect(limiter.asked).toEqual(ALL.slice(0, asked));
    }
  });

  it("the account's limit is asked first, of every method", async () => {
    const accountThrottle = { rateLimit: 3, burstLimit: 4 };
    const { call, limiter } = keyed({ stage, accountThrottle });
    expect(await call(key)).toBe(200);
    expect([limiter.asked, limiter.limits[0]]).toEqual([[`throttle account/${SCOPE}`, ...ALL], accountThrottle]);
    expect(await call([], '/open')).toBe(200);
    limiter.refuses = (question) => question.startsWith('throttle account');
    expect(await call([], '/open')).toEqual(THROTTLED);
    expect(await call(key)).toEqual(THROTTLED);
  });

  it("a plan's limit for a method takes the place of its own, and counts apart", async () => {
    const throttle = { '/keyed/{id}/ANY': { rateLimit: 1, burstLimit: 2 } };
    const { call, limiter } = keyed({
      usagePlans: [
        { usagePlanId: 'plan01', apiStages: [{ ...apiStages[0]!, throttle }], throttle: { rateLimit: 5, burstLimit: 10 } },
      ],
    });
    await call(key, '/keyed/7');
    await call(key, '/keyed');
    expect(limiter.asked.filter((question) => question.startsWith('throttle'))).toEqual([
      `throttle plan/${SCOPE}/plan01/key1/abcdefghij/prod/keyed/{id}/ANY`,
      `throttle plan/${SCOPE}/plan01/key1`,
    ]);
    expect(limiter.limits[0]).toEqual({ rateLimit: 1, burstLimit: 2 });
  });

  it('a plan without limits asks nothing and counts', async () => {
    const { call, limiter } = keyed({ usagePlans: [{ usagePlanId: 'plan01', apiStages }] });
    expect(await call(key)).toBe(200);
    expect(limiter.asked).toEqual(['count plan01/key1 NONE']);
  });

  it("a stage's limit holds without a key, per method, the method's own before the wildcard's", async () => {
    const { call, limiter } = keyed({ stage });
    await call([], '/open');
    expect(limiter.asked).toEqual([`throttle stage/${SCOPE}/abcdefghij/prod/open/GET`]);
    const own = settings('open/GET').methodSettings['open/GET']!;
    const both = keyed({
      stage: {
        methodSettings: { ...stage.methodSettings, 'open/GET': { ...own, throttlingRateLimit: 1, throttlingBurstLimit: 1 } },
      },
    });
    await both.call([], '/open');
    expect(both.limiter.limits).toEqual([{ rateLimit: 1, burstLimit: 1 }]);
  });

  it("an ANY method goes by the request's verb where stage or plan have an entry for it", async () => {
    const limiter = new TellingLimiter();
    const any = restApiModel({ 'ANY /a': { apiKeyRequired: true } });
    const limit = { rateLimit: 1, burstLimit: 1 };
    const { gateway } = keyed(
      {
        limiter,
        usagePlans: [
          { usagePlanId: 'plan01', apiStages: [{ ...apiStages[0]!, throttle: { '/a/PUT': limit, '/a/ANY': limit } }] },
        ],
        stage: {
          methodSettings: {
            'a/GET': { ...METHOD_SETTING, throttlingRateLimit: 2 },
            'a/ANY': { ...METHOD_SETTING, throttlingRateLimit: 3 },
            'a/DELETE': METHOD_SETTING,
          },
        },
        stageDocument: denying('/a', 'DELETE'),
      },
      any,
    );
    const call = async (method: string) => {
      const { status } = await gateway.call({ method, path: '/a', headers: ['x-api-key', 'value-1'] });
      return [status, ...limiter.asked.splice(0).filter((asked) => asked.startsWith('throttle'))];
    };
    const [plan, stage] = [`throttle plan/${SCOPE}/plan01/key1/abcdefghij/prod`, `throttle stage/${SCOPE}/abcdefghij/prod`];
    expect(await call('GET')).toEqual([200, `${plan}/a/ANY`, `${stage}/a/GET`]);
    expect(await call('PUT')).toEqual([200, `${plan}/a/PUT`, `${stage}/a/ANY`]);
    expect(await call('POST')).toEqual([200, `${plan}/a/ANY`, `${stage}/a/ANY`]);
    expect(await call('DELETE')).toEqual([500]);
    expect(gateway.stage.road(gateway.stage.deployment.routes.match('GET', '/a')!.route, 'GET').methodKey).toBe('/a/ANY');
  });

  it('fails closed when a limiter fails', async () => {
    const { gateway, limiter } = keyed();
    limiter.throttle = () => Promise.reject(new Error('secret detail'));
    const { status, body, exchange } = await gateway.call({ path: '/keyed', headers: key });
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(exchange.error?.reason).toContain('internal error');
    limiter.throttle = () => {
      throw new Error('secret detail');
    };
    expect((await gateway.call({ path: '/keyed', headers: key })).status).toBe(500);
  });
});

describe('what gateways cannot enforce', () => {
  const ERROR = [500, '{"message":"Internal server error"}', 'InternalServerErrorException'];
  const half = restApiModel({
    'GET /open': {},
    'GET /scoped': { authorizationScopes: ['pets.read'] },
    'GET /keyed': { authorizationScopes: ['pets.read'], apiKeyRequired: true },
  });
  it('denies exactly the methods that ask for it, before a limit is asked', async () => {
    const limiter = new TellingLimiter();
    const { call } = keyed({ limiter, unenforced: 'deny' }, half);
    expect(await call([], '/open')).toBe(200);
    expect(await call([], '/scoped')).toEqual(ERROR);
    expect(await call(['x-api-key', 'value-1'], '/keyed')).toEqual(ERROR);
    expect(limiter.asked).toEqual([]);
  });

  it('tells the log why', async () => {
    const { exchange } = await keyed({ unenforced: 'deny' }, half).gateway.call({ path: '/scoped' });
    expect(exchange.error).toMatchObject({
      responseType: 'API_CONFIGURATION_ERROR',
      reason: 'settings that cannot be enforced: GET /scoped: authorizationScopes',
    });
  });

  it('denies all methods of a stage that asks for it', async () => {
    const { call } = keyed({ stage: { tracingEnabled: true } });
    expect(await call([], '/open')).toEqual(ERROR);
    expect(await call(['x-api-key', 'value-1'])).toEqual(ERROR);
  });

  it("denies the methods to which a stage's entry applies: the method's own before the wildcard's", async () => {
    const methodSettings = { '*/*': METHOD_SETTING, 'open/GET': METHOD_SETTING };
    const { call } = keyed({ stage: { methodSettings }, stageDocument: denying('*', '*') });
    expect(await call([], '/open')).toBe(200);
    expect(await call(['x-api-key', 'value-1'])).toEqual(ERROR);
  });
});

describe('bodies that are too large', () => {
  it('are refused before a key is asked for', async () => {
    const gateway = gatewayFrom(model, { bodyLimit: 10 });
    const { status, body } = await gateway.call({ path: '/keyed', body: 'x'.repeat(11) });
    expect([status, body]).toEqual([413, '{"message":"HTTP content length exceeded 10 bytes."}']);
  });
});

describe('security class: path normalisation against authorization: an open resource beside a keyed one', () => {
  const mixed = restApiModel({
    'GET /files/{proxy+}': {},
    'GET /files/private': { apiKeyRequired: true },
    'GET /users/{id}': {},
    'GET /users/{id}/a:b': { apiKeyRequired: true },
    'POST /users/{id}/open': { apiKeyRequired: true },
    'GET /users/{id}/open': {},
  });
  const statusOf = async (path: string, headers: string[] = []) => (await gatewayFrom(mixed).call({ path, headers })).status;

  it.each([
    '/files//private',
    '/files/private;x',
    '/files/;x/private',
    '/files/private%2F',
    '/files/%2Fprivate',
    '/files/private%3Fx',
    '/files/x/..%3Bx/private',
    '/users/x%2Fa:b',
    '/users/x%2Fa%3Ab',
  ])('%s is not taken for open', async (path) => expect(await statusOf(path)).toBe(403));

  it.each(['/files/a//b', '/files/a;b/c', '/files/a%2Fprivate', '/users/x%2Fy', '/users/x;y/open', '/users/x%2Fopen'])(
    '%s leads to none, and is served',
    async (path) => expect(await statusOf(path)).toBe(200),
  );

  it.each(['/files//private', '/files/private;x', '/files/private%2F', '/files/%2Fprivate', '/files/x/..%3Bx/private'])(
    '%s is not taken for open beside one that is denied, for its own settings or by the stage',
    async (path) => {
      const beside = (more: object) => restApiModel({ 'GET /files/{proxy+}': {}, 'GET /files/private': more });
      const denied = gatewayFrom(beside({ authorizationScopes: ['pets.read'] }), { unenforced: 'deny' });
      expect((await denied.call({ path })).status).toBe(403);
      const stage = { methodSettings: { 'files~1private/GET': METHOD_SETTING } };
      const byStage = gatewayFrom(beside({}), { stage, stageDocument: denying('/files/private', 'GET') });
      expect((await byStage.call({ path })).status).toBe(403);
      expect((await gatewayFrom(beside({})).call({ path })).status).toBe(200);
    },
  );

  it('and where no method asks for a key, nothing stands in the way', async () => {
    const open = gatewayFrom(restApiModel({ 'GET /files/{proxy+}': {}, 'GET /files/private': {} }));
    expect((await open.call({ path: '/files//private' })).status).toBe(200);
  });
});

describe('security class: CR/LF and header injection', () => {
  const proxy = restApiModel({ 'GET /p': { integration: { type: 'HTTP_PROXY', uri: 'http://backend.example/' } } });

  it('a request that cannot be written to its backend is answered 500', async () => {
    const upstream: Upstream = {
      send: () => {
        throw new TypeError('Invalid header value');
      },
      close: () => Promise.resolve(),
    };
    const { status, body, exchange } = await gatewayFrom(proxy, { upstream }).call({ path: '/p' });
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(exchange.error?.reason).toBe('internal error: Invalid header value');
  });

  it('an answer that cannot be written to its client becomes one that can, and its body is given up', () => {
    let aborted = 0;
    let backend: UpstreamListener | null = null;
    const upstream: Upstream = {
      send: (_, listener) => {
        backend = listener;
        return { pause: () => undefined, resume: () => undefined, abort: () => void aborted++ };
      },
      close: () => Promise.resolve(),
    };
    const { stage } = gatewayFrom(proxy, { upstream });
    const answers: GatewayResponse[] = [];
    const exchange = new Exchange(requestOf({ path: '/p' }), {
      respond: (response) => {
        answers.push(response);
        if (answers.length === 1) throw new UnwritableAnswer('Invalid header value');
      },
    });
    serve(exchange, stage, 0);
    (backend as UpstreamListener | null)?.answered(200, ['X-Kept', 'v'], 2);
    expect(answers.map(({ status }) => status)).toEqual([200, 500]);
    expect(answers[1]?.headers).not.toContain('X-Kept');
    expect([exchange.status, exchange.error?.responseType, aborted]).toEqual([500, 'DEFAULT_5XX', 1]);
  });

  it('a fault of the transport in the middle of an answer never begins a second one', () => {
    let calls = 0;
    const exchange = new Exchange(requestOf({ path: '/p' }), {
      respond: () => {
        calls++;
        throw new Error('half written');
      },
    });
    expect(() => exchange.respond({ status: 200, headers: [], body: null, length: 0 })).toThrow('half written');
    expect([calls, exchange.status]).toEqual([1, 200]);
  });
});

describe('stages', () => {
  it('compile the road of a method once, when it is first asked for', async () => {
    const { gateway } = keyed();
    const route = gateway.stage.deployment.routes.match('GET', '/open')!.route;
    expect(gateway.stage.road(route, 'GET')).toBe(gateway.stage.road(route, 'GET'));
    expect(gateway.stage.road(route, 'GET').request).toHaveLength(2);
  });

  it('are not built on a literal that does not open', () => {
    const sealed = restApiModel({
      'GET /': {
        integration: { type: 'HTTP_PROXY', uri: 'http://h/', requestParameters: { 'integration.request.header.X': "'s'" } },
      },
    });
    expect(() =>
      gatewayFrom(sealed, {
        openLiteral: () => {
          throw new Error('no key at hand opens it');
        },
      }),
    ).toThrow('GET /: no key at hand opens it');
  });
});

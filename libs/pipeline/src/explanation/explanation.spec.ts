import { signExplainToken, dataPlaneKey, type ExplainGrant } from '@gatehouse/snapshot';
import {
  gatewayFrom,
  httpBackend,
  requestOf,
  restApiModel,
  type GatewayFromOptions,
  type HttpBackend,
  type MethodsOf,
  type TestCall,
  type TestGateway,
} from '@gatehouse/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Exchange } from '../exchange.js';
import { fakeLambda, payload, type FakeLambda } from '../integration/lambda.fixture.js';
import { allow, authorizerModel, decision, deny, STAGE_ARN } from '../method-request/authorization/authorizer.fixture.js';
import { serve } from '../rest-pipeline.js';
import { CollectedResponse } from '../test-invocation/collected-response.js';
import { beginExplanation } from './begin-explanation.js';

const KEY = dataPlaneKey(Buffer.alloc(32, 9));
const GRANT: ExplainGrant = {
  accountId: '123456789012',
  region: 'us-east-1',
  apiId: 'abcdefghij',
  stageName: 'prod',
  expiresAt: Date.now() + 60_000,
};

let backend: HttpBackend;
let lambda: FakeLambda;
let gateway: TestGateway;
beforeAll(async () => {
  backend = await httpBackend((response) => void response.setHeader('Set-Cookie', 'session=hunter2').end('{"from":"backend"}'));
  lambda = await fakeLambda();
});
afterAll(() => Promise.all([backend.close(), lambda.close()]));
beforeEach(() => {
  backend.received.length = 0;
  lambda.invoked.length = 0;
});
afterEach(() => gateway?.close());

interface Told {
  route: { candidates: { httpMethod: string; resourcePath: string; matched: boolean }[]; pathParameters: object[] };
  methodRequest: { step: string; outcome: string; milliseconds: number; error?: { responseType: string; reason: string } }[];
  authorization: { authorizer: Record<string, unknown> | null; type: string };
  apiKey: Record<string, unknown>;
  limits: Record<string, unknown>;
  cache: object | null;
  integration: { request: Record<string, unknown> | null; response: Record<string, unknown> | null };
  error: { reason: string } | null;
  milliseconds: Record<string, number>;
  response: { status: number; headers: [string, string][]; body: string };
}

const model = (methods: MethodsOf) => restApiModel(methods, { authorizers: [authorizerModel()] });
const serving = (methods: MethodsOf, options: GatewayFromOptions = {}) =>
  (gateway = gatewayFrom(model(methods), { lambda: lambda.origin, ...options }));

/** A request with a token; what comes in place of its answer, or that itself. */
async function ask(call: TestCall, token = signExplainToken(KEY, GRANT)) {
  const response = new CollectedResponse(1_000_000);
  const headers = [...(call.headers ?? []), 'X-Gatehouse-Explain', token];
  const exchange = new Exchange(requestOf({ ...call, headers }), response);
  if (exchange.explainToken !== undefined) beginExplanation(exchange, gateway.stage, [KEY]);
  serve(exchange, gateway.stage, 0);
  const { status, headers: answered, body } = await response.read;
  const isExplained = answered.some(([name]) => name === 'x-gatehouse-explained');
  return { status, body, isExplained, told: (isExplained ? JSON.parse(body) : null) as Told };
}

const proxy = (path = '/x') => ({ integration: { type: 'HTTP_PROXY' as const, httpMethod: 'GET', uri: backend.url + path } });
const steps = ({ methodRequest }: Told) => methodRequest.map(({ step, outcome }) => `${step} ${outcome}`);

describe('an explained request', () => {
  it('tells candidates, the one that matched, steps, backend and times, with the answer inside', async () => {
    serving({ 'GET /pets/{id}': proxy(), 'POST /pets/{id}': {}, 'ANY /{proxy+}': {}, 'GET /pets/new': {}, 'GET /other': {} });
    const { status, told } = await ask({ path: '/pets/new' });
    expect(status).toBe(200);
    const { candidates } = told.route;
    expect(candidates.map(({ httpMethod, resourcePath, matched }) => [httpMethod, resourcePath, matched])).toEqual([
      ['GET', '/pets/new', true],
      expect.arrayContaining(['/pets/{id}', false]),
      expect.arrayContaining(['/pets/{id}', false]),
      ['ANY', '/{proxy+}', false],
    ]);
    const other = (await ask({ path: '/pets/7' })).told;
    expect(other.route.pathParameters).toEqual([{ name: 'id', value: '7' }]);
    expect(other.response).toMatchObject({ status: 200, body: '{"from":"backend"}' });
    expect(steps(other)).toContain('integrationRequest passed');
    expect(other.integration.request).toMatchObject({ method: 'GET', uri: `${backend.url}/x` });
    expect(other.integration.response).toMatchObject({ status: 200 });
    expect(other.milliseconds['integration']).toBeGreaterThan(0);
    expect(other.milliseconds['untilAnswered']).toBeGreaterThanOrEqual(other.milliseconds['integration']!);
    expect(other.error).toBeNull();
  });

  it('tells why no method was found', async () => {
    serving({ 'POST /pets': {} });
    const { told } = await ask({ path: '/pets' });
    expect(told.route.candidates).toMatchObject([{ httpMethod: 'POST', resourcePath: '/pets', matched: false }]);
    expect(told.response.status).toBe(403);
    expect(told.methodRequest).toEqual([]);
    expect(told.error).not.toBeNull();
  });

  it('tells what templates make of the body, there and back', async () => {
    serving({
      'POST /t': {
        integration: {
          type: 'HTTP',
          httpMethod: 'POST',
          uri: backend.url,
          requestTemplates: { 'application/json': '{"sent":$input.json("$.a")}' },
          integrationResponses: [{ statusCode: '200', responseTemplates: { 'application/json': 'got $input.path("$.from")' } }],
        },
      },
    });
    const { told } = await ask({ path: '/t', method: 'POST', body: '{"a":1}' });
    expect(told.integration.request).toMatchObject({ bodyBefore: '{"a":1}', bodyAfter: '{"sent":1}' });
    expect(told.integration.response).toMatchObject({ bodyBefore: '{"from":"backend"}' });
    expect(told.response.body).toBe('got backend');
  });

  it('tells what the authorizer decided, and whether that was known', async () => {
    const guard = { authorizationType: 'CUSTOM', authorizerId: 'auth01' };
    serving({ 'GET /a': { ...guard }, 'GET /b': { ...guard } });
    lambda.answer = payload(decision([allow(`${STAGE_ARN}GET/a`), deny(`${STAGE_ARN}GET/b`)], { context: { tier: 'gold' } }));
    const headers = ['Authorization', 'a-very-secret-token'];
    const first = (await ask({ path: '/a', headers })).told;
    expect(first.authorization).toMatchObject({
      type: 'CUSTOM',
      authorizer: { principalId: 'me', isFromCache: false, context: [{ name: 'tier', value: 'gold' }] },
    });
    expect(first.authorization.authorizer?.['policyDocument']).toMatchObject({
      Statement: [{ Effect: 'Allow' }, { Effect: 'Deny' }],
    });
    const second = (await ask({ path: '/b', headers })).told;
    expect(second.authorization.authorizer).toMatchObject({ isFromCache: true });
    expect(steps(second).at(-1)).toBe('authorization refused');
    expect(second.methodRequest.at(-1)?.error).toMatchObject({ responseType: 'ACCESS_DENIED' });
    expect(second.response.status).toBe(403);
    expect(lambda.invoked).toHaveLength(1);
  });

  it('tells key, plan and limits, and which of them refuses', async () => {
    const plan = {
      usagePlanId: 'plan01',
      apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }],
      throttle: { rateLimit: 5, burstLimit: 9 },
    };
    serving(
      { 'GET /': { apiKeyRequired: true } },
      {
        usagePlans: [plan],
        apiKeys: [{ apiKeyId: 'key0000001', value: 'a-key-of-twenty-or-more', usagePlanIds: ['plan01'] }],
        limiter: { throttle: (name) => !name.startsWith('plan/'), quota: () => true, count: () => undefined },
      },
    );
    const { told } = await ask({ path: '/', headers: ['x-api-key', 'a-key-of-twenty-or-more'] });
    expect(told.apiKey).toMatchObject({ required: true, source: 'HEADER', apiKeyId: 'key0000001', usagePlanId: 'plan01' });
    expect(told.limits).toMatchObject({ usagePlan: { throttle: { rateLimit: 5, burstLimit: 9 } } });
    expect(steps(told).at(-1)).toBe('usagePlanThrottle refused');
    expect(told.response.status).toBe(429);
    const without = (await ask({ path: '/' })).told;
    expect(steps(without).at(-1)).toBe('apiKey refused');
  });

  it('goes the road of all others: it is limited and counted like them', async () => {
    const counted: string[] = [];
    serving(
      { 'GET /': { apiKeyRequired: true } },
      {
        usagePlans: [{ usagePlanId: 'plan01', apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }] }],
        apiKeys: [{ apiKeyId: 'key0000001', value: 'v', usagePlanIds: ['plan01'] }],
        limiter: { throttle: () => true, quota: () => true, count: ({ apiKeyId }) => void counted.push(apiKeyId) },
      },
    );
    await ask({ path: '/', headers: ['x-api-key', 'v'] });
    expect(counted).toEqual(['key0000001']);
  });

  it('security class: secrets in logs: tells no credentials', async () => {
    serving({ 'GET /': proxy('/x?access_token=abcdefgh') });
    const { body } = await ask({
      path: '/',
      headers: ['Authorization', 'Bearer a-very-secret-token', 'X-Echo', 'a-very-secret-token'],
    });
    expect(body).not.toContain('Bearer a-very-secret');
    expect(body).not.toContain('hunter2');
    expect(body).not.toContain('access_token=abcdefgh');
    expect(body).not.toContain(signExplainToken(KEY, GRANT));
  });
});

describe('security class: explanations are for administrators', () => {
  it.each<[string, string]>([
    ['of another API', signExplainToken(KEY, { ...GRANT, apiId: 'other' })],
    ['of another stage', signExplainToken(KEY, { ...GRANT, stageName: 'dev' })],
    ['of another account', signExplainToken(KEY, { ...GRANT, accountId: '000000000001' })],
    ['of another region', signExplainToken(KEY, { ...GRANT, region: 'eu-west-1' })],
    ['whose time is over', signExplainToken(KEY, { ...GRANT, expiresAt: Date.now() - 1 })],
    ['of another key', signExplainToken(dataPlaneKey(Buffer.alloc(32, 8)), GRANT)],
    ['that is none', 'true'],
    ['that is empty', ''],
  ])('a token %s explains nothing, and the request goes on without it', async (_, token) => {
    serving({ 'GET /': proxy() });
    const { body, isExplained } = await ask({ path: '/' }, token);
    expect([isExplained, body]).toEqual([false, '{"from":"backend"}']);
  });

  it('no backend sees a token, good or not, in any spelling', async () => {
    serving({
      'GET /': proxy(),
      'GET /mapped': {
        requestParameters: { 'method.request.header.X-Gatehouse-Explain': false },
        integration: {
          ...proxy().integration,
          requestParameters: { 'integration.request.header.X-Got': 'method.request.header.X-Gatehouse-Explain' },
        },
      },
    });
    const token = signExplainToken(KEY, GRANT);
    for (const path of ['/', '/mapped'])
      for (const sent of [token, 'none']) await ask({ path, headers: ['X_Gatehouse_Explain', sent] }, sent);
    expect(backend.received).toHaveLength(4);
    expect(JSON.stringify(backend.received).toLowerCase()).not.toMatch(/explain|x-got/);
    expect(JSON.stringify(backend.received)).not.toContain(token);
  });

  it('an authorizer and a function do not see it either', async () => {
    serving({ 'GET /': { authorizationType: 'CUSTOM', authorizerId: 'auth01' } });
    lambda.answer = payload(decision(allow('*')));
    await ask({ path: '/', headers: ['Authorization', 't'] });
    expect(JSON.stringify(lambda.invoked)).not.toContain(signExplainToken(KEY, GRANT));
  });
});

import type { AuthorizerModel, MethodSettingModel, RestApiModel } from '@gatehouse/api-model';
import { compileDeployment, compileStage, literalName } from '@gatehouse/compiler';
import { dataPlaneKey, unseal, type TestInvocation, type TestOutcome } from '@gatehouse/snapshot';
import { functionsAt, httpBackend, pipelineServices, restApiModel, type HttpBackend, type MethodsOf } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeLambda, payload, refusal, type FakeLambda } from '../integration/lambda.fixture.js';
import { allow, authorizerModel, decision, deny } from '../method-request/authorization/authorizer.fixture.js';
import { issuerKey, POOL, TestIssuer } from '../method-request/authorization/user-pools/issuer.fixture.js';
import { UserPools } from '../method-request/authorization/user-pools/user-pools.js';
import { Http1Upstream } from '../upstream/http1-upstream.js';
import { parseTargetRule, TargetGuard } from '../upstream/target-guard.js';
import { runTestInvocation } from './run-test-invocation.js';

const SCOPE = { accountId: '123456789012', region: 'us-east-1' };
const KEY = dataPlaneKey(Buffer.alloc(32, 7));
const SETTING: MethodSettingModel = {
  metricsEnabled: false,
  loggingLevel: 'INFO',
  dataTraceEnabled: true,
  throttlingBurstLimit: 0,
  throttlingRateLimit: 0,
  cachingEnabled: false,
  cacheTtlInSeconds: 0,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
};
const limits = { connectionsPerOrigin: 4, waitingPerOrigin: 4, keepAliveTimeout: 1000, connectTimeout: 1000, totalTimeout: 5000 };

let backend: HttpBackend;
let lambda: FakeLambda;
let issuer: TestIssuer;
const upstream = new Http1Upstream({ guard: new TargetGuard(), ...limits });

beforeAll(async () => {
  backend = await httpBackend((response, { url }) => {
    if (url === '/large') return response.end('x'.repeat(2_000_000));
    return response.writeHead(201, { 'X-Twice': ['a', 'b'], 'Content-Type': 'text/plain' }).end('héllo');
  });
  lambda = await fakeLambda();
  issuer = await TestIssuer.start();
  issuer.keys = [await issuerKey('k1')];
});
afterAll(() => Promise.all([upstream.close(), backend.close(), lambda.close(), issuer.close()]));
beforeEach(() => {
  backend.received.length = 0;
  lambda.invoked.length = 0;
});

type Given = Partial<Omit<TestInvocation, 'deployment' | 'stage'>> & { variables?: Record<string, string>; guard?: TargetGuard };

/** Runs the first method of an API as the control plane would have it run. */
async function run<K extends TestInvocation['kind']>(kind: K, model: RestApiModel, given: Given = {}) {
  const { variables = {}, guard, ...more } = given;
  const { body: deployment, hash } = compileDeployment(model, { scope: SCOPE, key: KEY });
  const stage = compileStage(
    {
      apiId: model.apiId,
      stageName: kind === 'method' ? 'test-invoke-stage' : 'ESTestInvoke-stage',
      deploymentId: '',
      variables,
      methodSettings: { '*/*': SETTING },
      cacheClusterEnabled: false,
      tracingEnabled: false,
    },
    { deployment: hash, canary: null },
  );
  const test: TestInvocation = {
    kind,
    scope: SCOPE,
    deployment,
    stage,
    httpMethod: 'GET',
    pathWithQueryString: null,
    headers: [],
    body: '',
    additionalContext: [],
    ...more,
  };
  const calling = guard ? new Http1Upstream({ guard, ...limits }) : upstream;
  const services = pipelineServices({
    upstream: calling,
    lambda: functionsAt(lambda.origin, upstream),
    userPools: new UserPools({ upstream, issuers: new Map([[POOL, issuer.url]]), mostBytes: 1_048_576 }),
    limiter: { throttle: () => false, quota: () => false, count: () => expect.unreachable() },
  });
  const open = (sealed: string) => unseal([KEY], literalName(SCOPE, model.apiId), sealed);
  return (await runTestInvocation(test, open, services)) as TestOutcome & { kind: K };
}

const method = (methods: MethodsOf, given?: Given) => run('method', restApiModel(methods), given);
const proxy = (path = '') => ({ integration: { type: 'HTTP_PROXY' as const, httpMethod: 'GET', uri: backend.url + path } });
/** The sentences of a log without their times. */
const sentences = (log: string) =>
  log.split('\n').map((line) => line.replace(/^\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : /, '- '));

describe('a test of a method', () => {
  it("gives the answer, with a log in AWS's sentences and form", async () => {
    const outcome = await method({ 'GET /pets': proxy('/x') }, { pathWithQueryString: '/pets?a=1', headers: [['X-A', 'é']] });
    expect(outcome).toMatchObject({ kind: 'method', status: 201, body: 'héllo' });
    expect(outcome.headers.filter(([name]) => name === 'X-Twice')).toEqual([
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
    ]);
    expect(outcome.headers.map(([name]) => name.toLowerCase())).not.toContain('x-amzn-requestid');
    const lines = sentences(outcome.log);
    const id = /^Execution log for request ([0-9a-f-]{36})$/.exec(lines[0]!)![1];
    expect(lines.slice(1, 6)).toEqual([
      `- Starting execution for request: ${id}`,
      '- HTTP Method: GET, Resource Path: /pets',
      '- Method request path: {}',
      '- Method request query string: {a=1}',
      '- Method request headers: {X-A=é}',
    ]);
    expect(lines).toContain(`- Sending request to ${backend.url}/x?a=1`);
    expect(lines).toContain('- Endpoint response body before transformations: héllo');
    expect(lines.slice(-3)).toEqual(['- Successfully completed execution', '- Method completed with status: 201', '']);
    expect(outcome.latency).toBeGreaterThanOrEqual(0);
  });

  it('shows templates the stage, the variables and the client of a test', async () => {
    const { body } = await method(
      {
        'GET /': {
          integration: {
            integrationResponses: [
              {
                statusCode: '200',
                responseTemplates: {
                  'application/json':
                    '$context.stage|$context.identity.sourceIp|$context.identity.apiKey|$stageVariables.v|$context.path',
                },
              },
            ],
          },
        },
      },
      { variables: { v: 'w' }, pathWithQueryString: '/' },
    );
    expect(body).toBe('test-invoke-stage|test-invoke-source-ip|test-invoke-api-key|w|/');
  });

  it.each([
    [null, '{petId=%7BpetId%7D}'],
    ['/pets/7', '{petId=7}'],
    ['/elsewhere', '{petId=}'],
  ])('has for the path %s the parameters %s', async (pathWithQueryString, told) => {
    const { log, status } = await method({ 'GET /pets/{petId}': {} }, { pathWithQueryString });
    expect(status).toBe(200);
    expect(log.replace('{petId={petId}}', '{petId=%7BpetId%7D}')).toContain(`Method request path: ${told}`);
  });

  it('takes every content for JSON, whatever the headers say', async () => {
    await method({ 'POST /': proxy() }, { httpMethod: 'POST', body: '{}', headers: [['content-type', 'text/xml']] });
    expect(backend.received[0]?.headers).toContain('application/json');
    expect(backend.received[0]?.headers).not.toContain('text/xml');
  });

  it('fails as a request does, and says why', async () => {
    const { status, body, log } = await method({ 'GET /': { integration: { integrationResponses: [] } } });
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(log).toContain('Execution failed due to configuration error: No match for output mapping');
    expect(log).toMatch(/Method completed with status: 500\n$/);
  });

  it('validates as a request is validated', async () => {
    const model = restApiModel(
      { 'GET /': { requestParameters: { 'method.request.header.X-A': true }, requestValidatorId: 'val01' } },
      { requestValidators: [{ id: 'val01', validateRequestBody: false, validateRequestParameters: true }] },
    );
    expect(await run('method', model)).toMatchObject({ status: 400 });
    expect(await run('method', model, { headers: [['X-A', '1']] })).toMatchObject({ status: 200 });
  });

  it.each([
    { pathWithQueryString: 'pets' },
    { pathWithQueryString: '/a/../b' },
    { pathWithQueryString: `/${'x'.repeat(11_000)}` },
    { headers: [['a b', 'c']] },
    { headers: [['A', 'b\r\nInjected: c']] },
    { headers: Array.from({ length: 201 }, (): [string, string] => ['A', 'b']) },
  ] as Given[])('refuses what no request can have: %#', async (given) => {
    const outcome: TestOutcome = await method({ 'GET /': proxy() }, given);
    expect(outcome.kind).toBe('refused');
    expect(backend.received).toEqual([]);
  });

  it('security class: limits: tells a large body up to its bound', async () => {
    const { body, log } = await method({ 'GET /': proxy('/large') });
    expect(body).toBe('x'.repeat(1_048_576));
    expect(log).toContain('The body of the answer is not told whole');
    expect(log.length).toBeLessThan(20_000);
  });

  it('security class: secrets in logs: the log hides what lets in whoever has it', async () => {
    const { log } = await method({ 'GET /': proxy() }, { headers: [['Authorization', 'Bearer very-secret-token']] });
    expect(log).toContain('Authorization=******');
    expect(log).not.toContain('very-secret');
  });

  it('security class: SSRF by integrations: it reaches no target that is closed to integrations', async () => {
    const guard = new TargetGuard([parseTargetRule('127.0.0.0/8')]);
    const { status, log } = await method({ 'GET /': proxy() }, { guard });
    expect(status).toBe(500);
    expect(log).toContain('Execution failed due to configuration error: the endpoint is a refused target');
    expect(backend.received).toEqual([]);
    const metadata = { integration: { type: 'HTTP_PROXY' as const, httpMethod: 'GET', uri: 'http://169.254.169.254/' } };
    expect(await method({ 'GET /': metadata })).toMatchObject({ status: 500 });
  });
});

describe('a test of an authorizer', () => {
  const ask = (changes: Partial<AuthorizerModel>, given: Given = {}, authorizationType = 'CUSTOM') =>
    run(
      'authorizer',
      restApiModel({ 'GET /': { authorizationType, authorizerId: 'auth01' } }, { authorizers: [authorizerModel(changes)] }),
      given,
    );
  const TOKEN: Given = { headers: [['Authorization', 'Bearer secret-token']] };

  it('tells the decision, also where it lets nobody in', async () => {
    const answer = decision(deny('*'), { context: { a: 1 } });
    lambda.answer = payload(answer);
    const outcome = await ask({}, TOKEN);
    expect(outcome).toMatchObject({ kind: 'authorizer', clientStatus: 0, principalId: 'me', claims: [] });
    expect(JSON.parse(outcome.policy!)).toEqual({ Version: '2012-10-17', Statement: deny('*') });
    expect(lambda.invoked[0]?.event).toEqual({
      type: 'TOKEN',
      methodArn: 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/ESTestInvoke-stage/GET/',
      authorizationToken: 'Bearer secret-token',
    });
    const lines = sentences(outcome.log);
    expect(lines[1]).toMatch(/^- Starting authorizer: auth01 for request: [0-9a-f-]{36}$/);
    expect(lines).toContain(`- Authorizer result body before parsing: ${JSON.stringify(answer)}`);
    expect(lines.at(-2)).toBe('- Successfully completed authorizer execution');
    expect(outcome.log).not.toContain('secret-token');
  });

  it('asks each time, and keeps nothing', async () => {
    lambda.answer = payload(decision(allow('*')));
    await ask({ authorizerResultTtlInSeconds: 300 }, TOKEN);
    await ask({ authorizerResultTtlInSeconds: 300 }, TOKEN);
    expect(lambda.invoked).toHaveLength(2);
  });

  it('takes context for identity sources as it is given', async () => {
    lambda.answer = payload(decision(allow('*')));
    const changes = { type: 'REQUEST' as const, identitySource: 'context.identity.vpcId' };
    expect(await ask(changes)).toMatchObject({ clientStatus: 401 });
    expect(await ask(changes, { additionalContext: [['identity.vpcId', 'vpc-1']] })).toMatchObject({ clientStatus: 0 });
  });

  it.each([
    [{}, 401, 'Unauthorized request: '],
    [{ headers: [['Authorization', 'x']], fails: true }, 500, 'Execution failed due to configuration error'],
  ] as [Given & { fails?: boolean }, number, string][])(
    'gives the status that a client would get: %#',
    async (given, status, told) => {
      const { fails, ...rest } = given;
      lambda.answer = fails ? refusal(403, 'AccessDeniedException', 'no') : payload(decision(allow('*')));
      const outcome = await ask({}, rest);
      expect(outcome).toMatchObject({ clientStatus: status, principalId: null, policy: null });
      expect(outcome.log).toContain(told);
    },
  );

  it('tells the claims of a token that a user pool has issued', async () => {
    const pools = { type: 'COGNITO_USER_POOLS' as const, providerArns: [POOL] };
    const headers: Given['headers'] = [['Authorization', await issuer.token({ email: 'a@b' })]];
    const outcome = await ask(pools, { headers }, 'COGNITO_USER_POOLS');
    expect(outcome).toMatchObject({ clientStatus: 0, principalId: null, policy: null });
    expect(new Map(outcome.claims).get('email')).toBe('a@b');
    expect(await ask(pools, { headers: [['Authorization', 'x']] }, 'COGNITO_USER_POOLS')).toMatchObject({ clientStatus: 401 });
  });
});

import { httpBackend, type TestGateway } from '@gatehouse/testing';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeLambda, invocationsOf, payload, refusal, type FakeLambda } from '../../integration/lambda.fixture.js';
import {
  allow,
  AUTH,
  authorizerModel,
  decision,
  DENIED,
  deny,
  FAILED,
  guarded,
  MISCONFIGURED,
  NOT_AUTHORIZED,
  outcome,
  STAGE_ARN,
  UNAUTHORIZED,
  type GuardedOptions,
} from './authorizer.fixture.js';

let lambda: FakeLambda;
let gateway: TestGateway;

beforeAll(async () => {
  lambda = await fakeLambda();
});
afterAll(() => lambda.close());
beforeEach(() => {
  lambda.invoked.length = 0;
  lambda.answer = payload(decision(allow('*')));
});
afterEach(() => gateway?.close());

type Methods = Parameters<typeof guarded>[1];

/** Status of a call, or all of an error. */
async function call(path: string, headers: string[] = ['Authorization', 'token'], method = 'GET') {
  const answer = await gateway.call({ path, headers, method });
  return answer.status === 200 ? 200 : outcome(answer);
}

const serve = (options?: GuardedOptions, methods?: Methods) => (gateway = guarded(lambda, methods, options));
const request = (identitySource: string | undefined, changes: Parameters<typeof authorizerModel>[0] = {}) => ({
  authorizers: [authorizerModel({ type: 'REQUEST', ...(identitySource && { identitySource }), ...changes })],
});
const events = () => lambda.invoked.map(({ event }) => event);

describe('TOKEN authorizers', () => {
  it('get the token and the ARN of the method, as a call of their own', async () => {
    serve();
    expect(await call('/pets/7', ['Authorization', 'Bearer x', 'X-Other', 'y'])).toBe(200);
    expect(events()).toEqual([{ type: 'TOKEN', methodArn: `${STAGE_ARN}GET/pets/7`, authorizationToken: 'Bearer x' }]);
    const [invoked] = lambda.invoked;
    expect(invoked?.url).toBe(`/2015-03-31/functions/${encodeURIComponent(AUTH)}/invocations`);
    expect(invoked?.headers).toMatchObject({
      'x-gatehouse-source-arn': 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/authorizers/auth01',
    });
  });

  it.each([
    ['no header', []],
    ['an empty header', ['Authorization', '']],
    ['headers that contradict each other', ['Authorization', 'a', 'Authorization', 'b']],
  ])('are not asked about %s', async (_, headers) => {
    serve();
    expect(await call('/pets/7', headers)).toEqual(UNAUTHORIZED);
    expect(events()).toEqual([]);
  });

  it('have their header in any case, as HTTP/2 has names in one only', async () => {
    serve();
    expect(await call('/pets/7', ['authorization', 'token'])).toBe(200);
    expect(await call('/pets/7', ['AUTHORIZATION', 'token', 'authorization', 'token'])).toBe(200);
  });

  it('are not asked about tokens that are not as a whole like their validation expression', async () => {
    serve({ authorizers: [authorizerModel({ identityValidationExpression: 'Bearer [a-z]+' })] });
    expect(await call('/pets/7', ['Authorization', 'Bearer abc'])).toBe(200);
    expect(await call('/pets/7', ['Authorization', 'Bearer abc1'])).toEqual(UNAUTHORIZED);
    expect(await call('/pets/7', ['Authorization', 'a Bearer abc'])).toEqual(UNAUTHORIZED);
    expect(events()).toHaveLength(1);
  });

  it('get what is no ASCII as the text that its bytes are', async () => {
    serve();
    await call('/pets/7', ['Authorization', Buffer.from('tökén').toString('latin1')]);
    expect(events()[0]).toMatchObject({ authorizationToken: 'tökén' });
  });
});

describe('security class: regular expressions that explode: identityValidationExpression', () => {
  it('takes time in proportion to the token', async () => {
    serve({ authorizers: [authorizerModel({ identityValidationExpression: '(a+)+b' })] });
    const begun = performance.now();
    expect(await call('/pets/7', ['Authorization', 'a'.repeat(8_000)])).toEqual(UNAUTHORIZED);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('REQUEST authorizers', () => {
  it('get the request without its body', async () => {
    serve(request('method.request.header.X-Who,method.request.querystring.q'), { 'POST /pets/{id}': {} });
    const answer = await gateway.call({
      method: 'POST',
      path: '/pets/7?q=1&q=2',
      headers: ['X-Who', 'me', 'Content-Type', 'application/json'],
      body: '{"secret":true}',
    });
    expect(answer.status).toBe(200);
    const [event] = events();
    expect(Object.keys(event ?? {}).sort()).toEqual(
      [
        'type methodArn resource path httpMethod headers multiValueHeaders queryStringParameters',
        'multiValueQueryStringParameters pathParameters stageVariables requestContext',
      ]
        .join(' ')
        .split(' ')
        .sort(),
    );
    expect(event).toMatchObject({
      type: 'REQUEST',
      methodArn: `${STAGE_ARN}POST/pets/7`,
      resource: '/pets/{id}',
      path: '/pets/7',
      httpMethod: 'POST',
      queryStringParameters: { q: '2' },
      multiValueQueryStringParameters: { q: ['1', '2'] },
      pathParameters: { id: '7' },
      stageVariables: {},
      requestContext: { stage: 'prod', resourcePath: '/pets/{id}', identity: { sourceIp: '192.0.2.7' } },
    });
    expect(event?.headers).toMatchObject({ 'X-Who': 'me' });
    expect(event?.requestContext).not.toHaveProperty('authorizer');
  });

  it('get an empty object for what there is none of', async () => {
    serve(request('method.request.header.X-Who'), { 'GET /pets': {} });
    await call('/pets', ['X-Who', 'me']);
    expect(events()[0]).toMatchObject({
      queryStringParameters: {},
      multiValueQueryStringParameters: {},
      pathParameters: {},
      stageVariables: {},
    });
  });

  it('are told the API key of a method that asks for one in its header', async () => {
    serve(request('method.request.header.X-Who'), { 'GET /keyed': { apiKeyRequired: true }, 'GET /open': {} });
    for (const path of ['/keyed', '/open']) await call(path, ['X-Who', path, 'x-api-key', 'a-key']);
    const identities = events().map(({ requestContext }) => requestContext.identity);
    expect(identities[0]).toMatchObject({ apiKey: 'a-key' });
    expect(identities[0]).not.toHaveProperty('apiKeyId');
    expect(identities[1]).not.toHaveProperty('apiKey');
  });

  it('are asked by headers, parameters, stage variables and context, of which none may be missing or empty', async () => {
    const sources = 'method.request.header.X-Who, method.request.querystring.q, stageVariables.v, context.identity.sourceIp';
    serve({ ...request(sources), stage: { variables: { v: '1' } } });
    expect(await call('/pets/7?q=1', ['x-who', 'me'])).toBe(200);
    expect(await call('/pets/7?q=1', ['X-Who', ''])).toEqual(UNAUTHORIZED);
    expect(await call('/pets/7?q=1', [])).toEqual(UNAUTHORIZED);
    expect(await call('/pets/7?q=', ['X-Who', 'me'])).toEqual(UNAUTHORIZED);
    expect(await call('/pets/7', ['X-Who', 'me'])).toEqual(UNAUTHORIZED);
    expect(events()).toHaveLength(1);
    await gateway.close();
    serve(request(sources));
    expect(await call('/pets/7?q=1', ['X-Who', 'me'])).toEqual(UNAUTHORIZED);
  });

  it('need no source where decisions are not kept', async () => {
    serve(request('', { authorizerResultTtlInSeconds: 0, identitySource: '' }));
    expect(await call('/pets/7', [])).toBe(200);
    expect(await call('/pets/7', [])).toBe(200);
    expect(events()).toHaveLength(2);
  });
});

describe('what an authorizer decides', () => {
  it.each<[string, object | string, unknown[] | number]>([
    ['allows everything', decision(allow('*')), 200],
    ['allows the method', decision(allow(`${STAGE_ARN}GET/pets/7`)), 200],
    ['allows by wildcards', decision(allow(`${STAGE_ARN}*/pets/?`)), 200],
    ['allows by one statement of several', decision([allow('arn:aws:s3:::other'), allow('*')]), 200],
    ['allows by a condition', decision({ ...allow('*'), Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }), 200],
    [
      'has a condition that does not hold',
      decision({ ...allow('*'), Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }),
      NOT_AUTHORIZED,
    ],
    ['allows another method', decision(allow(`${STAGE_ARN}POST/pets/7`)), NOT_AUTHORIZED],
    ['allows another stage', decision(allow(`${STAGE_ARN.replace('/prod/', '/dev/')}*`)), NOT_AUTHORIZED],
    ['allows another action', decision({ ...allow('*'), Action: 'execute-api:ManageConnections' }), NOT_AUTHORIZED],
    ['denies', decision(deny('*')), DENIED],
    ['allows and denies', decision([allow('*'), deny(`${STAGE_ARN}GET/pets/7`)]), DENIED],
    ['has no principalId', { ...decision(allow('*')), principalId: undefined }, MISCONFIGURED],
    ['has an empty principalId', { ...decision(allow('*')), principalId: '' }, MISCONFIGURED],
    ['has no policy', { principalId: 'me' }, MISCONFIGURED],
    ['has a policy without statements', { principalId: 'me', policyDocument: { Version: '2012-10-17' } }, MISCONFIGURED],
    ['has an effect that there is not', decision({ ...allow('*'), Effect: 'Permit' }), MISCONFIGURED],
    ['has an object in its context', decision(allow('*'), { context: { a: {} } }), MISCONFIGURED],
    ['has a list in its context', decision(allow('*'), { context: { a: ['b'] } }), MISCONFIGURED],
    ['has a context that is a list', decision(allow('*'), { context: [] }), MISCONFIGURED],
    ['has a key that is no text', decision(allow('*'), { usageIdentifierKey: 5 }), MISCONFIGURED],
    ['is a list', [decision(allow('*'))], MISCONFIGURED],
    ['is null', 'null', MISCONFIGURED],
    ['is no JSON', 'yes', MISCONFIGURED],
    ['is endless', 'x'.repeat(300_000), MISCONFIGURED],
  ])('that %s', async (_, answer, expected) => {
    serve();
    lambda.answer = payload(answer);
    expect(await call('/pets/7')).toEqual(expected);
  });

  it.each<[string, FakeLambda['answer'], unknown[]]>([
    ['throws Unauthorized', payload({ errorMessage: 'Unauthorized' }, { 'X-Amz-Function-Error': 'Unhandled' }), UNAUTHORIZED],
    ['throws anything else', payload({ errorMessage: 'unauthorized' }, { 'X-Amz-Function-Error': 'Unhandled' }), MISCONFIGURED],
    ['answers with a message of an error', payload({ errorMessage: 'Unauthorized' }), MISCONFIGURED],
    ['is not there', refusal(404, 'ResourceNotFoundException', 'no such function'), MISCONFIGURED],
    ['may not be called', refusal(403, 'AccessDeniedException', 'no'), MISCONFIGURED],
    ['is throttled', refusal(429, 'TooManyRequestsException', 'later'), FAILED],
    ['breaks off', (response) => response.destroy(), FAILED],
  ])('where its function %s', async (_, answer, expected) => {
    serve();
    lambda.answer = answer;
    expect(await call('/pets/7')).toEqual(expected);
    // Nothing of that is kept.
    lambda.answer = payload(decision(allow('*')));
    expect(await call('/pets/7')).toBe(200);
  });

  it('is not asked for where nothing runs functions, or its URI names none on this stage', async () => {
    gateway = guarded(null);
    expect(await call('/pets/7')).toEqual(MISCONFIGURED);
    serve({ authorizers: [authorizerModel({ authorizerUri: invocationsOf('${stageVariables.auth}') })] });
    expect(await call('/pets/7')).toEqual(MISCONFIGURED);
    serve({
      authorizers: [authorizerModel({ authorizerUri: invocationsOf('${stageVariables.auth}') })],
      stage: { variables: { auth: AUTH } },
    });
    expect(await call('/pets/7')).toBe(200);
  });

  it('comes before the key: who is not let in learns nothing of keys', async () => {
    serve({}, { 'GET /pets/{id}': { apiKeyRequired: true } });
    lambda.answer = payload(decision(deny('*')));
    expect(await call('/pets/7')).toEqual(DENIED);
  });
});

describe('what an authorizer gives along', () => {
  const context = { text: 'tëxt', number: 1.5, flag: true, nothing: null, principalId: 'other', integrationLatency: 'x' };

  it('reaches mappings as text', async () => {
    const backend = await httpBackend();
    const names = ['principalId', 'text', 'number', 'flag', 'nothing', 'constructor', 'integrationLatency'];
    const requestParameters = Object.fromEntries(
      names.map((name) => [`integration.request.header.X-${name}`, `context.authorizer.${name}`]),
    );
    serve({}, { 'GET /pets/{id}': { integration: { type: 'HTTP_PROXY', uri: backend.url, requestParameters } } });
    lambda.answer = payload(decision(allow('*'), { context }));
    expect(await call('/pets/7')).toBe(200);
    const [received] = backend.received;
    const value = (name: string) => received?.header(`X-${name}`);
    expect(value('principalId')).toBe('me');
    expect(Buffer.from(value('text') ?? '', 'latin1').toString()).toBe('tëxt');
    expect(value('number')).toBe('1.5');
    expect(value('flag')).toBe('true');
    expect(value('nothing')).toBeUndefined();
    expect(value('constructor')).toBeUndefined();
    expect(value('integrationLatency')).toMatch(/^\d+$/);
    await gateway.close();
    await backend.close();
  });

  it('reaches gateway responses of what it denies', async () => {
    const gatewayResponses = [
      {
        responseType: 'ACCESS_DENIED',
        responseParameters: {},
        responseTemplates: { 'application/json': '{"who":"$context.authorizer.principalId","text":"$context.authorizer.text"}' },
      },
    ];
    serve({ model: { gatewayResponses } as never });
    lambda.answer = payload(decision(deny('*'), { context }));
    expect((await gateway.call({ path: '/pets/7', headers: ['Authorization', 'token'] })).body).toBe(
      '{"who":"me","text":"tëxt"}',
    );
  });

  it('reaches functions in requestContext.authorizer', async () => {
    const integration = { type: 'AWS_PROXY', httpMethod: 'POST', uri: invocationsOf(AUTH.replace('auth', 'hello')) } as const;
    serve({}, { 'GET /pets/{id}': { integration } });
    lambda.answer = (response, { event }) =>
      payload('methodArn' in event ? decision(allow('*'), { context }) : { statusCode: 200 })(response, {} as never);
    expect(await call('/pets/7')).toBe(200);
    expect(events()[1]?.requestContext['authorizer']).toEqual({
      text: 'tëxt',
      number: '1.5',
      flag: 'true',
      principalId: 'me',
      integrationLatency: expect.any(Number) as number,
    });
    expect(await call('/pets/7')).toBe(200);
    expect(events()[2]?.requestContext['authorizer']).toMatchObject({ integrationLatency: 0 });
  });

  it('security class: CR/LF and header injection: never ends a header', async () => {
    const backend = await httpBackend();
    const requestParameters = { 'integration.request.header.X-Who': 'context.authorizer.who' };
    serve({}, { 'GET /pets/{id}': { integration: { type: 'HTTP_PROXY', uri: backend.url, requestParameters } } });
    lambda.answer = payload(decision(allow('*'), { context: { who: 'a\r\nX-Admin: true' } }));
    expect(await call('/pets/7')).not.toBe(200);
    expect(backend.received).toEqual([]);
    await gateway.close();
    await backend.close();
  });
});

describe('decisions that are kept', () => {
  it('hold for the same token on all methods, each of which the policy is asked about', async () => {
    serve({}, { 'GET /pets/{id}': {}, 'POST /pets/{id}': {}, 'GET /other': {} });
    lambda.answer = payload(decision([allow(`${STAGE_ARN}*/pets/*`), deny(`${STAGE_ARN}POST/*`)]));
    expect(await call('/pets/7')).toBe(200);
    expect(await call('/pets/8')).toBe(200);
    expect(await call('/pets/7', undefined, 'POST')).toEqual(DENIED);
    expect(await call('/other')).toEqual(NOT_AUTHORIZED);
    expect(events()).toHaveLength(1);
    expect(await call('/pets/7', ['Authorization', 'token2'])).toBe(200);
    expect(events()).toHaveLength(2);
  });

  it('hold for the TTL, and not at all for 0', async () => {
    serve({ authorizers: [authorizerModel({ authorizerResultTtlInSeconds: 1 })] });
    await call('/pets/7');
    await call('/pets/7');
    expect(events()).toHaveLength(1);
    await setTimeout(1_050);
    await call('/pets/7');
    expect(events()).toHaveLength(2);
    await gateway.close();
    serve({ authorizers: [authorizerModel({ authorizerResultTtlInSeconds: 0 })] });
    await call('/pets/7');
    await call('/pets/7');
    expect(events()).toHaveLength(4);
  });

  it('are asked for once by all who want one at the same time', async () => {
    serve();
    let answer: (() => void) | undefined;
    lambda.answer = (response, invoked) => {
      answer = () => payload(decision(allow('*')))(response, invoked);
    };
    const calls = Array.from({ length: 20 }, () => call('/pets/7'));
    await vi.waitFor(() => expect(answer).toBeDefined());
    answer?.();
    expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
    expect(events()).toHaveLength(1);
  });

  it('are others after a flush', async () => {
    const { services } = serve().stage;
    await call('/pets/7');
    gateway = guarded(lambda, undefined, { services, stage: { decisionsEpoch: 'another' } });
    await call('/pets/7');
    await call('/pets/7');
    expect(events()).toHaveLength(2);
  });
});

describe('security class: authorizer cache confusion', () => {
  const sources = 'method.request.header.A,method.request.header.B,method.request.querystring.q';

  it.each([
    ['values that join to the same', [['A', 'x', 'B', 'yz'], 'q=1'], [['A', 'xy', 'B', 'z'], 'q=1']],
    ['values that look like where the next begins', [['A', 'x', 'B', 'y1;z'], 'q=1'], [['A', 'x1;y', 'B', 'z'], 'q=1']],
    ['a repeat that is the next source’s', [['A', 'x', 'A', 'z', 'B', 'y'], 'q=1'], [['A', 'x', 'B', 'z', 'B', 'y'], 'q=1']],
    ['values in each other’s place', [['A', 'x', 'B', 'y'], 'q=1'], [['A', 'y', 'B', 'x'], 'q=1']],
    ['a value that looks like the next', [['A', '1', 'B', '1:11;1:1'], 'q=1'], [['A', '1:11;1:1', 'B', '1'], 'q=1']],
    ['a header that is repeated', [['A', 'x', 'B', 'y'], 'q=1'], [['A', 'x', 'A', 'z', 'B', 'y'], 'q=1']],
    ['repeats in another order', [['A', 'x', 'A', 'z', 'B', 'y'], 'q=1'], [['A', 'z', 'A', 'x', 'B', 'y'], 'q=1']],
    ['repeats that are one value with a comma', [['A', 'x, z', 'B', 'y'], 'q=1'], [['A', 'x', 'A', 'z', 'B', 'y'], 'q=1']],
    ['a parameter that is repeated', [['A', 'x', 'B', 'y'], 'q=1'], [['A', 'x', 'B', 'y'], 'q=1&q=2']],
    ['a parameter and a header that change places', [['A', 'x', 'B', '1'], 'q=y'], [['A', 'x', 'B', 'y'], 'q=1']],
    ['values of another case', [['A', 'x', 'B', 'y'], 'q=1'], [['A', 'X', 'B', 'y'], 'q=1']],
    ['values with blanks', [['A', 'x', 'B', 'y'], 'q=1'], [['A', 'x', 'B', 'y'], 'q=1+']],
  ] as [string, [string[], string], [string[], string]][])('%s are another identity', async (_, first, second) => {
    serve(request(sources));
    for (const [headers, query] of [first, second]) expect(await call(`/pets/7?${query}`, headers)).toBe(200);
    expect(events()).toHaveLength(2);
    for (const [headers, query] of [first, second]) expect(await call(`/pets/7?${query}`, headers)).toBe(200);
    expect(events()).toHaveLength(2);
  });

  it('empty values are no identity', async () => {
    serve(request(sources));
    expect(await call('/pets/7?q=1', ['A', 'x', 'A', '', 'B', 'y'])).toEqual(UNAUTHORIZED);
    expect(await call('/pets/7?q=1&q=', ['A', 'x', 'B', 'y'])).toEqual(UNAUTHORIZED);
  });

  it('other authorizers, stages, APIs, deployments and stage variables have decisions of their own', async () => {
    const { services } = serve().stage;
    const others: [GuardedOptions, Methods?][] = [
      [{}],
      [{ stage: { stageName: 'dev' } }],
      [{ model: { apiId: 'bbbbbbbbbb' } }],
      [{ stage: { variables: { a: 'b' } } }],
      [{}, { 'GET /pets/{id}': {}, 'GET /more': {} }],
      [{ authorizers: [authorizerModel(), authorizerModel({ id: 'auth02' })] }, { 'GET /pets/{id}': { authorizerId: 'auth02' } }],
    ];
    for (const [options, methods] of others) {
      gateway = guarded(lambda, methods, { ...options, services });
      expect(await call('/pets/7')).toBe(200);
      expect(await call('/pets/7')).toBe(200);
    }
    expect(events()).toHaveLength(others.length);
  });

  it('two authorizers of one deployment have decisions of their own', async () => {
    const authorizers = [authorizerModel(), authorizerModel({ id: 'auth02' })];
    serve({ authorizers }, { 'GET /pets/{id}': {}, 'GET /dogs': { authorizerId: 'auth02' } });
    for (const path of ['/pets/7', '/dogs', '/pets/7', '/dogs']) expect(await call(path)).toBe(200);
    expect(events()).toHaveLength(2);
  });

  it('what one client is refused another is not', async () => {
    serve();
    lambda.answer = (response, { event }) =>
      payload(decision(event['authorizationToken'] === 'good' ? allow('*') : deny('*')))(response, {} as never);
    for (let round = 0; round < 2; round++) {
      expect(await call('/pets/7', ['Authorization', 'good'])).toBe(200);
      expect(await call('/pets/7', ['Authorization', 'bad'])).toEqual(DENIED);
    }
  });
});

describe('security class: path normalisation against authorization: policies of authorizers', () => {
  it.each(['/admin/users', '/admin/users/', '//admin/users', '/admin/users//', '/%61dmin/users'])(
    '%s is the path that a policy denies',
    async (path) => {
      serve({}, { 'GET /{proxy+}': {} });
      lambda.answer = payload(decision([allow('*'), deny(`${STAGE_ARN}GET/admin/users`)]));
      expect(await call(path)).toEqual(DENIED);
    },
  );

  it.each(['/admin%2Fusers', '/admin;x/users', '/admin//users', '/admin%2fusers/', '/admin/users;a=b', '/admin/users%3Fx'])(
    '%s is one that a backend may read as it',
    async (path) => {
      serve({}, { 'GET /{proxy+}': {} });
      lambda.answer = payload(decision([allow('*'), deny(`${STAGE_ARN}GET/admin/users`)]));
      expect(await call(path)).toEqual(DENIED);
      lambda.answer = payload(decision(allow(`${STAGE_ARN}GET/admin*`)));
      expect(await call(path, ['Authorization', 'other'])).toBe(200);
    },
  );

  it('dots that come up in another reading are refused', async () => {
    serve({}, { 'GET /{proxy+}': {} });
    expect(await call('/a/..%3Bx/admin')).toEqual([403, '{"message":"Forbidden"}', 'ForbiddenException']);
  });

  it.each(['/open/..%3Bx/guarded', '/guarded;x', '/guarded%2F', '//guarded', '/guarded%3Fa'])(
    '%s does not lead from an open method to a guarded one',
    async (path) => {
      serve(
        {},
        {
          'GET /guarded': {},
          'GET /{proxy+}': { authorizationType: 'NONE' },
          'GET /open/{id}/{more}': { authorizationType: 'NONE' },
        },
      );
      expect(await call(path, [])).not.toBe(200);
    },
  );

  it('does not lead from a method of one authorizer to that of another', async () => {
    serve(
      { authorizers: [authorizerModel(), authorizerModel({ id: 'auth02' })] },
      { 'GET /guarded': {}, 'GET /{proxy+}': { authorizerId: 'auth02' } },
    );
    expect(await call('/guarded;x')).toEqual([403, '{"message":"Forbidden"}', 'ForbiddenException']);
    expect(await call('/other;x')).toBe(200);
  });
});

describe('API keys that authorizers say', () => {
  const plan = { usagePlanId: 'plan01', apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }] };
  const options: GuardedOptions = {
    model: { apiKeySource: 'AUTHORIZER' },
    usagePlans: [plan],
    apiKeys: [{ apiKeyId: 'key01', value: 'value-of-the-key-00001', usagePlanIds: ['plan01'] }],
  };
  const methods: Methods = { 'GET /pets/{id}': { apiKeyRequired: true } };
  const FORBIDDEN = [403, '{"message":"Forbidden"}', 'ForbiddenException'];

  it('are taken by their value', async () => {
    serve(options, methods);
    lambda.answer = payload(decision(allow('*'), { usageIdentifierKey: 'value-of-the-key-00001' }));
    expect(await call('/pets/7')).toBe(200);
    const answer = await gateway.call({ path: '/pets/7', headers: ['Authorization', 'token'] });
    expect(answer.exchange.consumer?.apiKeyId).toBe('key01');
    expect(answer.exchange.apiKey).toBe('value-of-the-key-00001');
  });

  it.each([[undefined], [null], [''], ['another-value-of-a-key']])('and by nothing else: %j', async (usageIdentifierKey) => {
    serve(options, methods);
    lambda.answer = payload(decision(allow('*'), { usageIdentifierKey }));
    expect(await call('/pets/7', ['Authorization', 'token', 'x-api-key', 'value-of-the-key-00001'])).toEqual(FORBIDDEN);
  });

  it('are ignored where keys come in the header', async () => {
    serve({ ...options, model: {} }, methods);
    lambda.answer = payload(decision(allow('*'), { usageIdentifierKey: 'value-of-the-key-00001' }));
    expect(await call('/pets/7')).toEqual(FORBIDDEN);
    expect(await call('/pets/7', ['Authorization', 'token', 'x-api-key', 'value-of-the-key-00001'])).toBe(200);
  });
});

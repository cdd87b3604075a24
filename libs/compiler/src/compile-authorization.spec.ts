import type { AuthorizerModel, MethodModel, RestApiModel } from '@gatehouse/api-model';
import { dataPlaneKey, readDocument, writeDocument } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { compileDeployment } from './compile-deployment.js';

const key = dataPlaneKey(Buffer.alloc(32, 7));
const scope = { accountId: '123456789012', region: 'us-east-1' };
const AUTH = 'arn:aws:lambda:us-east-1:123456789012:function:auth';
const invocationsOf = (arn: string) => `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
const HEADER = 'method.request.header.Authorization';
const POOL = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbC';

const lambda = (more: Partial<AuthorizerModel> = {}): AuthorizerModel => ({
  id: 'auth01',
  name: 'first',
  type: 'TOKEN',
  providerArns: [],
  authorizerUri: invocationsOf(AUTH),
  identitySource: HEADER,
  ...more,
});
const request = (more: Partial<AuthorizerModel> = {}) => lambda({ type: 'REQUEST', ...more });
const pools = (more: Partial<AuthorizerModel> = {}): AuthorizerModel => ({
  id: 'auth01',
  name: 'first',
  type: 'COGNITO_USER_POOLS',
  providerArns: [POOL],
  identitySource: HEADER,
  ...more,
});

/** An API with one method, `GET /pets`. */
const api = (authorizers: AuthorizerModel[], method: Partial<MethodModel> = {}, more: Partial<RestApiModel> = {}) =>
  ({
    apiId: 'a1b2c3d4e5',
    name: 'pets',
    createdDate: '2026-01-01T00:00:00Z',
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    binaryMediaTypes: [],
    models: [],
    requestValidators: [],
    gatewayResponses: [],
    ...more,
    authorizers,
    resources: [
      {
        id: 'res001',
        path: '/pets',
        methods: [
          {
            httpMethod: 'GET',
            authorizationType: authorizers[0]?.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM',
            authorizerId: 'auth01',
            apiKeyRequired: false,
            requestParameters: {},
            requestModels: {},
            methodResponses: [],
            methodIntegration: {
              type: 'MOCK',
              requestParameters: {},
              requestTemplates: { 'application/json': '{"statusCode": 200}' },
              passthroughBehavior: 'WHEN_NO_MATCH',
              timeoutInMillis: 29_000,
              cacheNamespace: 'res001',
              cacheKeyParameters: [],
              integrationResponses: [],
            },
            ...method,
          },
        ],
      },
    ],
  }) satisfies RestApiModel;

/** What is published, read as gateways read it. */
function published(model: RestApiModel) {
  const { body, hash, unenforceable } = compileDeployment(model, { scope, key });
  expect(unenforceable).toEqual([]);
  const name = { kind: 'deployment', ...scope, key: hash } as const;
  const text = writeDocument(key, { ...name, revision: 0, body });
  return { hash, body: readDocument([key], name, text).body as typeof body };
}

describe('authorizers that methods name', () => {
  it('TOKEN: the function, the header in lower case, and 300 seconds where nothing else is said', () => {
    const { body } = published(api([lambda()]));
    expect(body.authorizers).toEqual([
      { authorizerId: 'auth01', type: 'TOKEN', functionArn: AUTH, ttlInSeconds: 300, header: 'authorization' },
    ]);
    expect(body.routes[0]?.authorization).toEqual({ type: 'CUSTOM', authorizerId: 'auth01' });
  });

  it('TOKEN: its validation expression as a machine', () => {
    const { body } = published(api([lambda({ identityValidationExpression: 'Bearer .+', authorizerResultTtlInSeconds: 0 })]));
    expect(body.authorizers?.[0]).toMatchObject({ ttlInSeconds: 0, validation: { code: expect.any(Array) as unknown } });
    expect(JSON.stringify(body)).not.toContain('Bearer');
  });

  it('REQUEST: all sources in their order; the expression is not looked at', () => {
    const identitySource = 'method.request.header.X-Who, method.request.querystring.Q,stageVariables.v,context.identity.sourceIp';
    const { body } = published(api([request({ identitySource, identityValidationExpression: '(?=x)' })]));
    expect(body.authorizers?.[0]).toMatchObject({
      type: 'REQUEST',
      sources: [
        { in: 'header', name: 'x-who' },
        { in: 'querystring', name: 'Q' },
        { in: 'stageVariables', name: 'v' },
        { in: 'context', name: 'identity.sourceIp' },
      ],
    });
  });

  it('REQUEST: nothing is remembered of what no source tells apart', () => {
    const { body } = published(api([request({ identitySource: undefined, authorizerResultTtlInSeconds: 60 })]));
    expect(body.authorizers?.[0]).toMatchObject({ sources: [], ttlInSeconds: 0 });
  });

  it('COGNITO_USER_POOLS: the pools and, of the method, the scopes, in one order', () => {
    const other = POOL.replace('AbC', 'AaA');
    const authorizer = pools({ providerArns: [POOL, other, POOL], identityValidationExpression: 'client.*' });
    const { body } = published(api([authorizer], { authorizationScopes: ['b', 'a', 'b'] }));
    expect(body.authorizers).toEqual([
      {
        authorizerId: 'auth01',
        type: 'COGNITO_USER_POOLS',
        poolArns: [other, POOL],
        header: 'authorization',
        validation: expect.any(Object) as unknown,
      },
    ]);
    expect(body.routes[0]?.authorization).toEqual({ type: 'COGNITO_USER_POOLS', authorizerId: 'auth01', scopes: ['a', 'b'] });
  });

  it('are another deployment where they are others; those that no method names are none of it', () => {
    const hashOf = (...authorizers: AuthorizerModel[]) => published(api(authorizers)).hash;
    const hash = hashOf(lambda());
    expect(hashOf(lambda({ authorizerUri: invocationsOf(`${AUTH}2`) }))).not.toBe(hash);
    expect(hashOf(lambda({ authorizerResultTtlInSeconds: 10 }))).not.toBe(hash);
    expect(hashOf(lambda({ name: 'renamed' }), lambda({ id: 'auth02', name: 'other' }))).toBe(hash);
    expect(published(api([lambda()], { authorizationType: 'NONE' })).body).not.toHaveProperty('authorizers');
  });

  it('say where API keys come from', () => {
    expect(published(api([lambda()], {}, { apiKeySource: 'AUTHORIZER' })).body.apiKeySource).toBe('AUTHORIZER');
  });
});

describe('what cannot be enforced is named, and denied', () => {
  const misfit = 'without an authorizer that fits';

  it.each<[string, RestApiModel]>([
    [`authorizationType CUSTOM ${misfit}`, api([])],
    [`authorizationType CUSTOM ${misfit}`, api([lambda({ id: 'auth02' })])],
    [`authorizationType CUSTOM ${misfit}`, api([pools()], { authorizationType: 'CUSTOM' })],
    [`authorizationType COGNITO_USER_POOLS ${misfit}`, api([lambda()], { authorizationType: 'COGNITO_USER_POOLS' })],
    ['authorizationType SOMETHING', api([lambda()], { authorizationType: 'SOMETHING' })],
    ['authorizationScopes', api([lambda()], { authorizationScopes: ['pets.read'] })],
    ['authorizer first: authorizerCredentials', api([lambda({ authorizerCredentials: 'arn:aws:iam::123456789012:role/r' })])],
    ['authorizer first: authorizerUri that calls no function', api([lambda({ authorizerUri: 'https://example.com' })])],
    ['authorizer first: authorizerUri that calls no function', api([lambda({ authorizerUri: invocationsOf('auth') })])],
    [
      'authorizer first: identitySource method.request.querystring.q',
      api([lambda({ identitySource: 'method.request.querystring.q' })]),
    ],
    [
      'authorizer first: identitySource method.request.path.id',
      api([request({ identitySource: `${HEADER},method.request.path.id` })]),
    ],
    ['authorizer first: identityValidationExpression (?=x)', api([lambda({ identityValidationExpression: '(?=x)' })])],
    ['authorizer first: no providerARNs', api([pools({ providerArns: [] })])],
    ['authorizer first: providerARNs arn:aws:s3:::b, which is no user pool', api([pools({ providerArns: ['arn:aws:s3:::b'] })])],
    [`authorizer first: providerARNs ${POOL}/../x, which is no user pool`, api([pools({ providerArns: [`${POOL}/../x`] })])],
  ])('%s', (setting, model) => {
    const { body, unenforceable } = compileDeployment(model, { scope, key });
    expect(unenforceable).toEqual([`GET /pets: ${setting}`]);
    expect(body.routes[0]).toMatchObject({ integration: { type: 'DENIED', settings: [`GET /pets: ${setting}`] } });
  });
});

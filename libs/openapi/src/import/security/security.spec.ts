import { describe, expect, it } from 'vitest';
import { imported, methodOf, openApi, refusalOf, swagger, withGet } from '../import.fixture.js';

const apiKeyIn = (name: string, more: object = {}) => ({ type: 'apiKey', name, in: 'header', ...more });
const lambda = (more: object = {}) => ({ type: 'token', authorizerUri: 'arn:x', ...more });
const authorizer = (given: object, scheme: object = {}) => ({
  ...apiKeyIn('Authorization'),
  'x-amazon-apigateway-authorizer': given,
  ...scheme,
});
const pool = { type: 'cognito_user_pools', providerARNs: ['arn:pool'] };

const securitySchemes = {
  key: apiKeyIn('X-Api-Key'),
  other: apiKeyIn('X-Other'),
  token: authorizer(lambda()),
  second: authorizer(lambda()),
  cognito: authorizer(pool),
  sigv4: { ...apiKeyIn('Authorization'), 'x-amazon-apigateway-authtype': 'awsSigv4' },
  oauth: { type: 'oauth2', flows: {} },
  bearer: { type: 'http', scheme: 'bearer' },
};
const guarded = (operation: object, members: object = {}) =>
  withGet(operation as Record<string, unknown>, { components: { securitySchemes }, ...members });

const securityOf = (operation: object, members: object = {}) => {
  const { authorizationType, authorizer: name, authorizationScopes, apiKeyRequired } = methodOf(guarded(operation, members));
  return [authorizationType, name, authorizationScopes, apiKeyRequired];
};

describe('security of methods', () => {
  it.each<[object, unknown[]]>([
    [{}, ['NONE', undefined, undefined, false]],
    [{ security: [] }, ['NONE', undefined, undefined, false]],
    [{ security: [{}] }, ['NONE', undefined, undefined, false]],
    [{ security: [{ NONE: [] }] }, ['NONE', undefined, undefined, false]],
    [{ security: [{ key: [] }] }, ['NONE', undefined, undefined, true]],
    [{ security: [{ token: [] }] }, ['CUSTOM', 'token', undefined, false]],
    [{ security: [{ token: ['scope'] }] }, ['CUSTOM', 'token', ['scope'], false]],
    [{ security: [{ token: [] }, { key: [] }] }, ['CUSTOM', 'token', undefined, true]],
    [{ security: [{ token: [], key: [] }] }, ['CUSTOM', 'token', undefined, true]],
    [{ security: [{ cognito: [] }] }, ['COGNITO_USER_POOLS', 'cognito', undefined, false]],
    [{ security: [{ cognito: ['email', 'openid'] }] }, ['COGNITO_USER_POOLS', 'cognito', ['email', 'openid'], false]],
    [{ security: [{ sigv4: [] }] }, ['AWS_IAM', undefined, undefined, false]],
    [{ 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }, ['AWS_IAM', undefined, undefined, false]],
    [{ 'x-amazon-apigateway-auth': { type: 'aws_iam' }, security: [{ key: [] }] }, ['AWS_IAM', undefined, undefined, true]],
    [{ 'x-amazon-apigateway-auth': { type: 'NONE' }, security: [{ token: [] }] }, ['NONE', undefined, undefined, false]],
    [{ 'x-amazon-apigateway-auth': { type: 'CUSTOM' }, security: [{ token: [] }] }, ['CUSTOM', 'token', undefined, false]],
    [{ 'x-amazon-apigateway-auth': {} }, ['NONE', undefined, undefined, false]],
  ])('%j is %j', (operation, expected) => {
    expect(securityOf(operation)).toEqual(expected);
    expect(imported(guarded(operation)).warnings).toEqual([]);
  });

  it('is that of the document where the operation has none', () => {
    const security = [{ cognito: ['email'] }];
    expect(securityOf({}, { security })).toEqual(['COGNITO_USER_POOLS', 'cognito', ['email'], false]);
    expect(securityOf({ security: [{ token: [] }] }, { security })).toEqual(['CUSTOM', 'token', undefined, false]);
    expect(securityOf({ security: [] }, { security })).toEqual(['NONE', undefined, undefined, false]);
    expect(securityOf({ 'x-amazon-apigateway-auth': { type: 'NONE' } }, { security })).toEqual([
      'NONE',
      undefined,
      undefined,
      false,
    ]);
  });

  it.each(['other', 'oauth', 'bearer'])('that a REST API does not have (%s) is left out with a warning', (name) => {
    const operation = { security: [{ [name]: [] }] };
    expect(securityOf(operation)).toEqual(['NONE', undefined, undefined, false]);
    expect(imported(guarded(operation)).warnings).toEqual([
      expect.stringMatching(
        `^Security scheme '${name}' has no authorizer and is not enforced\\. Ignoring\\. \\[/components/securitySchemes/${name} \\(line \\d+\\)\\]$`,
      ),
    ]);
  });

  it('has one authorizer; a second one is left out with a warning', () => {
    const operation = { security: [{ token: [] }, { token: [] }, { second: [] }, { sigv4: [] }] };
    expect(securityOf(operation)).toEqual(['CUSTOM', 'token', undefined, false]);
    expect(imported(guarded(operation)).warnings).toEqual([
      "Security scheme 'second' comes after another authorizer. Ignoring. [/paths/~1pets/get/security/2/second (line 18)]",
      "Security scheme 'sigv4' comes after another authorizer. Ignoring. [/paths/~1pets/get/security/3/sigv4 (line 21)]",
    ]);
  });

  it.each([
    [{ security: [{ typo: [] }] }, '/security/0/typo', "the security scheme 'typo' is not defined"],
    [{ security: [{ __proto__x: [] }] }, '/security/0/__proto__x', "the security scheme '__proto__x' is not defined"],
    [{ security: {} }, '/security', 'must be a list'],
    [{ security: ['token'] }, '/security/0', 'must be an object'],
    [{ security: [{ cognito: 'email' }] }, '/security/0/cognito', 'must be a list'],
    [{ security: [{ cognito: [1] }] }, '/security/0/cognito/0', 'must be a text'],
    [
      { 'x-amazon-apigateway-auth': { type: 'OPEN' } },
      '/x-amazon-apigateway-auth/type',
      'must be one of NONE, AWS_IAM, CUSTOM, COGNITO_USER_POOLS',
    ],
    [
      { 'x-amazon-apigateway-auth': { type: 'CUSTOM' } },
      '/x-amazon-apigateway-auth/type',
      "'security' names no authorizer of type CUSTOM",
    ],
  ])('%j is refused at its place', (operation, pointer, reason) => {
    expect(refusalOf(guarded(operation))).toMatch(
      new RegExp(`^Invalid OpenAPI input\\. /paths/~1pets/get${pointer} \\(line \\d+\\): ${reason}$`),
    );
  });

  it('of the document is refused at its place', () => {
    expect(refusalOf(guarded({}, { security: [{ typo: [] }] }))).toContain(' /security/0/typo (line ');
  });
});

describe('authorizers', () => {
  const authorizersOf = (scheme: object) =>
    imported(openApi({ components: { securitySchemes: { a: scheme } } })).definition.authorizers;

  it.each<[string, object, object]>([
    [
      'token',
      authorizer(lambda()),
      {
        type: 'TOKEN',
        authType: 'custom',
        providerArns: [],
        authorizerUri: 'arn:x',
        identitySource: 'method.request.header.Authorization',
      },
    ],
    [
      'token with all members',
      authorizer(
        lambda({
          authorizerCredentials: 'arn:r',
          identitySource: 'method.request.header.X',
          identityValidationExpression: '^x',
          authorizerResultTtlInSeconds: 0,
        }),
        { 'x-amazon-apigateway-authtype': 'oauth2' },
      ),
      {
        type: 'TOKEN',
        authType: 'oauth2',
        providerArns: [],
        authorizerUri: 'arn:x',
        authorizerCredentials: 'arn:r',
        identitySource: 'method.request.header.X',
        identityValidationExpression: '^x',
        authorizerResultTtlInSeconds: 0,
      },
    ],
    [
      'token with empty members',
      authorizer(lambda({ authorizerCredentials: '', identitySource: '', identityValidationExpression: '' })),
      {
        type: 'TOKEN',
        authType: 'custom',
        providerArns: [],
        authorizerUri: 'arn:x',
        identitySource: 'method.request.header.Authorization',
      },
    ],
    [
      'request without identity source',
      authorizer(lambda({ type: 'REQUEST' }), { name: 'Unused' }),
      { type: 'REQUEST', authType: 'custom', providerArns: [], authorizerUri: 'arn:x' },
    ],
    [
      'request of a query parameter',
      authorizer(lambda({ type: 'request' }), { name: 'token', in: 'query' }),
      {
        type: 'REQUEST',
        authType: 'custom',
        providerArns: [],
        authorizerUri: 'arn:x',
        identitySource: 'method.request.querystring.token',
      },
    ],
    [
      'request of several sources',
      authorizer(lambda({ type: 'request', identitySource: 'method.request.header.A, context.identity.sourceIp' }), {
        name: 'Unused',
      }),
      {
        type: 'REQUEST',
        authType: 'custom',
        providerArns: [],
        authorizerUri: 'arn:x',
        identitySource: 'method.request.header.A, context.identity.sourceIp',
      },
    ],
    [
      'cognito',
      authorizer(pool, { name: 'TestHeaderAuth' }),
      {
        type: 'COGNITO_USER_POOLS',
        authType: 'cognito_user_pools',
        providerArns: ['arn:pool'],
        identitySource: 'method.request.header.TestHeaderAuth',
      },
    ],
    [
      'cognito of an OAuth 2.0 scheme',
      { type: 'oauth2', 'x-amazon-apigateway-authorizer': pool },
      {
        type: 'COGNITO_USER_POOLS',
        authType: 'cognito_user_pools',
        providerArns: ['arn:pool'],
        identitySource: 'method.request.header.Authorization',
      },
    ],
  ])('of kind %s', (_, scheme, expected) => {
    expect(authorizersOf(scheme)).toEqual([{ name: 'a', ...expected }]);
  });

  it('are read from the security definitions of Swagger 2.0', () => {
    const document = withGet({ security: [{ a: [] }] }, { securityDefinitions: { a: authorizer(lambda()) } }, swagger);
    expect(imported(document).definition.authorizers).toHaveLength(1);
    expect(methodOf(document)).toMatchObject({ authorizationType: 'CUSTOM', authorizer: 'a' });
  });

  it.each([
    [authorizer({ type: 'jwt' }), '/x-amazon-apigateway-authorizer/type', 'must be one of TOKEN, REQUEST, COGNITO_USER_POOLS'],
    [authorizer({}), '/x-amazon-apigateway-authorizer', "'type' is missing"],
    [authorizer({ type: 'token' }), '/x-amazon-apigateway-authorizer', "'authorizerUri' is missing"],
    [authorizer({ type: 'cognito_user_pools' }), '/x-amazon-apigateway-authorizer', "'providerARNs' is missing"],
    [authorizer({ ...pool, providerARNs: [] }), '/x-amazon-apigateway-authorizer/providerARNs', 'must name a user pool'],
    [authorizer({ ...pool, providerARNs: 'x' }), '/x-amazon-apigateway-authorizer/providerARNs', 'must be a list'],
    [
      authorizer(lambda({ authorizerResultTtlInSeconds: 'x' })),
      '/x-amazon-apigateway-authorizer/authorizerResultTtlInSeconds',
      'must be a whole number',
    ],
    [authorizer(lambda(), { 'x-amazon-apigateway-authtype': 1 }), '/x-amazon-apigateway-authtype', 'must be a text'],
    ['x', '', 'must be an object'],
  ])('%j is refused at its place', (scheme, pointer, reason) => {
    expect(refusalOf(openApi({ components: { securitySchemes: { a: scheme } } }))).toMatch(
      new RegExp(`^Invalid OpenAPI input\\. /components/securitySchemes/a${pointer} \\(line \\d+\\): ${reason}$`),
    );
  });
});

import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Definition, refusal, testCall } from '../rest-api/definition.fixture.js';

let server: TestDatabase;
let api: Definition;

beforeAll(async () => {
  server = await createDatabase();
  api = await Definition.open(server.url);
});

afterAll(async () => {
  await api?.close();
  await server?.drop();
});

type Operation = { op: 'add' | 'remove' | 'replace' | 'test'; path?: string; value?: string };
const wire = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer));
const unknownApi = (id: string) => `NotFoundException: Invalid API identifier specified 123456789012:${id}`;

type Create = Parameters<Definition['authorizers']['createAuthorizer']>[1];
const URI =
  'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:auth/invocations';
const POOL = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_a';
const HEADER = 'method.request.header.Authorization';
const token = { name: 'token', type: 'TOKEN', authorizerUri: URI, identitySource: HEADER } as const;
const request = { name: 'request', type: 'REQUEST', authorizerUri: URI, identitySource: HEADER } as const;
const cognito = { name: 'cognito', type: 'COGNITO_USER_POOLS', providerARNs: [POOL], identitySource: HEADER } as const;

const create = (restApiId: string, given: object) =>
  api.authorizers.createAuthorizer(api.call, { restApiId, ...given } as unknown as Create);
const update = (restApiId: string, authorizerId: string, ...patchOperations: Operation[]) =>
  api.authorizers.updateAuthorizer(api.call, { restApiId, authorizerId, patchOperations } as never);
const get = (restApiId: string, authorizerId: string) => api.authorizers.getAuthorizer(api.call, { restApiId, authorizerId });
const remove = (restApiId: string, authorizerId: string) =>
  api.authorizers.deleteAuthorizer(api.call, { restApiId, authorizerId });

const UNKNOWN = 'NotFoundException: Invalid Authorizer identifier specified';
const INVALID = 'BadRequestException: Invalid request input';
const INVALID_ARN = 'BadRequestException: Invalid ARN specified in the request';
const invalidUri = (uri: string) =>
  `BadRequestException: Invalid Authorizer URI: ${uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation.`;
const NO_AUTHORIZER =
  'BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';

describe('authorizers', () => {
  it('are created and read, without what is not given', async () => {
    const { id } = await api.newApi();
    const made = { id: expect.stringMatching(/^[a-z0-9]{6}$/) as string };
    const first = await create(id, token);
    expect(wire(first)).toEqual({ ...made, ...token, authType: 'custom' });
    expect(wire(await create(id, cognito))).toEqual({ ...made, ...cognito, authType: 'cognito_user_pools' });
    const full = {
      ...request,
      authType: 'mine',
      authorizerCredentials: 'arn:aws:iam::123456789012:role/r',
      identitySource: 'method.request.header.a, method.request.querystring.b,stageVariables.c,context.identity.sourceIp',
      identityValidationExpression: '^x-[a-z]+',
      authorizerResultTtlInSeconds: 0,
    };
    expect(wire(await create(id, full))).toEqual({ ...made, ...full });
    expect(await get(id, first.id!)).toEqual(first);
  });

  it('are patched, and deleted once', async () => {
    const { id } = await api.newApi();
    const { id: authorizerId } = await create(id, token);
    const patched = await update(
      id,
      authorizerId!,
      { op: 'replace', path: '/name', value: 'renamed' },
      { op: 'replace', path: '/type', value: 'REQUEST' },
      { op: 'replace', path: '/identitySource', value: 'method.request.querystring.q' },
      { op: 'replace', path: '/authorizerResultTtlInSeconds', value: '60' },
      { op: 'replace', path: '/identityValidationExpression', value: 'x' },
      { op: 'replace', path: '/authorizerCredentials', value: 'arn:aws:iam::123456789012:role/r' },
      { op: 'add', path: '/providerARNs', value: POOL },
      { op: 'remove', path: '/providerARNs', value: POOL },
    );
    expect(wire(patched)).toEqual({
      id: authorizerId,
      name: 'renamed',
      type: 'REQUEST',
      authType: 'custom',
      authorizerUri: URI,
      authorizerCredentials: 'arn:aws:iam::123456789012:role/r',
      identitySource: 'method.request.querystring.q',
      identityValidationExpression: 'x',
      authorizerResultTtlInSeconds: 60,
    });
    expect(await get(id, authorizerId!)).toEqual(patched);
    expect(await update(id, authorizerId!)).toEqual(patched);
    const cleared = await update(
      id,
      authorizerId!,
      { op: 'replace', path: '/authorizerCredentials' },
      { op: 'replace', path: '/identityValidationExpression', value: '' },
    );
    expect(cleared).toMatchObject({ authorizerCredentials: undefined, identityValidationExpression: undefined });
    await remove(id, authorizerId!);
    expect(await refusal(remove(id, authorizerId!))).toBe(UNKNOWN);
  });

  it('are listed page after page', async () => {
    const { id } = await api.newApi();
    const made = [await create(id, token), await create(id, cognito), await create(id, request)];
    const first = await api.authorizers.getAuthorizers(api.call, { restApiId: id, limit: 2 });
    const rest = await api.authorizers.getAuthorizers(api.call, { restApiId: id, limit: 2, position: first.position });
    const listed = [...first.item!, ...rest.item!].map((each) => each.id!);
    expect(listed).toEqual(made.map((each) => each.id!).sort());
    expect(rest.position).toBeUndefined();
  });

  it('are looked for in the caller’s API', async () => {
    const { id } = await api.newApi();
    const { id: authorizerId } = await create(id, token);
    expect(await refusal(create('test-fake-rest-id', { name: 'x', type: 'TOKEN' }))).toBe(
      'ConflictException: Unable to complete operation due to concurrent modification. Please try again later.',
    );
    expect(await refusal(api.authorizers.getAuthorizers(api.call, { restApiId: 'fake' }))).toBe(unknownApi('fake'));
    for (const [restApiId, key] of [
      ['fake', authorizerId!],
      [id, 'fake'],
    ] as const) {
      expect(await refusal(get(restApiId, key))).toBe(UNKNOWN);
      expect(await refusal(update(restApiId, key))).toBe(UNKNOWN);
      expect(await refusal(remove(restApiId, key))).toBe(UNKNOWN);
    }
    const other = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect(await refusal(api.authorizers.getAuthorizer(other, { restApiId: id, authorizerId: authorizerId! }))).toBe(UNKNOWN);
  });

  it.each<[object, string]>([
    [{ ...token, name: '' }, 'BadRequestException: Authorizer name cannot be empty'],
    [{ ...token, authorizerUri: undefined }, invalidUri('null')],
    [{ ...token, authorizerUri: 'https://example.com' }, invalidUri('https://example.com')],
    [{ ...token, authorizerUri: URI.replace('lambda:path', 's3:path') }, invalidUri(URI.replace('lambda:path', 's3:path'))],
    [{ ...token, authorizerUri: URI.replace('arn:aws:', 'arn:aws-cn:') }, invalidUri(URI.replace('arn:aws:', 'arn:aws-cn:'))],
    [{ ...token, authorizerCredentials: 'me' }, INVALID_ARN],
    [{ ...token, authorizerCredentials: 'arn:aws-cn:iam::123456789012:role/r' }, INVALID_ARN],
    [{ ...token, identitySource: undefined }, INVALID],
    [{ ...token, identitySource: 'method.request.querystring.q' }, INVALID],
    [{ ...request, identitySource: undefined }, INVALID],
    [{ ...request, identitySource: `${HEADER},,` }, INVALID],
    [{ ...cognito, providerARNs: [] }, INVALID],
    [{ ...cognito, providerARNs: ['pool'] }, INVALID_ARN],
    [{ ...cognito, providerARNs: ['arn:aws-cn:cognito-idp:cn-north-1:123456789012:userpool/p'] }, INVALID_ARN],
    [{ ...cognito, identitySource: undefined }, INVALID],
    [
      { ...token, authorizerResultTtlInSeconds: 3601 },
      'BadRequestException: Authorizer result TTL must be between 0 and 3600 seconds',
    ],
  ])('are refused with %j', async (given, message) => {
    const { id } = await api.newApi();
    expect(await refusal(create(id, given))).toBe(message);
    expect((await api.authorizers.getAuthorizers(api.call, { restApiId: id })).item).toEqual([]);
  });

  it('need no identity source when nothing is cached', async () => {
    const { id } = await api.newApi();
    const created = await create(id, { ...request, identitySource: undefined, authorizerResultTtlInSeconds: 0 });
    expect(created.identitySource).toBeUndefined();
  });

  it('may call a function that a stage variable names', async () => {
    const { id } = await api.newApi();
    const authorizerUri = URI.replace('function:auth', 'function:${stageVariables.auth}');
    expect((await create(id, { ...token, authorizerUri })).authorizerUri).toBe(authorizerUri);
  });

  it.each<[Operation, string]>([
    [
      { op: 'replace', path: '/providerARNs/0', value: POOL },
      "BadRequestException: Invalid patch path  '/providerARNs/0' specified for op 'replace'. Must be one of: [/name, /type, /authType, /authorizerUri, /authorizerCredentials, /identitySource, /identityValidationExpression, /authorizerResultTtlInSeconds]",
    ],
    [
      { op: 'replace', path: '/type', value: 'JWT' },
      'BadRequestException: Invalid AuthorizerType specified. Valid options are TOKEN,REQUEST,COGNITO_USER_POOLS',
    ],
    [{ op: 'replace', path: '/type', value: 'COGNITO_USER_POOLS' }, INVALID],
    [
      { op: 'replace', path: '/authorizerResultTtlInSeconds', value: '-1' },
      'BadRequestException: Authorizer result TTL must be between 0 and 3600 seconds',
    ],
    [{ op: 'replace', path: '/authorizerUri', value: 'x' }, invalidUri('x')],
    [{ op: 'add', path: '/providerARNs' }, INVALID_ARN],
  ])('refuse the patch %j', async (operation, message) => {
    const { id } = await api.newApi();
    const created = await create(id, token);
    const first: Operation = { op: 'replace', path: '/name', value: 'changed' };
    expect(await refusal(update(id, created.id!, first, operation))).toBe(message);
    expect(await get(id, created.id!)).toEqual(created);
  });

  it('have unique names in their API', async () => {
    const { id } = await api.newApi();
    const [first, second] = [await create(id, token), await create(id, request)];
    const taken = 'BadRequestException: Authorizer name must be unique. Authorizer token already exists in this RestApi.';
    expect(await refusal(create(id, token))).toBe(taken);
    expect(await refusal(update(id, second.id!, { op: 'replace', path: '/name', value: 'token' }))).toBe(taken);
    expect((await update(id, first.id!, { op: 'replace', path: '/name', value: 'token' })).name).toBe('token');
    await create((await api.newApi()).id, token);
    const both = await Promise.all([1, 2].map(() => refusal(create(id, { ...token, name: 'twice' }))));
    expect(both.filter((each) => each === 'no error')).toHaveLength(1);
  });
});

describe('methods with authorizers', () => {
  const setUp = async () => {
    const { id, rootResourceId } = await api.newApi();
    const [lambda, pool] = [(await create(id, token)).id!, (await create(id, cognito)).id!];
    const pets = await api.newResource(id, rootResourceId, 'pets');
    return { id, lambda, pool, key: { restApiId: id, resourceId: pets.id, httpMethod: 'GET' } };
  };

  it('must name one of their own kind, of their own API', async () => {
    const { lambda, pool, key } = await setUp();
    const put = (authorizationType: string, authorizerId?: string) =>
      api.methods.putMethod(api.call, { ...key, authorizationType, authorizerId });
    const other = await setUp();
    for (const [type, authorizer] of [
      ['CUSTOM', pool],
      ['CUSTOM', other.lambda],
      ['CUSTOM', undefined],
      ['COGNITO_USER_POOLS', lambda],
      ['COGNITO_USER_POOLS', 'abc123'],
    ] as const) {
      expect(await refusal(put(type, authorizer))).toBe(NO_AUTHORIZER);
    }
    expect(await put('CUSTOM', lambda)).toMatchObject({ authorizationType: 'CUSTOM', authorizerId: lambda });
    const patchOperations: Operation[] = [{ op: 'replace', path: '/authorizationType', value: 'COGNITO_USER_POOLS' }];
    const update = () => api.methods.updateMethod(api.call, { ...key, patchOperations } as never);
    expect(await refusal(update())).toBe(NO_AUTHORIZER);
    patchOperations.push({ op: 'replace', path: '/authorizerId', value: pool });
    patchOperations.push({ op: 'add', path: '/authorizationScopes', value: 'pets/read' });
    expect(await update()).toMatchObject({ authorizerId: pool, authorizationScopes: ['pets/read'] });
  });

  it('keep it from being deleted, and from becoming one that they cannot have', async () => {
    const { id, lambda, key } = await setUp();
    await api.methods.putMethod(api.call, { ...key, authorizationType: 'CUSTOM', authorizerId: lambda });
    expect(await refusal(remove(id, lambda))).toBe(
      "ConflictException: Cannot delete authorizer 'token', is referenced in method: GET//pets",
    );
    const toCognito: Operation[] = [
      { op: 'add', path: '/providerARNs', value: POOL },
      { op: 'replace', path: '/type', value: 'COGNITO_USER_POOLS' },
    ];
    expect(await refusal(update(id, lambda, ...toCognito))).toBe(
      "ConflictException: Cannot change type of authorizer 'token', is referenced in method: GET//pets",
    );
    expect((await update(id, lambda, { op: 'replace', path: '/type', value: 'REQUEST' })).type).toBe('REQUEST');
    await api.resources.deleteResource(api.call, key);
    await remove(id, lambda);
  });

  it('begin to use one, or it is deleted, but never both', async () => {
    const { id, key } = await setUp();
    await api.methods.putMethod(api.call, { ...key, authorizationType: 'NONE' });
    for (let round = 0; round < 5; round++) {
      const { id: authorizerId } = await create(id, { ...token, name: `r${round}` });
      const patchOperations: Operation[] = [
        { op: 'replace', path: '/authorizerId', value: authorizerId },
        { op: 'replace', path: '/authorizationType', value: 'CUSTOM' },
      ];
      const [used, deleted] = await Promise.all([
        refusal(api.methods.updateMethod(api.call, { ...key, patchOperations } as never)),
        refusal(remove(id, authorizerId!)),
      ]);
      expect([used, deleted].filter((each) => each === 'no error')).toHaveLength(1);
    }
  });
});

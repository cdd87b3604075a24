import {
  CreateAuthorizerCommand,
  CreateModelCommand,
  CreateRequestValidatorCommand,
  CreateResourceCommand,
  DeleteAuthorizerCommand,
  DeleteGatewayResponseCommand,
  DeleteModelCommand,
  DeleteRequestValidatorCommand,
  GetAuthorizerCommand,
  GetAuthorizersCommand,
  GetGatewayResponseCommand,
  GetGatewayResponsesCommand,
  GetMethodCommand,
  GetModelCommand,
  GetModelsCommand,
  GetModelTemplateCommand,
  GetRequestValidatorCommand,
  GetRequestValidatorsCommand,
  PutGatewayResponseCommand,
  PutMethodCommand,
  UpdateAuthorizerCommand,
  UpdateGatewayResponseCommand,
  UpdateModelCommand,
  UpdateRequestValidatorCommand,
  type CreateAuthorizerCommandInput,
  type CreateModelCommandInput,
  type CreateRequestValidatorCommandInput,
  type GatewayResponseType,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  badRequest,
  conflict,
  ControlPlaneUnderTest,
  invalid,
  notFound,
  SHORT_ID,
  unknownApi,
} from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;
let restApiId: string;
let rootId: string;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
beforeEach(async () => {
  ({ restApiId, rootId } = await plane.newApi());
});
afterAll(() => plane?.stop());

const OPERATIONS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';
const replace = (path: string, value?: string): PatchOperation => ({ op: 'replace', path, value });
const onlyPaths = (path: string, paths: string) =>
  badRequest(`Invalid patch path  '${path}' specified for op 'replace'. Must be one of: [${paths}]`);
const noSuchOperation = (input: string) =>
  invalid(`Value 'x' at '${input}.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`);

describe('models', () => {
  const NO_MODEL = notFound('Invalid model name specified: nosuch');
  const schema = '{"type":"object","properties":{"name":{"type":"string"}}}';
  const create = (more: Partial<CreateModelCommandInput> = {}) =>
    new CreateModelCommand({ restApiId, name: 'Pet', contentType: 'application/json', schema, ...more });
  const update = (modelName: string, ...patchOperations: PatchOperation[]) =>
    new UpdateModelCommand({ restApiId, modelName, patchOperations });

  it('Empty and Error are made with an API', async () => {
    const { items } = await plane.send(new GetModelsCommand({ restApiId }));
    const model = (name: string, description: string) => ({
      id: expect.stringMatching(SHORT_ID) as string,
      name,
      description,
      contentType: 'application/json',
      schema: expect.any(String) as string,
    });
    expect(items).toHaveLength(2);
    expect(items).toEqual(
      expect.arrayContaining([
        model('Empty', 'This is a default empty schema model'),
        model('Error', 'This is a default error schema model'),
      ]),
    );
    const schemaOf = (wanted: string) => JSON.parse(items!.find(({ name }) => name === wanted)!.schema!) as unknown;
    const $schema = 'http://json-schema.org/draft-04/schema#';
    expect(schemaOf('Empty')).toEqual({ $schema, title: 'Empty Schema', type: 'object' });
    expect(schemaOf('Error')).toEqual({
      $schema,
      title: 'Error Schema',
      type: 'object',
      properties: { message: { type: 'string' } },
    });
  });

  it('are created, read, listed, patched and deleted', async () => {
    const created = await plane.send(create({ description: 'd' }));
    const pet = {
      id: expect.stringMatching(SHORT_ID) as string,
      name: 'Pet',
      description: 'd',
      contentType: 'application/json',
      schema,
    };
    expect(created).toEqual(pet);
    const key = { restApiId, modelName: 'Pet' };
    expect(await plane.send(new GetModelCommand(key))).toEqual(created);
    expect((await plane.send(new GetModelsCommand({ restApiId }))).items).toEqual(expect.arrayContaining([created]));
    const changed = { ...created, description: 'n', schema: '{"type":"array","items":{"type":"string"}}' };
    expect(await plane.send(update('Pet', replace('/description', 'n'), replace('/schema', changed.schema)))).toEqual(changed);
    expect(await plane.send(update('Pet'))).toEqual(changed);
    expect(await plane.send(new DeleteModelCommand(key))).toEqual({});
    const gone = notFound('Invalid model name specified: Pet');
    expect(await plane.refusal(new GetModelCommand(key))).toBe(gone);
    expect(await plane.refusal(new DeleteModelCommand(key))).toBe(gone);
    expect(await plane.refusal(update('Pet'))).toBe(gone);
  });

  it('refer to one another, and show it inlined on request', async () => {
    await plane.send(create());
    const $ref = `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Pet`;
    const list = JSON.stringify({ type: 'array', items: { $ref } });
    await plane.send(create({ name: 'Pets', schema: list }));
    const key = { restApiId, modelName: 'Pets' };
    expect((await plane.send(new GetModelCommand(key))).schema).toBe(list);
    const flat = (await plane.send(new GetModelCommand({ ...key, flatten: true }))).schema!;
    expect(flat).not.toContain('https://');
    expect(flat).toContain('"name"');
  });

  it('have a template', async () => {
    await plane.send(create());
    const { value } = await plane.send(new GetModelTemplateCommand({ restApiId, modelName: 'Pet' }));
    expect(value).toContain("#set($inputRoot = $input.path('$'))");
    expect(value).toContain('"name"');
    expect(await plane.refusal(new GetModelTemplateCommand({ restApiId, modelName: 'nosuch' }))).toBe(NO_MODEL);
  });

  it.each<[Partial<CreateModelCommandInput>, string | RegExp]>([
    [{ name: '' }, badRequest('Model name must be non-empty')],
    [{ name: 'a-b' }, /^BadRequestException 400: /],
    [{ schema: '' }, badRequest('Model schema must have at least 1 property or array items defined')],
    [{ schema: '{' }, /^BadRequestException 400: /],
    [{ name: 'Empty' }, conflict('Model name already exists for this REST API')],
    [{ restApiId: 'nosuchapi1' }, unknownApi('nosuchapi1')],
  ])('are refused with %j', async (wrong, message) => {
    expect(await plane.refusal(create(wrong))).toMatch(message);
  });

  it('are refused unknown, and with other paths', async () => {
    const wrong = { restApiId: 'nosuchapi1', modelName: 'nosuch' };
    expect(await plane.refusal(new GetModelCommand({ restApiId, modelName: 'nosuch' }))).toBe(NO_MODEL);
    expect(await plane.refusal(new GetModelCommand(wrong))).toBe(NO_MODEL);
    expect(await plane.refusal(new DeleteModelCommand(wrong))).toBe(NO_MODEL);
    expect(await plane.refusal(new GetModelsCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    expect(await plane.refusal(update('Empty', replace('/name', 'x')))).toBe(onlyPaths('/name', '/description, /schema'));
    expect(await plane.refusal(update('Empty', { op: 'x' as never, path: '/schema' }))).toBe(noSuchOperation('updateModelInput'));
  });

  it('stay while methods name them', async () => {
    await plane.send(create());
    const requestModels = { 'application/json': 'Pet' };
    const put = (resourceId: string, httpMethod: string) =>
      plane.send(new PutMethodCommand({ restApiId, resourceId, httpMethod, authorizationType: 'NONE', requestModels }));
    await put(rootId, 'ANY');
    const remove = () => plane.refusal(new DeleteModelCommand({ restApiId, modelName: 'Pet' }));
    expect(await remove()).toBe(conflict("Cannot delete model 'Pet', is referenced in method request: //ANY"));
    const { id } = await plane.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart: 'test' }));
    await put(id!, 'GET');
    expect(await remove()).toMatch(/is referenced in method request: (\/test\/GET|\/\/ANY)$/);
  });
});

describe('request validators', () => {
  const NO_VALIDATOR = notFound('Invalid Request Validator identifier specified');
  const create = (more: Partial<CreateRequestValidatorCommandInput> = {}) =>
    new CreateRequestValidatorCommand({ restApiId, name: 'all', ...more });
  const update = (requestValidatorId: string, ...patchOperations: PatchOperation[]) =>
    new UpdateRequestValidatorCommand({ restApiId, requestValidatorId, patchOperations });

  it('are created, read, listed, patched and deleted', async () => {
    const plain = await plane.send(create());
    expect(plain).toEqual({
      id: expect.stringMatching(SHORT_ID),
      name: 'all',
      validateRequestBody: false,
      validateRequestParameters: false,
    });
    const both = await plane.send(create({ name: 'both', validateRequestBody: true, validateRequestParameters: true }));
    expect(both).toMatchObject({ validateRequestBody: true, validateRequestParameters: true });
    const key = { restApiId, requestValidatorId: plain.id };
    expect(await plane.send(new GetRequestValidatorCommand(key))).toEqual(plain);
    const { items } = await plane.send(new GetRequestValidatorsCommand({ restApiId }));
    expect(items).toHaveLength(2);
    expect(items).toEqual(expect.arrayContaining([plain, both]));
    const changed = { id: plain.id, name: 'n', validateRequestBody: true, validateRequestParameters: true };
    expect(
      await plane.send(
        update(
          plain.id!,
          replace('/name', 'n'),
          replace('/validateRequestBody', 'true'),
          replace('/validateRequestParameters', 'true'),
        ),
      ),
    ).toEqual(changed);
    const falsy = update(plain.id!, replace('/validateRequestBody', 'whatever'), replace('/validateRequestParameters'));
    expect(await plane.send(falsy)).toEqual({ ...changed, validateRequestBody: false, validateRequestParameters: false });
    expect(await plane.send(new DeleteRequestValidatorCommand(key))).toEqual({});
    expect(await plane.refusal(new GetRequestValidatorCommand(key))).toBe(NO_VALIDATOR);
    expect(await plane.refusal(new DeleteRequestValidatorCommand(key))).toBe(NO_VALIDATOR);
    expect(await plane.refusal(update(plain.id!, replace('/name', 'x')))).toBe(NO_VALIDATOR);
  });

  it('may be named by methods', async () => {
    const { id } = await plane.send(create());
    const key = { restApiId, resourceId: rootId, httpMethod: 'GET' };
    const { requestValidatorId } = await plane.send(
      new PutMethodCommand({ ...key, authorizationType: 'NONE', requestValidatorId: id }),
    );
    expect(requestValidatorId).toBe(id);
    expect((await plane.send(new GetMethodCommand(key))).requestValidatorId).toBe(id);
  });

  it('are refused', async () => {
    expect(await plane.refusal(create({ name: '' }))).toBe(badRequest('Request Validator name cannot be blank'));
    expect(await plane.refusal(create({ restApiId: 'nosuchapi1' }))).toBe(badRequest('Invalid REST API identifier specified'));
    const { id } = await plane.send(create());
    expect(await plane.refusal(update(id!, replace('/name', '')))).toBe(badRequest('Request Validator name cannot be blank'));
    expect(await plane.refusal(update(id!, replace('/nosuch', 'x')))).toBe(
      onlyPaths('/nosuch', '/name, /validateRequestParameters, /validateRequestBody'),
    );
    expect(await plane.refusal(update(id!, { op: 'add', path: '/name', value: 'x' }))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(update(id!, { op: 'x' as never, path: '/name' }))).toBe(
      noSuchOperation('updateRequestValidatorInput'),
    );
    expect(await plane.refusal(new GetRequestValidatorsCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    const wrong = { restApiId: 'nosuchapi1', requestValidatorId: 'nosuch' };
    expect(await plane.refusal(new GetRequestValidatorCommand(wrong))).toBe(NO_VALIDATOR);
    expect(await plane.refusal(new DeleteRequestValidatorCommand(wrong))).toBe(NO_VALIDATOR);
    expect(await plane.refusal(update(id!, { op: 'add', path: '/name', value: 'x' }))).toBe(
      badRequest("Invalid patch path  '/name' specified for op 'add'. Please choose supported operations"),
    );
  });
});

describe('authorizers', () => {
  const NO_AUTHORIZER = notFound('Invalid Authorizer identifier specified');
  const authorizerUri =
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';
  const POOL = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_one';
  const identitySource = 'method.request.header.Authorization';
  const create = (more: Partial<CreateAuthorizerCommandInput> = {}) =>
    new CreateAuthorizerCommand({ restApiId, name: 'a', type: 'TOKEN', authorizerUri, identitySource, ...more });
  const update = (authorizerId: string, ...patchOperations: PatchOperation[]) =>
    new UpdateAuthorizerCommand({ restApiId, authorizerId, patchOperations });
  const id = expect.stringMatching(SHORT_ID) as string;

  it.each<[CreateAuthorizerCommandInput['type'], Partial<CreateAuthorizerCommandInput>, object]>([
    ['TOKEN', {}, { authType: 'custom', authorizerUri, identitySource }],
    [
      'REQUEST',
      { identitySource: 'method.request.header.A,method.request.querystring.b' },
      { authType: 'custom', authorizerUri, identitySource: 'method.request.header.A,method.request.querystring.b' },
    ],
    [
      'COGNITO_USER_POOLS',
      { authorizerUri: undefined, providerARNs: [POOL] },
      { authType: 'cognito_user_pools', providerARNs: [POOL], identitySource },
    ],
  ])('of type %s are created, read and listed', async (type, given, answer) => {
    const created = await plane.send(create({ type, ...given }));
    expect(created).toMatchObject({ id, name: 'a', type, ...answer });
    expect(await plane.send(new GetAuthorizerCommand({ restApiId, authorizerId: created.id }))).toEqual(created);
    expect(await plane.send(new GetAuthorizersCommand({ restApiId }))).toEqual({ items: [created] });
  });

  it('keep everything that is set, are patched and deleted', async () => {
    const given = {
      name: 'full',
      authType: 'mine',
      authorizerUri,
      authorizerCredentials: 'arn:aws:iam::123456789012:role/r',
      identitySource,
      identityValidationExpression: '^a',
      authorizerResultTtlInSeconds: 60,
    };
    const created = await plane.send(create(given));
    expect(created).toEqual({ id, type: 'TOKEN', ...given });
    const key = { restApiId, authorizerId: created.id };
    const changed = {
      ...created,
      name: 'n',
      authorizerUri: authorizerUri.replace(':f/', ':g/'),
      authorizerCredentials: 'arn:aws:iam::123456789012:role/s',
      identitySource: 'method.request.header.X',
      identityValidationExpression: '^b',
      authorizerResultTtlInSeconds: 0,
    };
    expect(
      await plane.send(
        update(
          created.id!,
          replace('/name', 'n'),
          replace('/authorizerUri', changed.authorizerUri),
          replace('/authorizerCredentials', changed.authorizerCredentials),
          replace('/identitySource', changed.identitySource),
          replace('/identityValidationExpression', '^b'),
          replace('/authorizerResultTtlInSeconds', '0'),
        ),
      ),
    ).toEqual(changed);
    expect(await plane.send(update(created.id!))).toEqual(changed);
    expect(await plane.send(new DeleteAuthorizerCommand(key))).toEqual({});
    expect(await plane.refusal(new GetAuthorizerCommand(key))).toBe(NO_AUTHORIZER);
    expect(await plane.refusal(new DeleteAuthorizerCommand(key))).toBe(NO_AUTHORIZER);
    expect(await plane.refusal(update(created.id!))).toBe(NO_AUTHORIZER);
  });

  it('have user pools added and removed', async () => {
    const pool = await plane.send(create({ type: 'COGNITO_USER_POOLS', authorizerUri: undefined, providerARNs: [POOL] }));
    const other = POOL.replace('_one', '_two');
    const path = '/providerARNs';
    const patched = update(pool.id!, { op: 'add', path, value: other }, { op: 'remove', path, value: POOL });
    expect((await plane.send(patched)).providerARNs).toEqual([other]);
  });

  it('may be named by methods', async () => {
    const { id: authorizerId } = await plane.send(create());
    const key = { restApiId, resourceId: rootId, httpMethod: 'GET' };
    const method = { httpMethod: 'GET', authorizationType: 'CUSTOM', authorizerId, apiKeyRequired: false };
    expect(await plane.send(new PutMethodCommand({ ...key, authorizationType: 'CUSTOM', authorizerId }))).toEqual(method);
    expect(await plane.send(new GetMethodCommand(key))).toEqual(method);
  });

  it('are refused', async () => {
    expect(await plane.refusal(create({ restApiId: 'nosuchapi1' }))).toBe(
      conflict('Unable to complete operation due to concurrent modification. Please try again later.'),
    );
    expect(await plane.refusal(new GetAuthorizersCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    expect(await plane.refusal(create({ authorizerUri: 'nonsense' }))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(create({ authorizerResultTtlInSeconds: 3601 }))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(create({ type: 'WRONG' as never }))).toMatch(/^ValidationException 400: 1 validation error/);
    const { id: authorizerId } = await plane.send(create());
    expect(await plane.refusal(update(authorizerId!, { op: 'x' as never, path: '/name' }))).toBe(
      noSuchOperation('updateAuthorizerInput'),
    );
    expect(await plane.refusal(update(authorizerId!, replace('/nosuch', 'x')))).toMatch(
      /^BadRequestException 400: Invalid patch path {2}'\/nosuch' specified for op 'replace'\. /,
    );
  });
});

/** The status of each type where nothing is customized. */
const STATUS_CODES: Record<GatewayResponseType, string | undefined> = {
  ACCESS_DENIED: '403',
  API_CONFIGURATION_ERROR: '500',
  AUTHORIZER_CONFIGURATION_ERROR: '500',
  AUTHORIZER_FAILURE: '500',
  BAD_REQUEST_BODY: '400',
  BAD_REQUEST_PARAMETERS: '400',
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: '403',
  INTEGRATION_FAILURE: '504',
  INTEGRATION_TIMEOUT: '504',
  INVALID_API_KEY: '403',
  INVALID_SIGNATURE: '403',
  MISSING_AUTHENTICATION_TOKEN: '403',
  QUOTA_EXCEEDED: '429',
  REQUEST_TOO_LARGE: '413',
  RESOURCE_NOT_FOUND: '404',
  THROTTLED: '429',
  UNAUTHORIZED: '401',
  UNSUPPORTED_MEDIA_TYPE: '415',
  WAF_FILTERED: '403',
};

describe('gateway responses', () => {
  const TEMPLATE = { 'application/json': '{"message":$context.error.messageString}' };
  const uncustomized = (responseType: GatewayResponseType, statusCode?: string) => ({
    responseType,
    ...(statusCode && { statusCode }),
    responseParameters: {},
    responseTemplates: TEMPLATE,
    defaultResponse: true,
  });
  const get = (responseType: GatewayResponseType) => plane.send(new GetGatewayResponseCommand({ restApiId, responseType }));
  const put = (responseType: GatewayResponseType, more: object = {}) =>
    new PutGatewayResponseCommand({ restApiId, responseType, ...more });
  const update = (responseType: GatewayResponseType, ...patchOperations: PatchOperation[]) =>
    new UpdateGatewayResponseCommand({ restApiId, responseType, patchOperations });

  it('are all listed in the order of the alphabet, customized or not', async () => {
    const { items, position } = await plane.send(new GetGatewayResponsesCommand({ restApiId, limit: 500 }));
    expect(position).toBeUndefined();
    expect(items).toEqual(Object.entries(STATUS_CODES).map(([type, code]) => uncustomized(type as GatewayResponseType, code)));
  });

  it('are put as a whole, read, and reverted', async () => {
    expect(await get('ACCESS_DENIED')).toEqual(uncustomized('ACCESS_DENIED', '403'));
    const customized = {
      responseType: 'ACCESS_DENIED',
      statusCode: '404',
      responseParameters: { 'gatewayresponse.header.A': "'b'" },
      responseTemplates: { 'application/json': '{}' },
      defaultResponse: false,
    };
    const { responseType: _, defaultResponse: __, ...given } = customized;
    expect(await plane.send(put('ACCESS_DENIED', given))).toEqual(customized);
    expect(await get('ACCESS_DENIED')).toEqual(customized);
    const bare = { ...uncustomized('ACCESS_DENIED', '403'), defaultResponse: false };
    expect(await plane.send(put('ACCESS_DENIED'))).toEqual(bare);
    expect(await plane.send(put('ACCESS_DENIED', { statusCode: '404' }))).toEqual({ ...bare, statusCode: '404' });
    const { responseParameters } = customized;
    expect(await plane.send(put('ACCESS_DENIED', { responseParameters }))).toEqual({ ...bare, responseParameters });
    expect(await plane.send(new DeleteGatewayResponseCommand({ restApiId, responseType: 'ACCESS_DENIED' }))).toEqual({});
    expect(await get('ACCESS_DENIED')).toEqual(uncustomized('ACCESS_DENIED', '403'));
    expect(await plane.refusal(new DeleteGatewayResponseCommand({ restApiId, responseType: 'ACCESS_DENIED' }))).toBe(
      notFound('Gateway response type not defined on api'),
    );
  });

  it('are customized by patches, too', async () => {
    const patched = await plane.send(
      update(
        'THROTTLED',
        replace('/statusCode', '503'),
        { op: 'add', path: '/responseParameters/gatewayresponse.header.A', value: "'b'" },
        { op: 'add', path: '/responseTemplates/text~1plain', value: 'slow' },
      ),
    );
    expect(patched).toEqual({
      responseType: 'THROTTLED',
      statusCode: '503',
      responseParameters: { 'gatewayresponse.header.A': "'b'" },
      responseTemplates: { ...TEMPLATE, 'text/plain': 'slow' },
      defaultResponse: false,
    });
    expect(await get('THROTTLED')).toEqual(patched);
    const removed = await plane.send(
      update(
        'THROTTLED',
        { op: 'remove', path: '/responseTemplates/text~1plain' },
        replace('/responseParameters/gatewayresponse.header.A', "'c'"),
      ),
    );
    expect(removed).toEqual({
      ...patched,
      responseTemplates: TEMPLATE,
      responseParameters: { 'gatewayresponse.header.A': "'c'" },
    });
  });

  it('of a class show in those that are not customized', async () => {
    const responseParameters = { 'gatewayresponse.header.A': "'b'" };
    await plane.send(put('DEFAULT_4XX', { statusCode: '418', responseParameters }));
    expect(await get('UNAUTHORIZED')).toMatchObject({ statusCode: '418', responseParameters, defaultResponse: true });
    expect(await get('INTEGRATION_FAILURE')).toMatchObject({ responseParameters: {}, defaultResponse: true });
  });

  it('are refused', async () => {
    const types =
      'REQUEST_TOO_LARGE, RESOURCE_NOT_FOUND, AUTHORIZER_CONFIGURATION_ERROR, MISSING_AUTHENTICATION_TOKEN, BAD_REQUEST_BODY, INVALID_SIGNATURE, INVALID_API_KEY, BAD_REQUEST_PARAMETERS, AUTHORIZER_FAILURE, UNAUTHORIZED, INTEGRATION_TIMEOUT, ACCESS_DENIED, DEFAULT_4XX, DEFAULT_5XX, WAF_FILTERED, QUOTA_EXCEEDED, THROTTLED, API_CONFIGURATION_ERROR, UNSUPPORTED_MEDIA_TYPE, INTEGRATION_FAILURE, EXPIRED_TOKEN';
    const wrong = `Value 'WRONG' at 'responseType' failed to satisfy constraint: Member must satisfy enum value set: [${types}]`;
    expect(await plane.refusal(put('WRONG' as never))).toBe(invalid(wrong));
    expect(await plane.refusal(new GetGatewayResponseCommand({ restApiId, responseType: 'WRONG' as never }))).toBe(
      invalid(wrong),
    );
    expect(await plane.refusal(new GetGatewayResponsesCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    expect(await plane.refusal(new PutGatewayResponseCommand({ restApiId: 'nosuchapi1', responseType: 'THROTTLED' }))).toBe(
      unknownApi('nosuchapi1'),
    );
    const refused = (operation: PatchOperation) => plane.refusal(update('THROTTLED', operation));
    expect(await refused({ op: 'x' as never, path: '/statusCode' })).toBe(noSuchOperation('updateGatewayResponseInput'));
    expect(await refused(replace('/responseParameters/gatewayresponse.header.A', "'b'"))).toBe(
      notFound('Invalid parameter name specified'),
    );
    expect(await refused({ op: 'add', path: '/responseTemplates/text~1plain' })).toBe(
      badRequest('Invalid null or empty value in responseTemplates'),
    );
    expect(await refused({ op: 'add', path: '/responseParameters/gatewayresponse.header.A' })).toBe(
      badRequest('Invalid null or empty value in responseParameters'),
    );
    expect(await refused({ op: 'add', path: '/statusCode', value: '400' })).toBe(badRequest('Invalid patch path /statusCode'));
    expect(await refused({ op: 'remove', path: '/statusCode' })).toBe(badRequest('Invalid patch path /statusCode'));
    expect(await refused(replace('/nosuch', 'x'))).toBe(badRequest('Invalid patch path /nosuch'));
    expect(await refused({ op: 'replace', value: 'x' })).toBe(badRequest('Invalid patch path null'));
  });
});

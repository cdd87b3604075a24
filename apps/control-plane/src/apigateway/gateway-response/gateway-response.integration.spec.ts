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

type Put = Parameters<Definition['gatewayResponses']['putGatewayResponse']>[1];
type ResponseType = Put['responseType'];
const put = (restApiId: string, responseType: ResponseType, more: Partial<Put> = {}) =>
  api.gatewayResponses.putGatewayResponse(api.call, { restApiId, responseType, ...more });
const get = (restApiId: string, responseType: ResponseType) =>
  api.gatewayResponses.getGatewayResponse(api.call, { restApiId, responseType });
const update = (restApiId: string, responseType: ResponseType, ...patchOperations: Operation[]) =>
  api.gatewayResponses.updateGatewayResponse(api.call, { restApiId, responseType, patchOperations } as never);
const remove = (restApiId: string, responseType: ResponseType) =>
  api.gatewayResponses.deleteGatewayResponse(api.call, { restApiId, responseType });

const DEFAULT = { 'application/json': '{"message":$context.error.messageString}' };
const uncustomised = (responseType: string, statusCode?: string) => ({
  responseType,
  ...(statusCode && { statusCode }),
  responseParameters: {},
  responseTemplates: DEFAULT,
  defaultResponse: true,
});
const CUSTOM = {
  statusCode: '404',
  responseParameters: {
    'gatewayresponse.header.Access-Control-Allow-Origin': "'a.b.c'",
    'gatewayresponse.header.x-request-header': 'method.request.header.Accept',
    'gatewayresponse.header.x-request-path': 'method.request.path.petId',
    'gatewayresponse.header.x-request-query': 'method.request.querystring.q',
  },
  responseTemplates: { 'application/json': '{"type": "$context.error.responseType"}' },
};

describe('gateway responses', () => {
  it('are 21, listed alphabetically with AWS’s defaults', async () => {
    const { id } = await api.newApi();
    const all = await api.gatewayResponses.getGatewayResponses(api.call, { restApiId: id });
    expect(wire(all)).toEqual({
      item: [
        uncustomised('ACCESS_DENIED', '403'),
        uncustomised('API_CONFIGURATION_ERROR', '500'),
        uncustomised('AUTHORIZER_CONFIGURATION_ERROR', '500'),
        uncustomised('AUTHORIZER_FAILURE', '500'),
        uncustomised('BAD_REQUEST_BODY', '400'),
        uncustomised('BAD_REQUEST_PARAMETERS', '400'),
        uncustomised('DEFAULT_4XX'),
        uncustomised('DEFAULT_5XX'),
        uncustomised('EXPIRED_TOKEN', '403'),
        uncustomised('INTEGRATION_FAILURE', '504'),
        uncustomised('INTEGRATION_TIMEOUT', '504'),
        uncustomised('INVALID_API_KEY', '403'),
        uncustomised('INVALID_SIGNATURE', '403'),
        uncustomised('MISSING_AUTHENTICATION_TOKEN', '403'),
        uncustomised('QUOTA_EXCEEDED', '429'),
        uncustomised('REQUEST_TOO_LARGE', '413'),
        uncustomised('RESOURCE_NOT_FOUND', '404'),
        uncustomised('THROTTLED', '429'),
        uncustomised('UNAUTHORIZED', '401'),
        uncustomised('UNSUPPORTED_MEDIA_TYPE', '415'),
        uncustomised('WAF_FILTERED', '403'),
      ],
    });
    const first = await api.gatewayResponses.getGatewayResponses(api.call, { restApiId: id, limit: 20 });
    const rest = await api.gatewayResponses.getGatewayResponses(api.call, { restApiId: id, position: first.position });
    expect([...first.item!, ...rest.item!]).toEqual(all.item);
    expect(rest).toMatchObject({ item: [{ responseType: 'WAF_FILTERED' }], position: undefined });
  });

  it('are customised, replaced as a whole, and reverted', async () => {
    const { id } = await api.newApi();
    const type = 'MISSING_AUTHENTICATION_TOKEN';
    const customised = { responseType: type, ...CUSTOM, defaultResponse: false };
    expect(wire(await put(id, type, CUSTOM))).toEqual(customised);
    expect(wire(await get(id, type))).toEqual(customised);
    const { item } = await api.gatewayResponses.getGatewayResponses(api.call, { restApiId: id });
    expect(item!.filter(({ defaultResponse }) => !defaultResponse)).toEqual([customised]);

    const { responseParameters } = CUSTOM;
    const replaced = { ...uncustomised(type, '403'), responseParameters, defaultResponse: false };
    expect(wire(await put(id, type, { responseParameters }))).toEqual(replaced);
    expect(wire(await get(id, type))).toEqual(replaced);
    await remove(id, type);
    expect(wire(await get(id, type))).toEqual(uncustomised(type, '403'));
    expect(await refusal(remove(id, type))).toBe('NotFoundException: Gateway response type not defined on api');
  });

  it('show the customised default of their class, unless they are customised themselves', async () => {
    const { id } = await api.newApi();
    await put(id, 'DEFAULT_4XX', CUSTOM);
    await put(id, 'DEFAULT_5XX', { responseParameters: { 'gatewayresponse.header.x': "'5'" } });
    await put(id, 'UNAUTHORIZED', { statusCode: '499' });
    expect(wire(await get(id, 'DEFAULT_4XX'))).toEqual({ ...CUSTOM, responseType: 'DEFAULT_4XX', defaultResponse: false });
    expect(wire(await get(id, 'ACCESS_DENIED'))).toEqual({ ...CUSTOM, responseType: 'ACCESS_DENIED', defaultResponse: true });
    expect(await get(id, 'UNAUTHORIZED')).toMatchObject({ statusCode: '499', responseParameters: {}, defaultResponse: false });
    expect(wire(await get(id, 'INTEGRATION_TIMEOUT'))).toEqual({
      ...uncustomised('INTEGRATION_TIMEOUT', '504'),
      responseParameters: { 'gatewayresponse.header.x': "'5'" },
    });
    await remove(id, 'DEFAULT_4XX');
    expect(wire(await get(id, 'ACCESS_DENIED'))).toEqual(uncustomised('ACCESS_DENIED', '403'));
  });

  it('become customised by a patch', async () => {
    const { id } = await api.newApi();
    const patched = await update(id, 'DEFAULT_4XX', { op: 'replace', path: '/statusCode', value: '444' });
    expect(wire(patched)).toEqual({ ...uncustomised('DEFAULT_4XX', '444'), defaultResponse: false });
    expect(await get(id, 'DEFAULT_4XX')).toEqual(patched);
    await put(id, 'DEFAULT_4XX', CUSTOM);
    const header = 'gatewayresponse.header.Access-Control-Allow-Origin';
    const changed = await update(
      id,
      'DEFAULT_4XX',
      { op: 'replace', path: '/statusCode', value: '444' },
      { op: 'replace', path: `/responseParameters/${header}`, value: "'example.com'" },
      { op: 'remove', path: '/responseParameters/gatewayresponse.header.x-request-path' },
      { op: 'add', path: '/responseTemplates/application~1xml', value: '<message>$context.error.messageString</message>' },
    );
    expect(wire(changed)).toEqual({
      responseType: 'DEFAULT_4XX',
      statusCode: '444',
      responseParameters: {
        [header]: "'example.com'",
        'gatewayresponse.header.x-request-header': 'method.request.header.Accept',
        'gatewayresponse.header.x-request-query': 'method.request.querystring.q',
      },
      responseTemplates: { ...CUSTOM.responseTemplates, 'application/xml': '<message>$context.error.messageString</message>' },
      defaultResponse: false,
    });
    expect(await get(id, 'DEFAULT_4XX')).toEqual(changed);
  });

  it('stay uncustomised by an empty patch, and by one that is refused', async () => {
    const { id } = await api.newApi();
    expect(wire(await update(id, 'THROTTLED'))).toEqual(uncustomised('THROTTLED', '429'));
    expect(await refusal(update(id, 'THROTTLED', { op: 'replace', path: '/wrongPath' }))).not.toBe('no error');
    expect((await get(id, 'THROTTLED')).defaultResponse).toBe(true);
  });

  it('keep the status of their type when only something else is patched', async () => {
    const { id } = await api.newApi();
    await update(id, 'INTEGRATION_FAILURE', { op: 'add', path: '/responseParameters/gatewayresponse.header.x', value: "'x'" });
    const rows = await api.database.query('SELECT status_code FROM gateway_responses WHERE api_id = $1', [id]);
    expect(rows).toEqual([{ status_code: null }]);
    expect((await get(id, 'INTEGRATION_FAILURE')).statusCode).toBe('504');
  });

  it.each<[Operation, string]>([
    [{ op: 'add', path: '/statusCode', value: '404' }, 'BadRequestException: Invalid patch path /statusCode'],
    [{ op: 'remove', path: '/statusCode' }, 'BadRequestException: Invalid patch path /statusCode'],
    [{ op: 'replace', path: '/statusCode', value: '99' }, 'BadRequestException: Invalid status code specified'],
    [{ op: 'replace', value: 'x' }, 'BadRequestException: Invalid patch path null'],
    [{ op: 'add', path: '/wrongPath', value: 'x' }, 'BadRequestException: Invalid patch path /wrongPath'],
    [
      { op: 'replace', path: '/responseParameters/gatewayresponse.header.none', value: "'x'" },
      'NotFoundException: Invalid parameter name specified',
    ],
    [
      { op: 'replace', path: '/responseTemplates/application~1json' },
      'BadRequestException: Invalid null or empty value in responseTemplates',
    ],
    [
      { op: 'add', path: '/responseParameters/gatewayresponse.header.x', value: '' },
      'BadRequestException: Invalid null or empty value in responseParameters',
    ],
    [
      { op: 'add', path: '/responseParameters/wrong', value: "'x'" },
      'BadRequestException: Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: wrong]',
    ],
    [
      { op: 'add', path: '/responseTemplates/json', value: 'x' },
      'BadRequestException: Validation Result: warnings : [], errors : [Invalid content type specified: json]',
    ],
  ])('refuse the patch %j', async (operation, message) => {
    const { id } = await api.newApi();
    await put(id, 'THROTTLED', CUSTOM);
    const first: Operation = { op: 'replace', path: '/statusCode', value: '500' };
    expect(await refusal(update(id, 'THROTTLED', first, operation))).toBe(message);
    expect((await get(id, 'THROTTLED')).statusCode).toBe('404');
  });

  it.each<[Partial<Put>, string]>([
    [{ responseTemplates: { 'application/json': null } }, 'Invalid null or empty value in responseTemplates'],
    [{ responseParameters: { 'gatewayresponse.header.x': '' } }, 'Invalid null or empty value in responseParameters'],
    [
      { responseParameters: { 'gatewayresponse.header.x': 'x' } },
      'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: x]',
    ],
  ])('are refused with %j', async (more, message) => {
    const { id } = await api.newApi();
    expect(await refusal(put(id, 'THROTTLED', more))).toBe(`BadRequestException: ${message}`);
  });

  it('are those of the caller’s API', async () => {
    const { id } = await api.newApi();
    const type = 'THROTTLED';
    const message = unknownApi('fake');
    expect(await refusal(api.gatewayResponses.getGatewayResponses(api.call, { restApiId: 'fake' }))).toBe(message);
    for (const operation of [put, get, update, remove]) expect(await refusal(operation('fake', type))).toBe(message);
    const call = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect(await refusal(api.gatewayResponses.getGatewayResponse(call, { restApiId: id, responseType: type }))).toBe(
      `NotFoundException: Invalid API identifier specified 210987654321:${id}`,
    );
  });
});

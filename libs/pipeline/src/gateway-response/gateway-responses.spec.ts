import { GATEWAY_RESPONSE_TYPES, type GatewayResponseModel, type GatewayResponseType } from '@gatehouse/api-model';
import {
  gatewayFrom,
  requestOf,
  restApiModel,
  type GatewayFromOptions,
  type TestCall,
  type TestGateway,
} from '@gatehouse/testing';
import { describe, expect, it } from 'vitest';
import { Exchange } from '../exchange.js';
import type { GatewayResponse } from '../http/gateway-response.js';
import { GATEWAY_RESPONSE_DEFAULTS, gatewayError, type GatewayError } from './gateway-error.js';
import { GatewayResponses } from './gateway-responses.js';

type Change = Partial<Omit<GatewayResponseModel, 'responseType'>>;

const DEFAULT_TEMPLATE = '{"message":$context.error.messageString}';

/** An API with one open method, one with a key, and these gateway responses. */
function apiWith(changes: Partial<Record<GatewayResponseType, Change>>, options: GatewayFromOptions = {}): TestGateway {
  const gatewayResponses = Object.entries(changes).map(([responseType, change]) => ({
    responseType: responseType as GatewayResponseType,
    responseParameters: {},
    responseTemplates: {},
    ...change,
  }));
  const methods = {
    'GET /pets/{id}': {},
    'GET /keyed/{id}': { apiKeyRequired: true },
    'POST /keyed/{id}': { apiKeyRequired: true },
  };
  return gatewayFrom(restApiModel(methods, { gatewayResponses }), options);
}

/** What a request to a stage is answered that fails of `error`. */
function answerTo(gateway: TestGateway, error: GatewayError, call: TestCall = {}): GatewayResponse {
  let answer: GatewayResponse | null = null;
  const exchange = new Exchange(requestOf(call), { respond: (response) => (answer = response) });
  exchange.stage = gateway.stage;
  exchange.fail(error);
  return answer!;
}

const header = ({ headers }: { headers: readonly string[] }, name: string) =>
  headers.filter((_, i) => i % 2 === 1 && headers[i - 1]!.toLowerCase() === name.toLowerCase());

const TYPES = GATEWAY_RESPONSE_TYPES.filter((type) => type !== 'REQUEST_TOO_LARGE');
const classOf = (type: GatewayResponseType) => (GATEWAY_RESPONSE_DEFAULTS[type].status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');

const CUSTOM: Change = {
  statusCode: '471',
  responseParameters: { 'gatewayresponse.header.X-Why': 'context.error.responseType' },
  responseTemplates: { 'application/json': '{"type":"$context.error.responseType","said":$context.error.messageString}' },
};

describe('gateway responses of an API', () => {
  it.each(TYPES)('%s, customised', (type) => {
    const error = gatewayError(type, '');
    const answer = answerTo(apiWith({ [type]: CUSTOM }), error);
    expect(answer.status).toBe(471);
    expect(String(answer.body)).toBe(JSON.stringify({ type, said: error.message }));
    expect(answer.length).toBe((answer.body as Buffer).length);
    expect(header(answer, 'X-Why')).toEqual([type]);
    expect(header(answer, 'x-amzn-ErrorType')).toEqual([error.errorType]);
    expect(header(answer, 'Content-Type')).toEqual(['application/json']);
    expect([header(answer, 'x-amzn-RequestId'), header(answer, 'x-amz-apigw-id')]).toEqual([
      [expect.any(String)],
      [expect.any(String)],
    ]);
  });

  it.each(TYPES)('%s, as its class is customised', (type) => {
    const error = gatewayError(type, '');
    const answer = answerTo(apiWith({ [classOf(type)]: CUSTOM }), error);
    expect([answer.status, header(answer, 'X-Why')]).toEqual([471, [type]]);
    expect(String(answer.body)).toBe(JSON.stringify({ type, said: error.message }));
    const other = classOf(type) === 'DEFAULT_4XX' ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
    expect(answerTo(apiWith({ [other]: CUSTOM }), error).body).toEqual(error.body);
  });

  it.each(TYPES)('%s keeps its own status where none is set', (type) => {
    const change = { responseParameters: { 'gatewayresponse.header.X-A': "'a'" } };
    const { status, errorType, body } = gatewayError(type, '');
    for (const each of [type, classOf(type)]) {
      const answer = answerTo(apiWith({ [each]: change }), gatewayError(type, ''));
      expect([answer.status, header(answer, 'x-amzn-ErrorType'), header(answer, 'X-A')]).toEqual([status, [errorType], ['a']]);
      expect(answer.body).toEqual(body);
    }
  });

  it('of what is too large are AWS’s in any case', () => {
    const gateway = apiWith({ REQUEST_TOO_LARGE: CUSTOM, DEFAULT_4XX: CUSTOM });
    const error = gatewayError('REQUEST_TOO_LARGE', '');
    expect(answerTo(gateway, error)).toMatchObject({ status: 413, body: error.body });
  });

  it('prefer the type’s own customisation to that of its class', () => {
    const gateway = apiWith({ THROTTLED: { statusCode: '420' }, DEFAULT_4XX: CUSTOM });
    const answer = answerTo(gateway, gatewayError('THROTTLED', ''));
    expect([answer.status, header(answer, 'X-Why'), String(answer.body)]).toEqual([420, [], '{"message":"Too Many Requests"}']);
  });

  it('keep the status that an error has in place of its type’s', () => {
    const gateway = apiWith({ INTEGRATION_FAILURE: { responseTemplates: { 'application/json': '$context.error.message' } } });
    const answer = answerTo(gateway, gatewayError('INTEGRATION_FAILURE', '', { status: 502 }));
    expect([answer.status, String(answer.body)]).toEqual([502, 'Internal server error']);
  });

  it('know Message of ACCESS_DENIED by the default template, and message where a template says so', () => {
    const denied = gatewayError('ACCESS_DENIED', '');
    const bodyOf = (template: string) =>
      String(answerTo(apiWith({ ACCESS_DENIED: { responseTemplates: { 'application/json': template } } }), denied).body);
    expect(bodyOf(DEFAULT_TEMPLATE)).toBe('{"Message":"User is not authorized to access this resource"}');
    expect(bodyOf('{"message": $context.error.messageString}')).toBe(
      '{"message": "User is not authorized to access this resource"}',
    );
  });

  it('say null for an error without a message', () => {
    const gateway = apiWith({
      DEFAULT_5XX: { responseTemplates: { 'application/json': '[$context.error.messageString,"$context.error.message"]' } },
    });
    expect(String(answerTo(gateway, gatewayError('AUTHORIZER_FAILURE', '')).body)).toBe('[null,""]');
  });

  it('tell what is wrong with a body', () => {
    const gateway = apiWith({
      BAD_REQUEST_BODY: { responseTemplates: { 'application/json': '$context.error.validationErrorString' } },
    });
    const error = {
      ...gatewayError('BAD_REQUEST_BODY', ''),
      validationErrorString: '[object has missing required properties (["é"])]',
    };
    expect(String(answerTo(gateway, error).body)).toBe('[object has missing required properties (["é"])]');
    expect(String(answerTo(gateway, gatewayError('BAD_REQUEST_BODY', '')).body)).toBe('');
  });
});

describe('headers of gateway responses', () => {
  const withParameters = (responseParameters: Record<string, string>, options?: GatewayFromOptions) =>
    apiWith({ DEFAULT_4XX: { responseParameters } }, options);

  it('give CORS to the gateway’s own errors', async () => {
    const gateway = withParameters({
      'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
      'gatewayresponse.header.Access-Control-Allow-Headers': "'Content-Type,X-Api-Key'",
    });
    for (const path of ['/nix', '/keyed/1']) {
      const answer = await gateway.call({ path, headers: ['Origin', 'https://a.example'] });
      expect(answer.status).toBe(403);
      expect(answer.header('Access-Control-Allow-Origin')).toBe('*');
      expect(answer.header('Access-Control-Allow-Headers')).toBe('Content-Type,X-Api-Key');
    }
    expect((await gateway.call({ path: '/pets/1' })).header('Access-Control-Allow-Origin')).toBeUndefined();
  });

  it.each([
    ["'static é'", 'static \u00c3\u00a9'],
    ['method.request.header.X-Many', 'two'],
    ['method.request.multivalueheader.X-Many', 'one,two'],
    ['method.request.querystring.q', 'b c'],
    ['method.request.multivaluequerystring.q', 'a,b c'],
    ['method.request.path.id', '7'],
    ['method.request.path.nix', undefined],
    ['method.request.header.nix', undefined],
    ['context.error.message', 'Forbidden'],
    ['context.error.messageString', '"Forbidden"'],
    ['context.resourcePath', '/keyed/{id}'],
    ['context.nix', undefined],
    ['stageVariables.color', 'red'],
    ['stageVariables.constructor', undefined],
  ])('from %s', async (source, value) => {
    const gateway = withParameters({ 'gatewayresponse.header.X-Value': source }, { stage: { variables: { color: 'red' } } });
    const answer = await gateway.call({ path: '/keyed/7?q=a&q=b+c', headers: ['X-Many', 'one', 'X-Many', 'two'] });
    expect([answer.status, answer.header('X-Value')]).toEqual([403, value]);
  });

  it('find no path where no method was found', async () => {
    const gateway = withParameters({ 'gatewayresponse.header.X-Value': 'method.request.path.id' });
    expect((await gateway.call({ path: '/nix' })).header('X-Value')).toBeUndefined();
  });

  it('take the place of the gateway’s own, but for what says which request it was', () => {
    const gateway = withParameters({
      'gatewayresponse.header.content-type': "'text/plain'",
      'gatewayresponse.header.X-Amzn-Errortype': "'Mine'",
      'gatewayresponse.header.x-amzn-RequestId': "'forged'",
      'gatewayresponse.header.x-amz-apigw-id': "'forged'",
      'gatewayresponse.header.Content-Length': "'1'",
      'gatewayresponse.header.Transfer-Encoding': "'chunked'",
      'gatewayresponse.path.x': "'x'",
      'gatewayresponse.querystring.x': "'x'",
    });
    const answer = answerTo(gateway, gatewayError('THROTTLED', ''));
    expect(header(answer, 'Content-Type')).toEqual(['text/plain']);
    expect(header(answer, 'x-amzn-ErrorType')).toEqual(['Mine']);
    expect(header(answer, 'x-amzn-RequestId')).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(header(answer, 'x-amz-apigw-id')).not.toContain('forged');
    expect(answer.headers.filter((_, i) => i % 2 === 0).sort()).toEqual([
      'X-Amzn-Errortype',
      'content-type',
      'x-amz-apigw-id',
      'x-amzn-Remapped-Content-Length',
      'x-amzn-Remapped-x-amzn-RequestId',
      'x-amzn-RequestId',
    ]);
  });

  it('come once each, whatever their case', () => {
    const gateway = withParameters({ 'gatewayresponse.header.ETag': "'1'", 'gatewayresponse.header.etag': "'2'" });
    expect(header(answerTo(gateway, gatewayError('THROTTLED', '')), 'etag')).toEqual(['2']);
  });

  it('security class: CR/LF and header injection: a value that would end a header is left out', async () => {
    const gateway = withParameters({
      'gatewayresponse.header.X-Query': 'method.request.querystring.q',
      'gatewayresponse.header.X-All': 'method.request.multivaluequerystring.q',
      'gatewayresponse.header.X-Path': 'method.request.path.id',
      'gatewayresponse.header.X-Good': 'method.request.querystring.good',
    });
    for (const bad of ['a%0d%0aSet-Cookie:x', 'a%0a', '%00', '%7f', 'a%0Db']) {
      const answer = await gateway.call({ path: `/keyed/1?q=${bad}&good=yes` });
      expect([answer.status, answer.header('X-Query'), answer.header('X-All'), answer.header('X-Good')]).toEqual([
        403,
        undefined,
        undefined,
        'yes',
      ]);
      for (const text of answer.headers) expect(text).not.toMatch(/[\r\n\0\x7f]/);
    }
    const answer = await gateway.call({ path: '/keyed/a%0d%0ab' }).catch((error: Error) => error.message);
    expect(answer).toMatch(/no canonical form/);
  });
});

describe('templates of gateway responses', () => {
  const withTemplates = (responseTemplates: Record<string, string>, options?: GatewayFromOptions) =>
    apiWith({ INVALID_API_KEY: { responseTemplates } }, options);
  const bodyOf = async (template: string, call: TestCall = {}) =>
    (
      await withTemplates({ 'application/json': template }, { stage: { variables: { color: 'red' } } }).call({
        path: '/keyed/7?q=a%22b',
        headers: ['X-A', 'x'],
        ...call,
      })
    ).body;

  it.each([
    ['$context.error.message', 'Forbidden'],
    ['${context.error.message}!', 'Forbidden!'],
    ['Sorry: $context.error.message.', 'Sorry: Forbidden.'],
    ['$stageVariables.color-${stageVariables.color}', 'red-red'],
    ['[$stageVariables.nix|$context.nix|$context.authorizer.x|$context.identity]', '[|||]'],
    ['$method.request.header.X-A $method.request.querystring.q $method.request.path.id', 'x a"b 7'],
    ['${method.request.header.X-A}', 'x'],
    [
      '#if(true)$util.escapeJavaScript("x")#end $input.body $$ ${ } $ $5.00',
      '#if(true)$util.escapeJavaScript("x")#end $input.body $$ ${ } $ $5.00',
    ],
    ['$context.constructor$context.__proto__.x', ''],
    ['grüße', 'grüße'],
    ['{"message":$context.error.messageString}', '{"message":"Forbidden"}'],
  ])('%s', async (template, body) => {
    expect(await bodyOf(template)).toBe(body);
  });

  it.each([
    [undefined, 'application/json'],
    ['application/xml', 'application/xml'],
    ['Application/XML; q=0.5, application/json', 'application/xml'],
    ['text/html, application/xml', 'application/json'],
    ['*/*', 'application/json'],
  ])('are chosen by Accept: %s', async (accept, type) => {
    const gateway = withTemplates({ 'application/json': '{}', 'application/xml': '<x/>' });
    const answer = await gateway.call({ path: '/keyed/1', headers: accept === undefined ? [] : ['Accept', accept] });
    expect([answer.header('Content-Type'), answer.body]).toEqual([type, type === 'application/json' ? '{}' : '<x/>']);
  });

  it('are the first where there is none for JSON', async () => {
    const gateway = withTemplates({ 'text/plain': 'no', 'text/html': '<b>no</b>' });
    const answer = await gateway.call({ path: '/keyed/1' });
    expect([answer.header('Content-Type'), answer.body]).toEqual(['text/html', '<b>no</b>']);
  });

  it('security class: templates: what a client says makes no answer of any size', async () => {
    const huge = await bodyOf('$method.request.header.X-A'.repeat(10_000), { headers: ['X-A', 'x'.repeat(10_000)] });
    expect(huge).toBe('{"message":"Forbidden"}');
  });

  it('security class: regular expressions that explode: a template is taken apart in time linear in it', () => {
    const started = performance.now();
    for (const evil of ['${', '$a.', '$context', '${context.', '$a.-', '${a'])
      withTemplates({ 'application/json': evil.repeat(300_000 / evil.length) });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('are sealed in documents, as literals of headers are', () => {
    const changes = {
      responseTemplates: { 'application/json': 'a secret body' },
      responseParameters: { 'gatewayresponse.header.x': "'a secret'" },
    };
    const opened: string[] = [];
    const openLiteral = (sealed: string) => {
      expect(sealed).not.toContain('secret');
      opened.push(sealed);
      return 'x';
    };
    apiWith({ THROTTLED: changes }, { openLiteral });
    expect(opened).toHaveLength(2);
  });

  it('that do not open leave the deployment unserved, by name', () => {
    const openLiteral = () => {
      throw new Error('no key opens it');
    };
    expect(() => apiWith({ THROTTLED: { responseTemplates: { 'application/json': 'x' } } }, { openLiteral })).toThrow(
      'gateway response THROTTLED: no key opens it',
    );
  });
});

describe('gateway responses of a document of another origin', () => {
  it.each([
    ['a status that ends no exchange', { statusCode: 101 }, 'status 101 ends no exchange'],
    [
      'a mapping to what is no header',
      { headers: [{ target: { in: 'header' as const, name: 'a b' }, source: { from: 'context' as const, name: 'stage' } }] },
      'a mapping to "a b", which is no header',
    ],
  ])('are refused by name: %s', (_, change, reason) => {
    const snapshot = { responseType: 'THROTTLED' as const, statusCode: null, headers: [], templates: [], ...change };
    expect(() => new GatewayResponses([snapshot], (sealed) => sealed)).toThrow(`gateway response THROTTLED: ${reason}`);
  });
});

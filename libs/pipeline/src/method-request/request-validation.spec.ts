import type { RestApiModel } from '@gatehouse/api-model';
import {
  gatewayFrom,
  httpBackend,
  restApiModel,
  type HttpBackend,
  type MethodsOf,
  type TestCall,
  type TestGateway,
} from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import { fakeLambda, HELLO } from '../integration/lambda.fixture.js';

let backend: HttpBackend;
let gateway: TestGateway | null = null;

beforeEach(async () => {
  backend = await httpBackend();
});
afterEach(async () => {
  await backend.close();
  await gateway?.close();
  gateway = null;
});

type Method = MethodsOf[string];
const API = 'abcdefghij';
const VALIDATORS = [
  { id: 'params', validateRequestBody: false, validateRequestParameters: true },
  { id: 'bodies', validateRequestBody: true, validateRequestParameters: false },
  { id: 'all', validateRequestBody: true, validateRequestParameters: true },
  { id: 'none', validateRequestBody: false, validateRequestParameters: false },
];
const PET = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
};
const json = (name: string, schema: unknown) => ({ name, contentType: 'application/json', schema: JSON.stringify(schema) });
const MODELS = [
  json('Pet', PET),
  json('Loose', { type: 'object' }),
  json('Pets', { type: 'array', items: { $ref: `https://apigateway.amazonaws.com/restapis/${API}/models/Pet` } }),
  json('Empty', { type: 'object' }),
];

/** Serves `ANY /pets/{id}` of the backend, validated as told; `call` calls it by POST. */
function validating(method: Method, changes: Partial<RestApiModel> = {}, options: Parameters<typeof gatewayFrom>[1] = {}) {
  const served = gatewayFrom(
    restApiModel(
      { 'ANY /pets/{id}': { requestValidatorId: 'all', integration: { type: 'HTTP_PROXY', uri: `${backend.url}/` }, ...method } },
      { models: MODELS, requestValidators: VALIDATORS, ...changes },
    ),
    options,
  );
  gateway = served;
  return async (call: TestCall = {}) => {
    const answer = await served.call({ method: 'POST', path: '/pets/1', ...call });
    const { error } = answer.exchange;
    return {
      ...answer,
      told: error?.validationErrorString,
      summary: [answer.status, answer.body, answer.header('x-amzn-errortype')],
    };
  };
}

const type = (contentType: string) => ['Content-Type', contentType];
const INVALID = [400, '{"message":"Invalid request body"}', 'BadRequestException'];
const missing = (...names: string[]) => [
  400,
  `{"message":"Missing required request parameters: [${names.join(', ')}]"}`,
  'BadRequestException',
];

describe('required parameters', () => {
  const requestParameters = {
    'method.request.querystring.b': true,
    'method.request.querystring.a': true,
    'method.request.querystring.optional': false,
    'method.request.header.X-Pet': true,
    'method.request.header.accept': false,
    'method.request.path.id': true,
  };

  it('are told all, by their full keys: headers before the query, then by name', async () => {
    const call = validating({ requestParameters, requestValidatorId: 'params' });
    expect((await call()).summary).toEqual(missing('X-Pet', 'a', 'b'));
    expect((await call({ path: '/pets/1?a=1' })).summary).toEqual(missing('X-Pet', 'b'));
    expect((await call({ path: '/pets/1?a=1&b=2' })).summary).toEqual(missing('X-Pet'));
    expect((await call({ path: '/pets/1?a=1&b=2', headers: ['X-Pet', 'cat'] })).status).toBe(200);
    expect(backend.received).toHaveLength(1);
  });

  it.each([
    ['/pets/1?a=', []],
    ['/pets/1?a', []],
    ['/pets/1?a=%20+%09', []],
    ['/pets/1?A=1', []],
    ['/pets/1?a=1&a=', []],
    ['/pets/1', ['a', '1']],
    ['/pets/1?b=a', []],
  ])('%s has none that counts', async (path, headers) => {
    const call = validating({ requestParameters: { 'method.request.querystring.a': true } });
    expect((await call({ path, headers })).summary).toEqual(missing('a'));
  });

  it.each(['/pets/1?a=1', '/pets/1?%61=1', '/pets/1?a=&a=1', '/pets/1?x=1;a=2', '/pets/1?a=%C2%A0'])(
    '%s has one',
    async (path) => {
      expect((await validating({ requestParameters: { 'method.request.querystring.a': true } })({ path })).status).toBe(200);
    },
  );

  it('of several values are found as well', async () => {
    const call = validating({
      requestParameters: { 'method.request.multivaluequerystring.a': true, 'method.request.multivalueheader.b': true },
    });
    expect((await call()).summary).toEqual(missing('b', 'a'));
    expect((await call({ path: '/pets/1?a=1', headers: ['b', '1'] })).status).toBe(200);
  });

  it.each([
    ['X-Pet', 200],
    ['x-pet', 200],
    ['X-PET', 400],
    ['X_Pet', 400],
  ])('header %s: %i: names go by case, but for those in lower case, which HTTP/2 has', async (name, status) => {
    expect(
      (await validating({ requestParameters: { 'method.request.header.X-Pet': true } })({ headers: [name, 'cat'] })).status,
    ).toBe(status);
  });

  it.each([[['X-Pet', '']], [['X-Pet', ' \t']], [['X-Pet', 'cat', 'X-Pet', '']], [['x-pet', 'cat', 'X-Pet', ' ']]])(
    'headers %j are blank',
    async (headers) => {
      expect((await validating({ requestParameters: { 'method.request.header.X-Pet': true } })({ headers })).summary).toEqual(
        missing('X-Pet'),
      );
    },
  );

  it('are never there where nothing behind the transport sees them', async () => {
    const call = validating({ requestParameters: { 'method.request.header.Expect': true } });
    expect((await call({ headers: ['Expect', '100-continue'] })).summary).toEqual(missing('Expect'));
  });

  it.each(['none', undefined])('are not looked at with validator %s', async (requestValidatorId) => {
    expect(
      (
        await validating({
          requestParameters,
          ...(requestValidatorId ? { requestValidatorId } : { requestValidatorId: undefined }),
        } as Method)()
      ).status,
    ).toBe(200);
  });

  it('security class: names as object keys', async () => {
    const call = validating({
      requestParameters: { 'method.request.querystring.__proto__': true, 'method.request.querystring.constructor': true },
    });
    expect((await call()).summary).toEqual(missing('__proto__', 'constructor'));
    expect((await call({ path: '/pets/1?__proto__=1&constructor=2' })).status).toBe(200);
  });

  it('come before the body', async () => {
    const call = validating({
      requestParameters: { 'method.request.querystring.a': true },
      requestModels: { 'application/json': 'Pet' },
    });
    expect((await call({ body: '{' })).summary).toEqual(missing('a'));
    expect((await call({ path: '/pets/1?a=1', body: '{' })).summary).toEqual(INVALID);
  });
});

describe('bodies', () => {
  const requestModels = { 'application/json': 'Pet' };

  it.each<[string, string | undefined]>([
    ['{"name":"Rex"}', undefined],
    [' {"name":"Rex","age":3}\n', undefined],
    ['{}', '[object has missing required properties (["name"])]'],
    [
      '{"name":1,"age":-1}',
      '[numeric instance is lower than the required minimum (minimum: 0, found: -1), instance type (integer) does not match any allowed primitive type (allowed: ["string"])]',
    ],
    ['{"name":"Rex","age":1.0}', '[instance type (number) does not match any allowed primitive type (allowed: ["integer"])]'],
    ['[]', '[instance type (array) does not match any allowed primitive type (allowed: ["object"])]'],
    ['null', '[instance type (null) does not match any allowed primitive type (allowed: ["object"])]'],
    ['', '[object has missing required properties (["name"])]'],
    [' ', '[request body is not JSON: not JSON]'],
    ['name=Rex', '[request body is not JSON: not JSON]'],
    ['{"name":"Rex"', '[request body is not JSON: not JSON]'],
    ['{"name":"Rex",}', '[request body is not JSON: not JSON]'],
    ['{"name":"Rex"}{}', '[request body is not JSON: not JSON]'],
    ['\ufeff{"name":"Rex"}', '[request body is not JSON: not JSON]'],
    ['{"name":"Rex","age":NaN}', '[request body is not JSON: not JSON]'],
    [`{"name":"Rex","a":${'['.repeat(1000)}${']'.repeat(1000)}}`, '[request body is not JSON: nested too deep]'],
  ])('%j', async (body, told) => {
    const answer = await validating({ requestModels })({ body, headers: type('application/json') });
    expect(answer.told).toBe(told);
    if (told === undefined) expect(answer.status).toBe(200);
    else expect(answer.summary).toEqual(INVALID);
    expect(backend.received).toHaveLength(told === undefined ? 1 : 0);
  });

  it('that are not there are objects without members', async () => {
    const call = validating({ requestModels });
    for (const method of ['GET', 'POST', 'DELETE'])
      expect((await call({ method })).told).toBe('[object has missing required properties (["name"])]');
    expect((await validating({ requestModels: { 'application/json': 'Loose' } })({ method: 'GET' })).status).toBe(200);
  });

  it('that are not UTF-8 are no JSON', async () => {
    const answer = await validating({ requestModels })({ body: Buffer.from('{"name":"\xe9"}', 'latin1') });
    expect([answer.summary, answer.told]).toEqual([INVALID, '[request body is not UTF-8]']);
  });

  it('without any model must be JSON', async () => {
    const call = validating({ requestModels: {} });
    expect((await call({ body: '[1]' })).status).toBe(200);
    expect((await call()).status).toBe(200);
    expect((await call({ body: 'a=1' })).summary).toEqual(INVALID);
  });

  it('fit models that refer to others', async () => {
    const call = validating({ requestModels: { 'application/json': 'Pets' } });
    expect((await call({ body: '[{"name":"Rex"}]' })).status).toBe(200);
    expect((await call({ body: '[{"name":"Rex"},{}]' })).told).toBe('[object has missing required properties (["name"])]');
  });

  it.each(['none', 'params'])('are not looked at with validator %s', async (requestValidatorId) => {
    expect((await validating({ requestModels, requestValidatorId })({ body: '{' })).status).toBe(200);
  });

  it('go by the model of $default where there is none of application/json', async () => {
    const call = validating({ requestModels: { 'text/json': 'Loose', $default: 'Pet' } });
    expect((await call({ body: '{}', headers: type('text/json') })).status).toBe(200);
    expect((await call({ body: '{}', headers: type('application/json') })).summary).toEqual(INVALID);
    expect((await call({ body: '{}' })).summary).toEqual(INVALID);
  });

  it('tell gateway responses what does not fit', async () => {
    const call = validating(
      { requestModels },
      {
        gatewayResponses: [
          {
            responseType: 'BAD_REQUEST_BODY',
            responseParameters: {},
            responseTemplates: {
              'application/json': '{"message":$context.error.messageString,"details":"$context.error.validationErrorString"}',
            },
          },
        ],
      },
    );
    expect((await call({ body: '{"name":1}' })).body).toBe(
      '{"message":"Invalid request body","details":"[instance type (integer) does not match any allowed primitive type (allowed: ["string"])]"}',
    );
  });

  it('members named twice count by the last', async () => {
    const call = validating({ requestModels });
    expect((await call({ body: '{"name":1,"name":"Rex"}' })).status).toBe(200);
    expect((await call({ body: '{"name":"Rex","name":1}' })).summary).toEqual(INVALID);
  });
});

describe('bodies that were validated', () => {
  const requestModels = { 'application/json': 'Loose' };
  const large = JSON.stringify({ list: Array.from({ length: 60_000 }, (_, n) => `élément ${n}`) });

  it.each([
    ['at once', (bytes: Buffer) => bytes],
    ['in pieces, of unknown length', (bytes: Buffer) => inPieces(bytes, 16_384)],
  ])('go on as they came: %s', async (_, given) => {
    const call = validating({ requestModels });
    for (const text of ['{ "a" : 1.0,\n"b":"\\u00e9é" }', large]) {
      backend.received.length = 0;
      expect((await call({ body: given(Buffer.from(text)), headers: type('application/json; charset=utf-8') })).status).toBe(200);
      expect(backend.received.map(({ body, header }) => [body === text, header('content-type')])).toEqual([
        [true, 'application/json; charset=utf-8'],
      ]);
    }
  });

  it('are in the events of functions as they came', async () => {
    const lambda = await fakeLambda();
    const uri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${HELLO}/invocations`;
    const call = validating(
      { requestModels, integration: { type: 'AWS_PROXY', httpMethod: 'POST', uri } },
      {},
      { lambda: lambda.origin },
    );
    try {
      for (const body of ['{ "a" : 1.0,"b":"é" }', '{}']) {
        await call({ body: inPieces(Buffer.from(body), 3) });
        expect(lambda.invoked.at(-1)?.event).toMatchObject({ body, isBase64Encoded: false });
      }
      await call();
      expect(lambda.invoked.at(-1)?.event).toMatchObject({ body: null });
      expect(lambda.invoked).toHaveLength(3);
    } finally {
      await lambda.close();
    }
  });

  it('are answered 413 above the limit, whatever they announce', async () => {
    const call = validating({ requestModels }, {}, { bodyLimit: 1000 });
    for (const body of [Buffer.from(large), inPieces(Buffer.from(large), 100)]) {
      expect((await call({ body })).summary).toEqual([
        413,
        '{"message":"HTTP content length exceeded 1000 bytes."}',
        'RequestTooLargeException',
      ]);
    }
    expect(backend.received).toEqual([]);
  });

  it('that break off reach nobody', async () => {
    const answer = await validating({ requestModels })({ body: broken(), contentLength: 100 });
    expect([answer.status, answer.exchange.error?.reason]).toEqual([400, 'the client broke off its body']);
    expect(backend.received).toEqual([]);
  });
});

describe('security class: validation bypass by Content-Type', () => {
  const strict = { requestModels: { 'application/json': 'Pet' } };

  it.each([
    ['in another case', type('APPLICATION/Json')],
    ['with parameters', type('application/json; charset=utf-8')],
    ['with an empty parameter', type('application/json;')],
    ['with a blank before the parameter', type('application/json ;charset=utf-8')],
    ['with tabs', type('\tapplication/json\t;\tcharset=utf-8')],
    ['with junk behind it', type('application/json junk')],
    ['with another suffix', type('application/jsonx')],
    ['a vendor type', type('application/vnd.pets+json')],
    ['a list', type('application/json, text/plain')],
    ['a list the other way round', type('text/plain, application/json')],
    ['text', type('text/plain')],
    ['a form', type('multipart/form-data; boundary=x')],
    ['XML', type('application/xml')],
    ['none', []],
    ['an empty one', type('')],
    ['a comma', type(',')],
    ['not even a type', type('json')],
    ['$default', type('$default')],
    ['__proto__', type('__proto__')],
    ['constructor', type('constructor')],
    ['repeated', [...type('application/json'), ...type('application/json')]],
    ['repeated with another', [...type('text/plain'), ...type('application/json')]],
    ['in two cases of the header', ['content-type', 'text/plain', 'Content-Type', 'application/json']],
    ['for this connection only', ['Connection', 'content-type', ...type('application/json')]],
    ['in a second spelling of the header', ['Content_Type', 'application/json']],
  ])('%s', async (_, headers) => {
    const call = validating(strict);
    expect((await call({ body: '{"name":1}', headers })).summary).toEqual(INVALID);
    expect((await call({ body: '{"name":"Rex"}', headers })).status).toBe(200);
  });

  const two = { requestModels: { 'application/json': 'Pet', 'Text/Plain; charset=x': 'Loose' } };

  it.each([[type('text/plain')], [type('TEXT/plain;charset=utf-8')], [[...type('text/plain'), ...type('text/plain')]]])(
    'the model of another type is its own: %j',
    async (headers) => {
      expect((await validating(two)({ body: '{}', headers })).status).toBe(200);
    },
  );

  it.each([
    [[...type('text/plain'), ...type('application/json')]],
    [[...type('application/json'), ...type('text/plain')]],
    [type('text/plain, application/json')],
    [type('text/plainx')],
    [type('application/json;text/plain')],
    [[]],
  ])('but not for what may be read as both: %j', async (headers) => {
    expect((await validating(two)({ body: '{}', headers })).summary).toEqual(INVALID);
  });

  it('a body that is compressed is no JSON', async () => {
    const { gzipSync } = await import('node:zlib');
    const body = gzipSync('{"name":1}');
    expect(
      (await validating(strict)({ body, headers: [...type('application/json'), 'Content-Encoding', 'gzip'] })).summary,
    ).toEqual(INVALID);
  });
});

describe('security class: regular expressions that explode', () => {
  it('a pattern of a model takes linear time', async () => {
    const models = [json('Slow', { properties: { a: { pattern: '^(a+)+$' } } })];
    const call = validating({ requestModels: { 'application/json': 'Slow' } }, { models });
    const began = performance.now();
    expect((await call({ body: JSON.stringify({ a: `${'a'.repeat(100_000)}!` }) })).summary).toEqual(INVALID);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

function inPieces(bytes: Buffer, size: number): BodyStream {
  return {
    start(sink: BodySink) {
      let at = 0;
      const next = () => {
        if (at >= bytes.length) return sink.end();
        sink.data(bytes.subarray(at, (at += size)));
        setImmediate(next);
      };
      setImmediate(next);
    },
    pause() {},
    resume() {},
    destroy() {},
  };
}

function broken(): BodyStream {
  return {
    start(sink: BodySink) {
      sink.data(Buffer.from('{"a":'));
      setImmediate(() => sink.fail(new Error('broken')));
    },
    pause() {},
    resume() {},
    destroy() {},
  };
}

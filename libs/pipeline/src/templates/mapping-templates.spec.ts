import {
  gatewayFrom,
  httpBackend,
  restApiModel,
  socketBackend,
  type HttpBackend,
  type MethodsOf,
  type TestCall,
  type TestGateway,
} from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { callingFunctions, fakeLambda, payload, type FakeLambda } from '../integration/lambda.fixture.js';

type Integration = NonNullable<MethodsOf[string]['integration']>;
type Response = Partial<NonNullable<Integration['integrationResponses']>[number]>;
type Answer = NonNullable<Parameters<typeof httpBackend>[0]>;

let backend: HttpBackend;
let lambda: FakeLambda;
let answer: Answer;
const gateways: TestGateway[] = [];

beforeEach(async () => {
  answer = (response) => response.end('{"id":7,"name":"Grüße"}');
  backend = await httpBackend((response, request) => answer(response, request));
  lambda = await fakeLambda();
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await Promise.all([backend.close(), lambda.close()]);
});

const kept = (gateway: TestGateway) => {
  gateways.push(gateway);
  return gateway;
};

/** A gateway with `ANY /p/{id}`, of type HTTP where not said otherwise. */
function mapping(integration: Integration = {}, response: Response = {}, model: object = {}, stage: object = {}): TestGateway {
  const integrationResponses = [{ statusCode: '200', ...response }];
  const to = { type: 'HTTP', uri: `${backend.url}/b`, httpMethod: 'POST', integrationResponses, ...integration } as const;
  return kept(gatewayFrom(restApiModel({ 'ANY /p/{id}': { integration: to } }, model), { stage }));
}

const post = (body: TestCall['body'], headers: string[] = [], more: TestCall = {}): TestCall => ({
  method: 'POST',
  path: '/p/1',
  headers,
  ...(body !== undefined && { body }),
  ...more,
});
const seen = async (gateway: TestGateway, call: TestCall) => {
  const { status, body } = await gateway.call(call);
  const last = backend.received.at(-1);
  return status === 200 ? last?.body : [status, body];
};
const CONFIGURATION = [500, '{"message":"Internal server error"}'];
const UNSUPPORTED = [415, '{"message":"Unsupported Media Type"}'];
const json = (template: string): Integration => ({ requestTemplates: { 'application/json': template } });

describe('request templates', () => {
  it('make the body for the backend of all that a request has', async () => {
    const template = [
      '#set($body = $input.path("$"))',
      '{"name": $input.json("$.name"), "n": "$body.n", "id": "$input.params("id")", "q": "$input.params().querystring.q",',
      '"h": "$input.params("X-H")", "verb": "$context.httpMethod", "ip": "$context.identity.sourceIp", "stage": "$stageVariables.colour"}',
    ].join('\n');
    const gateway = mapping(json(template), {}, {}, { variables: { colour: 'blü' } });
    await gateway.call(post('{"name":"Ä\\"b","n":1.50}', ['X-H', 'h'], { path: '/p/a%20b?q=1&q=2' }));
    expect(JSON.parse(backend.received[0]!.body)).toEqual({
      name: 'Ä"b',
      n: '1.5',
      id: 'a%20b',
      q: '2',
      h: 'h',
      verb: 'POST',
      ip: '192.0.2.7',
      stage: 'blü',
    });
    expect(backend.received[0]!.header('content-length')).toBe(String(backend.received[0]!.bytes.length));
  });

  it.each<[string[], string]>([
    [[], 'json'],
    [['Content-Type', 'application/json'], 'json'],
    [['Content-Type', 'Application/JSON ; charset=utf-8'], 'json'],
    [['Content-Type', 'text/xml'], 'xml'],
    [['Content-Type', 'text/plain'], 'other'],
    [['Content-Type', 'application/json, text/xml'], 'other'],
  ])('are chosen by the Content-Type: %j', async (headers, expected) => {
    const requestTemplates = { 'application/json': 'json', 'TEXT/xml': 'xml', $default: 'other' };
    expect(await seen(mapping({ requestTemplates }), post('{}', headers))).toBe(expected);
  });

  it.each<[string, Integration['requestTemplates'], string[], unknown]>([
    ['WHEN_NO_MATCH', { 'text/plain': 't' }, ['Content-Type', 'text/plain'], 't'],
    ['WHEN_NO_MATCH', { 'text/plain': 't' }, [], 'body'],
    ['WHEN_NO_MATCH', {}, [], 'body'],
    ['WHEN_NO_TEMPLATES', { 'text/plain': 't' }, ['Content-Type', 'text/plain'], 't'],
    ['WHEN_NO_TEMPLATES', { 'text/plain': 't' }, [], UNSUPPORTED],
    ['WHEN_NO_TEMPLATES', {}, [], 'body'],
    ['NEVER', { 'text/plain': 't' }, ['Content-Type', 'text/plain'], 't'],
    ['NEVER', { 'text/plain': 't' }, [], UNSUPPORTED],
    ['NEVER', {}, [], UNSUPPORTED],
  ])(
    'and by the passthrough behaviour: %s with %j and %j',
    async (passthroughBehavior, requestTemplates = {}, headers, expected) => {
      expect(await seen(mapping({ passthroughBehavior, requestTemplates }), post('body', headers))).toEqual(expected);
    },
  );

  it('without text leave the body as it is', async () => {
    expect(await seen(mapping({ requestTemplates: { 'application/json': null } }), post('body'))).toBe('body');
  });

  it('take the place of a body that is not there', async () => {
    expect(await seen(mapping(json('$input.body|$input.json("$.a")')), post(undefined))).toBe('{}|""');
  });

  it('send no body to a GET', async () => {
    await mapping({ ...json('text'), httpMethod: 'GET' }).call(post('{}'));
    expect([backend.received[0]?.method, backend.received[0]?.bytes.length]).toEqual(['GET', 0]);
  });

  it.each([
    ['is none', '#if($a'],
    ['calls what fails', '$input.path("$.a[")'],
    ['runs for too long', '#foreach($a in [1..1000])#foreach($b in [1..1000])#foreach($c in [1..1000])x#end#end#end'],
  ])('that %s is 500, and reaches no backend', async (_, template) => {
    expect(await seen(mapping(json(template)), post('{}'))).toEqual(CONFIGURATION);
    expect(backend.received).toHaveLength(0);
  });

  it('looks into a body that is no JSON: 400', async () => {
    const { status, body } = await mapping(json('$input.json("$.a")')).call(post('{"a"'));
    expect([status, body]).toEqual([400, expect.stringMatching(/^\{"message":"Could not parse request body into json: /)]);
    expect(await seen(mapping(json('[$input.body]')), post('{"a"'))).toBe('[{"a"]');
  });

  it('take no larger body than others', async () => {
    const model = restApiModel({ 'POST /p/{id}': { integration: { type: 'HTTP', uri: backend.url, ...json('$input.body') } } });
    const gateway = kept(gatewayFrom(model, { bodyLimit: 10 }));
    expect((await gateway.call(post('x'.repeat(10)))).status).toBe(200);
    for (const contentLength of [undefined, null])
      expect((await gateway.call(post('x'.repeat(11), [], contentLength === null ? { contentLength } : {}))).status).toBe(413);
  });
});

describe('overrides of a request', () => {
  const requestParameters = {
    'integration.request.header.X-Mapped': 'method.request.header.X-H',
    'integration.request.querystring.q': 'method.request.querystring.q',
    'integration.request.path.id': 'method.request.path.id',
  };
  const overriding = (template: string) =>
    mapping({ ...json(template), requestParameters, uri: `${backend.url}/b/{id}` }).call(
      post('{}', ['X-H', 'client'], { path: '/p/7?q=client' }),
    );

  it('take the place of what is mapped, and add to it', async () => {
    await overriding(
      [
        '#set($context.requestOverride.header.x-mapped = "own")#set($context.requestOverride.header["X-Other"] = "ü")',
        '#set($context.requestOverride.querystring.q = "a b")#set($context.requestOverride.querystring.r = 1)',
        '#set($context.requestOverride.path.id = "x/y")',
      ].join(''),
    );
    const [{ url, header } = { url: '', header: () => '' }] = backend.received;
    expect(url).toBe('/b/x%2Fy?q=a%20b&r=1');
    expect([header('x-mapped'), Buffer.from(header('x-other') ?? '', 'latin1').toString()]).toEqual(['own', 'ü']);
  });

  it.each([
    ['a header that breaks the message', '#set($context.requestOverride.header.Transfer-Encoding = "x")'],
    ['the length of the body', '#set($context.requestOverride.header["Content-Length"] = "1")'],
    ['what is no header', '#set($context.requestOverride.header["X Y"] = "1")'],
  ])('of %s: 500', async (_, template) => {
    const { status } = await overriding(template.replace('header.Transfer-Encoding', 'header["Transfer-Encoding"]'));
    expect([status, backend.received.length]).toEqual([500, 0]);
  });

  it('security class: CR/LF and header injection: a value ends no header', async () => {
    const template = '#set($context.requestOverride.header.X-A = $input.path("$.a"))'.replace('header.X-A', 'header["X-A"]');
    const { status } = await mapping(json(template)).call(post('{"a":"1\\r\\nX-Admin: 1"}'));
    expect([status, backend.received.length]).toEqual([500, 0]);
  });

  it('of what speaks of the connection are dropped', async () => {
    await overriding('#set($context.requestOverride.header.Connection = "X-Mapped")');
    expect(backend.received[0]?.header('x-mapped')).toBe('client');
  });
});

describe('content handling of requests', () => {
  const bytes = Buffer.from([0, 255, 128]);
  const base64 = bytes.toString('base64');
  const PNG = ['Content-Type', 'image/png'];
  const API = { binaryMediaTypes: ['image/*'] };
  const sent = async (integration: Integration, body: Buffer | string, headers: string[]) => {
    const { status } = await mapping(integration, {}, API).call(post(body, headers));
    return status === 200 ? backend.received.at(-1)!.bytes : status;
  };

  it.each<[string, string | undefined, Buffer | string, string[], Buffer | number]>([
    ['text', undefined, 'text', [], Buffer.from('text')],
    ['text', 'CONVERT_TO_TEXT', 'text', [], Buffer.from('text')],
    ['text', 'CONVERT_TO_BINARY', base64, [], bytes],
    ['text that is no base64', 'CONVERT_TO_BINARY', 'no base64!', [], 500],
    ['bytes', undefined, bytes, PNG, bytes],
    ['bytes', 'CONVERT_TO_BINARY', bytes, PNG, bytes],
    ['bytes', 'CONVERT_TO_TEXT', bytes, PNG, Buffer.from(base64)],
  ])('%s with %s', async (_, contentHandling, body, headers, expected) => {
    expect(await sent(contentHandling === undefined ? {} : { contentHandling }, body, headers)).toEqual(expected);
  });

  it('bytes and a template: 500, but as base64', async () => {
    const requestTemplates = { 'image/png': '<$input.body>' };
    expect(await sent({ requestTemplates }, bytes, PNG)).toBe(500);
    expect(String(await sent({ requestTemplates, contentHandling: 'CONVERT_TO_TEXT' }, bytes, PNG))).toBe(`<${base64}>`);
  });

  it('what a template makes of text becomes binary', async () => {
    const requestTemplates = { 'application/json': '$input.path("$.data")' };
    expect(await sent({ requestTemplates, contentHandling: 'CONVERT_TO_BINARY' }, JSON.stringify({ data: base64 }), [])).toEqual(
      bytes,
    );
  });
});

describe('mappings from a body', () => {
  const from = (source: string) => mapping({ requestParameters: { 'integration.request.header.X-A': source } });
  const header = async (source: string, body: string) => {
    const answered = await from(source).call(post(body));
    return answered.status === 200 ? backend.received.at(-1)!.header('x-a') : [answered.status, answered.body];
  };

  it.each([
    ['method.request.body', '{"a":1}', '{"a":1}'],
    ['method.request.body.a', '{"a":"text"}', 'text'],
    ['method.request.body.a.b[1]', '{"a":{"b":[1,{"c": 2}]}}', '{"c":2}'],
    ['method.request.body.a', '{"b":1}', undefined],
    ['method.request.body.a', 'a: 1', undefined],
    ['method.request.body.a', '', undefined],
    ['method.request.body.a', '{"a":', [400, '{"message":"Invalid JSON in request body"}']],
    ['method.request.body.a', '{"a":"1\\r\\nX: 1"}', [400, '{"message":"Bad Request"}']],
  ])('%s of %s', async (source, body, expected) => expect(await header(source, body)).toEqual(expected));

  it('leave the body itself as it is', async () => {
    expect(await seen(from('method.request.body.a'), post('{ "a" : 1 }'))).toBe('{ "a" : 1 }');
  });

  it('of an answer set headers', async () => {
    const responseParameters = {
      'method.response.header.X-Id': 'integration.response.body.id',
      'method.response.header.X-All': 'integration.response.body',
      'method.response.header.X-None': 'integration.response.body.none',
    };
    const answered = await mapping({}, { responseParameters }).call(post('{}'));
    expect([answered.header('x-id'), answered.header('x-none'), answered.body]).toEqual([
      '7',
      undefined,
      '{"id":7,"name":"Grüße"}',
    ]);
    expect(Buffer.from(answered.header('x-all') ?? '', 'latin1').toString()).toBe('{"id":7,"name":"Grüße"}');
  });

  it('of an answer that is no JSON: 500', async () => {
    answer = (response) => response.end('{"id":');
    const responseParameters = { 'method.response.header.X-Id': 'integration.response.body.id' };
    expect(await seen(mapping({}, { responseParameters }), post('{}'))).toEqual(CONFIGURATION);
  });
});

describe('response templates', () => {
  const template = '{"was": $input.json("$.name"), "q": "$input.params("q")", "request": "$context.requestId"}';
  const responding = (responseTemplates: Record<string, string | null>, more: Response = {}) =>
    mapping({}, { responseTemplates, ...more });

  it('make the body for the client of what the backend answered', async () => {
    const answered = await responding({ 'application/json': template }).call(post('{}', [], { path: '/p/1?q=1' }));
    expect(JSON.parse(answered.body)).toEqual({ was: 'Grüße', q: '1', request: answered.exchange.requestId });
    expect(answered.header('content-type')).toBe('application/json');
    expect(answered.header('content-length')).toBeUndefined();
  });

  it.each<[string[], string]>([
    [[], 'json'],
    [['Accept', 'text/xml'], 'xml'],
    [['Accept', 'text/xml;q=0.1, application/json'], 'xml'],
    [['Accept', 'image/png'], 'json'],
    [['Accept', '*/*'], 'json'],
  ])('are chosen by what is accepted: %j', async (headers, expected) => {
    const gateway = responding({ 'text/xml': 'xml', 'application/json': 'json' });
    expect((await gateway.call(post('{}', headers))).body).toBe(expected);
  });

  it('the first stands in where none fits', async () => {
    expect((await responding({ 'text/plain': 'first', 'text/xml': 'second' }).call(post('{}'))).body).toBe('first');
  });

  it('without text leave the body as it is', async () => {
    const gateway = responding({ 'application/json': null, 'text/xml': 'xml' });
    expect((await gateway.call(post('{}'))).body).toBe('{"id":7,"name":"Grüße"}');
  });

  it('see the answer decoded', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"name":"packed"}'));
    const answered = await responding({ 'application/json': '$input.path("$.name")' }).call(post('{}'));
    expect([answered.body, answered.header('content-encoding')]).toEqual(['packed', undefined]);
  });

  it('override status and headers, whatever is mapped', async () => {
    const responseTemplates = {
      'application/json':
        '#set($context.responseOverride.status = 404)#set($context.responseOverride.header.x-a = "own")#set($context.responseOverride.header.content-type = "text/plain")',
    };
    const responseParameters = { 'method.response.header.X-A': "'mapped'", 'method.response.header.X-B': "'b'" };
    const answered = await responding(responseTemplates, { responseParameters }).call(post('{}'));
    expect([answered.status, answered.header('x-a'), answered.header('x-b'), answered.header('content-type')]).toEqual([
      404,
      'own',
      'b',
      'text/plain',
    ]);
  });

  it('see what the template of the request overrode, and so does the answer without any', async () => {
    const request = '#set($context.responseOverride.status = 202)#set($context.requestOverride.header.x-a = "1")';
    const gateway = mapping(json(request), { responseTemplates: { 'application/json': '$context.requestOverride.header.x-a' } });
    expect(await gateway.call(post('{}'))).toMatchObject({ status: 202, body: '1' });
    expect(await mapping(json(request)).call(post('{}'))).toMatchObject({ status: 202, body: '{"id":7,"name":"Grüße"}' });
  });

  it.each(['600', '99', '"abc"'])('a status of %s overrides nothing', async (status) => {
    const gateway = responding({ 'application/json': `#set($context.responseOverride.status = ${status})` });
    expect((await gateway.call(post('{}'))).status).toBe(200);
  });

  it('security class: HTTP/1.1 smuggling: no override makes an answer that ends no exchange', async () => {
    const gateway = responding({ 'application/json': '#set($context.responseOverride.status = 101)' });
    expect((await gateway.call(post('{}'))).status).toBe(500);
  });

  it('security class: CR/LF and header injection: a value of the backend ends no header', async () => {
    answer = (response) => response.end('{"a":"1\\r\\nSet-Cookie: x=y"}');
    const gateway = responding({ 'application/json': '#set($context.responseOverride.header.x-a = $input.path("$.a"))' });
    const answered = await gateway.call(post('{}'));
    expect([answered.status, answered.header('set-cookie'), answered.header('x-a')]).toEqual([500, undefined, undefined]);
  });

  it('for an answer that is no JSON: 500 where they look into it', async () => {
    answer = (response) => response.end('{"name"');
    expect((await responding({ 'application/json': template }).call(post('{}'))).status).toBe(500);
    expect((await responding({ 'application/json': '[$input.body]' }).call(post('{}'))).body).toBe('[{"name"]');
  });

  it('an answer above 10 MB: 500, and up to there whole', async () => {
    let size = 10_485_760;
    answer = (response) => response.end(Buffer.alloc(size, 'a'));
    const gateway = responding({ 'application/json': 'done' });
    expect((await gateway.call(post('{}'))).body).toBe('done');
    size++;
    expect((await gateway.call(post('{}'))).status).toBe(500);
  });

  it('a backend that breaks off: an error, and nothing of a half answer', async () => {
    const socket = await socketBackend((client) => {
      client.once('data', () => client.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"name":"half"'));
    });
    const gateway = mapping({ uri: socket.url }, { responseTemplates: { 'application/json': template } });
    const answered = await gateway.call(post('{}'));
    expect([answered.status >= 500, answered.broken]).toEqual([true, false]);
    await socket.close();
  });
});

describe('content handling of answers', () => {
  const bytes = Buffer.from([0, 255, 128, 64]);
  const base64 = bytes.toString('base64');
  const TEXT = ['application/json', Buffer.from(base64)] as const;
  const PNG = ['image/png', bytes] as const;
  const decoded = bytes;
  const asText = Buffer.from(base64);

  it.each<[readonly [string, Buffer], string[], string | undefined, Buffer]>([
    [TEXT, [], undefined, asText],
    [TEXT, [], 'CONVERT_TO_BINARY', decoded],
    [TEXT, [], 'CONVERT_TO_TEXT', asText],
    [TEXT, ['Accept', 'image/png'], undefined, decoded],
    [TEXT, ['Accept', 'image/png'], 'CONVERT_TO_BINARY', decoded],
    [TEXT, ['Accept', 'image/png, text/plain'], 'CONVERT_TO_TEXT', asText],
    [PNG, [], undefined, asText],
    [PNG, [], 'CONVERT_TO_BINARY', bytes],
    [PNG, [], 'CONVERT_TO_TEXT', asText],
    [PNG, ['Accept', 'image/png'], undefined, bytes],
    [PNG, ['Accept', 'text/plain, image/png'], undefined, asText],
    [PNG, ['Accept', 'image/png'], 'CONVERT_TO_BINARY', bytes],
    [PNG, ['Accept', 'image/png'], 'CONVERT_TO_TEXT', asText],
  ])('%j for %j with %s', async ([type, body], headers, contentHandling, expected) => {
    answer = (response) => response.writeHead(200, { 'Content-Type': type }).end(body);
    const gateway = mapping({}, contentHandling === undefined ? {} : { contentHandling }, { binaryMediaTypes: ['image/*'] });
    expect((await gateway.call(post('{}', headers))).bytes).toEqual(expected);
  });

  it('without binary media types only content handling counts', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(base64);
    expect((await mapping().call(post('{}', ['Accept', 'image/png']))).body).toBe(base64);
    expect((await mapping({}, { contentHandling: 'CONVERT_TO_BINARY' }).call(post('{}'))).bytes).toEqual(bytes);
  });

  it('text that is no base64 and is wanted as binary: 500', async () => {
    answer = (response) => response.end('no base64!');
    expect((await mapping({}, { contentHandling: 'CONVERT_TO_BINARY' }).call(post('{}'))).status).toBe(500);
  });

  it('bytes and a template: 500, but as base64', async () => {
    answer = (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(bytes);
    const responseTemplates = { 'application/json': '<$input.body>' };
    const call = (more: Response) =>
      mapping({}, { responseTemplates, ...more }, { binaryMediaTypes: ['image/png'] }).call(post('{}'));
    expect((await call({})).status).toBe(500);
    expect((await call({ contentHandling: 'CONVERT_TO_TEXT' })).body).toBe(`<${base64}>`);
  });
});

describe('MOCK', () => {
  const mocking = (requestTemplates: Integration['requestTemplates'], responses: Response[] = [{ statusCode: '200' }]) =>
    mapping({
      type: 'MOCK',
      ...(requestTemplates && { requestTemplates }),
      integrationResponses: responses.map((response) => ({ statusCode: '200', ...response })),
    });
  const RESPONSES = [
    { statusCode: '200', responseTemplates: { 'application/json': 'fine' } },
    {
      statusCode: '404',
      selectionPattern: '4\\d\\d',
      responseTemplates: { 'application/json': '[$input.body][$input.json("$.a")]' },
    },
  ];

  it('answers by the status that its template says', async () => {
    const template = '{"statusCode": #if($input.path("$.ok"))200#{else}418#end}';
    const gateway = mocking({ 'application/json': template }, RESPONSES);
    expect(await gateway.call(post('{"ok":true}'))).toMatchObject({ status: 200, body: 'fine' });
    expect(await gateway.call(post('{"a":1}'))).toMatchObject({ status: 404, body: '[{}][""]' });
    expect((await gateway.call({ path: '/p/1' })).status).toBe(404);
  });

  it.each([
    ['#set($x = 1){statusCode: 200}', 200],
    ["#set($x = 1){'statusCode': 200, 'a': ['b', {c: 1},],}", 200],
    ['#set($x = 1){"statusCode": "200"}', 500],
    ['#set($x = 1){"statusCode": 200.5}', 500],
    ['#set($x = 1){"statusCode": 99}', 500],
    ['#set($x = 1)statusCode: 200', 500],
    ['#set($x = 1){"statusCode": 200} x', 200],
    ['#set($x = 1){"a": {"statusCode": 200}}', 500],
    ['#set($x = 1)', 500],
    ['#if', 500],
  ])('%s: %i', async (template, status) => {
    expect((await mocking({ 'application/json': template }).call(post('{}'))).status).toBe(status);
  });

  it('takes a status from the override of its request template', async () => {
    const template = '#set($context.responseOverride.status = 444){"statusCode": 200}';
    expect((await mocking({ 'application/json': template }).call(post('{}'))).status).toBe(444);
  });

  it('security class: prototype pollution: names of objects say no status', async () => {
    for (const name of ['__proto__', 'constructor'])
      expect(
        (await mocking({ 'application/json': `#set($x = 1){"${name}": {"statusCode": 200}}` }).call(post('{}'))).status,
      ).toBe(500);
  });
});

describe('AWS with a Lambda function', () => {
  const calling = (integration: Integration) => kept(callingFunctions(lambda, { type: 'AWS', ...integration }));

  it('gets the event that the template makes, and its answer goes through the template of the response that is selected', async () => {
    lambda.answer = payload('{"errorMessage":"Not found: 7","id":7}');
    const gateway = calling({
      ...json('{"pet": "$input.params("id")", "size": $input.json("$.size")}'),
      integrationResponses: [
        { statusCode: '200', responseTemplates: {}, responseParameters: {} },
        {
          statusCode: '404',
          selectionPattern: 'Not found.*',
          responseTemplates: { 'application/json': '{"message": "$input.path("$.errorMessage")"}' },
          responseParameters: { 'method.response.header.X-Id': 'integration.response.body.id' },
        },
      ],
    });
    const answered = await gateway.call({ method: 'POST', path: '/pets/7', body: '{"size":"s"}' });
    expect(lambda.invoked[0]?.event).toEqual({ pet: '7', size: 's' });
    expect([answered.status, answered.body, answered.header('x-id')]).toEqual([404, '{"message": "Not found: 7"}', '7']);
  });

  it('a template of nothing is an event without members', async () => {
    lambda.answer = payload('{}');
    await calling(json('#set($a = 1)')).call({ method: 'POST', path: '/pets/7', body: '{"size":"s"}' });
    expect(lambda.invoked[0]?.body.toString()).toBe('{}');
  });

  it('security class: header injection: no override says on whose behalf a function is called', async () => {
    lambda.answer = payload('{}');
    const names = ['X-Gatehouse-Caller', 'X-Gatehouse-Source-Arn', 'Authorization', 'X-Amz-Security-Token'];
    const template = names.map((name) => `#set($context.requestOverride.header["${name}"] = "admitted")`).join('');
    await calling(json(template)).call({ method: 'POST', path: '/pets/7', body: '{}' });
    expect(lambda.invoked[0]?.headers['x-gatehouse-caller']).toBe('apigateway.amazonaws.com');
    expect(JSON.stringify(lambda.invoked[0]?.headers)).not.toContain('admitted');
  });
});

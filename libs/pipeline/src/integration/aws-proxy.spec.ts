import { httpBackend, type TestCall, type TestGateway } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callingFunctions,
  fakeLambda,
  HELLO,
  invocationsOf,
  payload,
  refusal,
  type FakeLambda,
  type ProxyEventJson,
} from './lambda.fixture.js';

let lambda: FakeLambda;
const gateways: TestGateway[] = [];

beforeEach(async () => void (lambda = await fakeLambda()));
afterEach(async () => {
  await lambda.close();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

function calling(
  ...more: Parameters<typeof callingFunctions> extends [unknown, ...infer Rest] ? Partial<Rest> : never
): TestGateway {
  const gateway = callingFunctions(lambda, more[0] ?? { type: 'AWS_PROXY' }, more[1]);
  gateways.push(gateway);
  return gateway;
}

const onPets = (call: TestCall = {}): TestCall => ({ path: '/pets/1', ...call });

/** The event of the only invocation. */
function event(): ProxyEventJson {
  expect(lambda.invoked).toHaveLength(1);
  return lambda.invoked[0]!.event;
}

const internalError = {
  status: 502,
  body: '{"message":"Internal server error"}',
};

describe('AWS_PROXY, the event', () => {
  it('is of version 1.0, with everything that AWS says', async () => {
    const gateway = calling(
      { 'GET /pets/{id}': { operationName: 'GetPet', integration: { type: 'AWS_PROXY' } } },
      { stage: { variables: { table: 'pets', city: 'Zürich' } } },
    );
    const { exchange } = await gateway.call({
      path: '/pets/7?a=1&a=2&b=x%20y+z&e=',
      headers: ['X-Two', 'one', 'User-Agent', 'curl/8', 'x-two', 'two', 'Accept', '*/*'],
    });
    const { requestId, extendedRequestId, arrivedAt } = exchange;
    const trace = expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as string;
    const host = 'abcdefghij.execute-api.us-east-1.localhost';
    expect(event()).toEqual({
      resource: '/pets/{id}',
      path: '/pets/7',
      httpMethod: 'GET',
      headers: {
        'X-Two': 'two',
        'User-Agent': 'curl/8',
        Accept: '*/*',
        Host: host,
        'X-Amzn-Trace-Id': trace,
        'X-Forwarded-For': '192.0.2.7',
        'X-Forwarded-Port': '8080',
        'X-Forwarded-Proto': 'http',
      },
      multiValueHeaders: {
        'X-Two': ['one', 'two'],
        'User-Agent': ['curl/8'],
        Accept: ['*/*'],
        Host: [host],
        'X-Amzn-Trace-Id': [trace],
        'X-Forwarded-For': ['192.0.2.7'],
        'X-Forwarded-Port': ['8080'],
        'X-Forwarded-Proto': ['http'],
      },
      queryStringParameters: { a: '2', b: 'x y z', e: '' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: ['x y z'], e: [''] },
      pathParameters: { id: '7' },
      stageVariables: { table: 'pets', city: 'Zürich' },
      requestContext: {
        resourceId: 'res000',
        resourcePath: '/pets/{id}',
        operationName: 'GetPet',
        httpMethod: 'GET',
        extendedRequestId,
        requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string,
        path: '/prod/pets/7',
        accountId: '123456789012',
        protocol: 'HTTP/1.1',
        stage: 'prod',
        domainPrefix: 'abcdefghij',
        requestTimeEpoch: arrivedAt,
        requestId,
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: '192.0.2.7',
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: 'curl/8',
          user: null,
        },
        domainName: host,
        deploymentId: 'dep001',
        apiId: 'abcdefghij',
      },
      body: null,
      isBase64Encoded: false,
    });
    expect(Object.keys(event())).toEqual([
      'resource',
      'path',
      'httpMethod',
      'headers',
      'multiValueHeaders',
      'queryStringParameters',
      'multiValueQueryStringParameters',
      'pathParameters',
      'stageVariables',
      'requestContext',
      'body',
      'isBase64Encoded',
    ]);
  });

  it('has null for what there is not', async () => {
    await calling({ 'GET /': { integration: { type: 'AWS_PROXY' } } }).call();
    expect(event()).toMatchObject({
      path: '/',
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: { identity: { userAgent: null } },
    });
    expect(event().requestContext).not.toHaveProperty('operationName');
    expect(event().requestContext.identity).not.toHaveProperty('apiKey');
    expect(event().requestContext).not.toHaveProperty('authorizer');
  });

  it('says whose key it was', async () => {
    const gateway = calling(
      { 'GET /pets': { apiKeyRequired: true, integration: { type: 'AWS_PROXY' } } },
      {
        usagePlans: [{ usagePlanId: 'plan01', apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }] }],
        apiKeys: [{ apiKeyId: 'key01', value: 'the-value-of-a-key-1234', usagePlanIds: ['plan01'] }],
      },
    );
    await gateway.call({ path: '/pets', headers: ['X-Api-Key', 'the-value-of-a-key-1234'] });
    expect(event().requestContext.identity).toMatchObject({ apiKey: 'the-value-of-a-key-1234', apiKeyId: 'key01' });
  });

  it('keeps back what is for the connection or the gateway, and says itself whom and what it is from', async () => {
    await calling().call(
      onPets({
        headers: [
          ...[
            'Host',
            'Api.Example:8080',
            'Connection',
            'close, X-Hop',
            'X-Hop',
            '1',
            'Content-Length',
            '0',
            'Expect',
            '100-continue',
          ],
          ...[
            'TE',
            'trailers',
            'Upgrade',
            'h2c',
            'X-Forwarded-For',
            '6.6.6.6',
            'X_Forwarded.For',
            '6.6.6.6',
            'x-forwarded-proto',
            'https',
          ],
          ...['X-Amzn-Trace-Id', 'Root=1-67891233-abcdef012345678912345678;Parent=463ac35c9f6413ad', 'Forwarded', 'for=6.6.6.6'],
          ...[
            'Authorization',
            'AWS4-HMAC-SHA256 Credential=a',
            'Content-Encoding',
            'gzip',
            'Via',
            '1.1 a',
            'X-HTTP-Method-Override',
            'PUT',
          ],
        ],
      }),
    );
    expect(event().headers).toEqual({
      'Content-Encoding': 'gzip',
      Via: '1.1 a',
      Host: 'Api.Example:8080',
      'X-Amzn-Trace-Id': 'Root=1-67891233-abcdef012345678912345678;Sampled=1',
      'X-Forwarded-For': '192.0.2.7',
      'X-Forwarded-Port': '8080',
      'X-Forwarded-Proto': 'http',
    });
    expect(event().httpMethod).toBe('PUT');
  });

  it('passes on an Authorization that is no signature for the gateway', async () => {
    await calling().call(onPets({ headers: ['authorization', 'Bearer x'] }));
    expect(event().headers['authorization']).toBe('Bearer x');
  });

  it('has paths as they are: encoded, slashes at the end kept, but not in the value of a greedy parameter', async () => {
    const gateway = calling({ 'ANY /{proxy+}': { integration: { type: 'AWS_PROXY' } } });
    await gateway.call({ path: '/a%2Fb/c%22d/' });
    expect(event()).toMatchObject({ path: '/a%2Fb/c%22d/', pathParameters: { proxy: 'a%2Fb/c%22d' } });
    expect(event().requestContext.path).toBe('/prod/a%2Fb/c%22d/');
  });

  it('takes text for UTF-8', async () => {
    await calling().call(onPets({ method: 'POST', headers: ['Content-Type', 'text/plain'], body: 'Grüße "\n' }));
    expect(event()).toMatchObject({ body: 'Grüße "\n', isBase64Encoded: false });
  });

  it.each([
    [['image/png'], 'image/png', true],
    [['image/png'], 'Image/PNG; q=1', true],
    [['image/*'], 'image/gif', true],
    [['image/*'], 'imagex/gif', false],
    [['*/*'], 'text/plain', true],
    [['*/*'], undefined, true],
    [['application/json'], undefined, true],
    [['image/png'], undefined, false],
    [['image/png'], 'image/jpeg', false],
  ])('of binary types %j, %s is base64: %s', async (binaryMediaTypes, type, isBase64Encoded) => {
    const headers = type === undefined ? [] : ['Content-Type', type];
    await calling(undefined, { model: { binaryMediaTypes } }).call(onPets({ method: 'POST', headers, body: 'body' }));
    expect(event()).toMatchObject({ body: isBase64Encoded ? 'Ym9keQ==' : 'body', isBase64Encoded });
  });

  it('is told to Lambda with the ARN of the method that calls', async () => {
    await calling().call(onPets({ method: 'PUT', body: 'x' }));
    const [{ url, headers } = { url: '', headers: {} as Record<string, string> }] = lambda.invoked;
    expect(url).toBe(`/2015-03-31/functions/${encodeURIComponent(HELLO)}/invocations`);
    expect(headers).toMatchObject({
      'x-gatehouse-caller': 'apigateway.amazonaws.com',
      'x-gatehouse-source-arn': 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/PUT/pets/{id}',
      'content-type': 'application/json',
      'user-agent': 'AmazonAPIGateway_abcdefghij',
    });
  });

  it('goes to Lambda itself with credentials of AWS, and without what is for functions services of our own', async () => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: null };
    const aws = await fakeLambda(credentials);
    const { upstream } = calling().stage.services;
    const gateway = calling(undefined, { lambda: { upstream, origin: aws.origin, credentials, isOwn: false } });
    expect((await gateway.call(onPets())).status).toBe(200);
    expect(Object.keys(aws.invoked[0]?.headers ?? {}).filter((name) => name.startsWith('x-gatehouse'))).toEqual([]);
    await aws.close();
  });

  it('signs the session token of temporary credentials', async () => {
    const backend = await httpBackend((response) => response.end('{}'));
    const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
    const { upstream } = calling().stage.services;
    await calling(undefined, { lambda: { upstream, origin: backend.url, credentials, isOwn: false } }).call(onPets());
    expect(backend.received[0]?.header('x-amz-security-token')).toBe('token');
    expect(backend.received[0]?.header('authorization')).toContain('x-amz-security-token');
    await backend.close();
  });

  it('calls the function that a stage variable names', async () => {
    const gateway = calling(
      { type: 'AWS_PROXY', uri: invocationsOf('arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.f}') },
      { stage: { variables: { f: 'hello:live' } } },
    );
    expect((await gateway.call(onPets())).status).toBe(200);
    expect(lambda.invoked[0]?.url).toContain('hello%3Alive');
  });
});

describe('AWS_PROXY, what is no event', () => {
  it('a stage variable that makes no function is 500', async () => {
    const gateway = calling({ type: 'AWS_PROXY', uri: invocationsOf(`${HELLO}:\${stageVariables.v}`) });
    const answer = await gateway.call(onPets());
    expect([answer.status, answer.body, answer.exchange.error?.reason]).toEqual([
      500,
      '{"message":"Internal server error"}',
      'the integration uri names no function',
    ]);
  });

  it.each(['GET', 'ANY'])('httpMethod %s is 500', async (httpMethod) => {
    const answer = await calling({ type: 'AWS_PROXY', httpMethod }).call(onPets());
    expect([answer.status, answer.header('x-amzn-errortype')]).toEqual([500, 'InternalServerErrorException']);
    expect(lambda.invoked).toEqual([]);
  });

  it('without an endpoint it is 500, and the log names the variable', async () => {
    const answer = await calling(undefined, { lambda: undefined }).call(onPets());
    expect([answer.status, answer.body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(answer.exchange.error?.reason).toContain('GATEHOUSE_LAMBDA_ENDPOINT');
  });

  it.each([
    ['that is too large as an event', 'a'.repeat(6 * 1024 * 1024), undefined],
    ['that becomes too large by its quotes', '"'.repeat(4 * 1024 * 1024), undefined],
    ['of unknown length', 'a'.repeat(6 * 1024 * 1024 + 1), null],
  ])('a body %s is 413 Request Too Long', async (_, body, contentLength) => {
    const answer = await calling().call(onPets({ method: 'POST', body, contentLength }));
    expect([answer.status, answer.body]).toEqual([413, '{"message":"Request Too Long"}']);
    expect(lambda.invoked).toEqual([]);
  });

  it('a body above the limit of the gateway says that', async () => {
    const answer = await calling(undefined, { bodyLimit: 10 }).call(
      onPets({ method: 'POST', body: 'x'.repeat(11), contentLength: null }),
    );
    expect([answer.status, answer.body]).toEqual([413, '{"message":"HTTP content length exceeded 10 bytes."}']);
  });
});

describe('AWS_PROXY, the answer', () => {
  const answered = (value: unknown, call: TestCall = {}, model = {}) => {
    lambda.answer = payload(value);
    return calling(undefined, { model }).call(onPets(call));
  };

  it('is what the function says', async () => {
    const answer = await answered({ statusCode: 201, headers: { 'X-One': '1', Flag: true }, body: 'Grüße' });
    expect([answer.status, answer.body]).toEqual([201, 'Grüße']);
    expect(answer.headers).toEqual([
      ...['X-One', '1', 'Flag', 'true', 'Content-Type', 'application/json'],
      ...['X-Amzn-Trace-Id', expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/)],
      ...['x-amzn-RequestId', answer.exchange.requestId, 'x-amz-apigw-id', answer.exchange.extendedRequestId],
    ]);
    expect(answer.exchange.integrationStatus).toBe(200);
    expect(answer.exchange.integrationEndedAt).toBeGreaterThan(answer.exchange.integrationStartedAt ?? Infinity);
  });

  it.each([
    [{}, 200, ''],
    [{ headers: { a: 'b' } }, 200, ''],
    [{ statusCode: '404', body: 'no' }, 404, 'no'],
    [{ headers: { 'Content-Type': 'application/json', a: 'x'.repeat(10_240 - 16) } }, 200, ''],
    [{ statusCode: 200, headers: null, multiValueHeaders: null, body: null, isBase64Encoded: false }, 200, ''],
    [{ statusCode: 200, isBase64Encoded: true, body: 'Ym9keQ==' }, 200, 'Ym9keQ=='],
  ])('%j is one', async (value, status, body) => {
    const answer = await answered(value);
    expect([answer.status, answer.body]).toEqual([status, body]);
    expect(answer.header('content-type')).toBe('application/json');
  });

  it.each([
    '',
    'null',
    '"text"',
    '[]',
    '17',
    '{',
    'not JSON',
    '{"statusCode":200,"other":1}',
    '{"statusCode":200,"cookies":[]}',
    '{"statusCode":200,"__proto__":{}}',
    '{"statusCode":"two"}',
    '{"statusCode":null}',
    '{"statusCode":200.5}',
    '{"statusCode":100}',
    '{"statusCode":600}',
    '{"statusCode":{}}',
    '{"headers":{"a":1}}',
    '{"headers":{"a":null}}',
    '{"headers":{"a":["b"]}}',
    '{"headers":[]}',
    '{"headers":"a"}',
    '{"multiValueHeaders":{"a":"b"}}',
    '{"multiValueHeaders":{"a":[{}]}}',
    '{"body":{"a":1}}',
    '{"body":1}',
    '{"isBase64Encoded":"yes"}',
    '{"isBase64Encoded":"TRUE"}',
    '{"isBase64Encoded":1}',
    '{"isBase64Encoded":{}}',
    '{"headers":{"a b":"c"}}',
    '{"headers":{"":"c"}}',
    '{"headers":{"a":"b\\r\\nSet-Cookie: c"}}',
    '{"multiValueHeaders":{"a":["b\\u0000"]}}',
    JSON.stringify({ headers: { a: 'x'.repeat(33_000) } }),
    JSON.stringify({ headers: { 'Content-Type': 'a/b', a: 'x'.repeat(10_238) } }),
    JSON.stringify({ headers: { 'Content-Type': 'a/b', ['x'.repeat(33_000)]: 'a' } }),
    JSON.stringify({ multiValueHeaders: { a: Array.from({ length: 300 }, () => 'b') } }),
  ])('%.100s is none: 502', async (value) => {
    const answer = await answered(value);
    expect(answer).toMatchObject(internalError);
    expect(answer.header('x-amzn-errortype')).toBe('InternalServerErrorException');
    expect(answer.exchange.error?.reason).toMatch(/^malformed Lambda proxy response: /);
  });

  it('several values of a header come first, in their case, then the single one where it is another', async () => {
    const answer = await answered({
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'], 'X-Same': ['v'] },
      headers: { 'set-cookie': 'c=3', 'x-same': 'v', other: 'o' },
    });
    expect(answer.headers.slice(0, 10)).toEqual([
      ...['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Set-Cookie', 'c=3', 'X-Same', 'v', 'other', 'o'],
    ]);
  });

  it('what is of connections is renamed or dropped', async () => {
    const headers = {
      connection: 'x',
      'Content-Length': '7',
      date: 'd',
      SERVER: 's',
      'x-amzn-RequestId': 'r',
      'www-authenticate': 'Basic',
      via: 'v',
    };
    const dropped = {
      'Transfer-Encoding': 'chunked',
      'Keep-Alive': '1',
      'X-Amzn-Trace-Id': 't',
      'x-amz-apigw-id': 'i',
      Content_Length: '7',
    };
    const answer = await answered({
      headers: { ...headers, ...dropped, 'content-type': 'text/plain', 'Content-Encoding': 'gzip' },
    });
    expect(answer.headers.slice(0, 18)).toEqual([
      ...['x-amzn-Remapped-Connection', 'x', 'x-amzn-Remapped-Content-Length', '7', 'x-amzn-Remapped-Date', 'd'],
      ...[
        'x-amzn-Remapped-Server',
        's',
        'x-amzn-Remapped-x-amzn-RequestId',
        'r',
        'x-amzn-Remapped-WWW-Authenticate',
        'Basic',
        'via',
        'v',
      ],
      ...['content-type', 'text/plain', 'Content-Encoding', 'gzip'],
    ]);
    expect(
      answer.headers
        .filter((_, i) => i % 2 === 0)
        .map((name) => name.toLowerCase())
        .sort(),
    ).toEqual(
      [...answer.headers.slice(0, 18).filter((_, i) => i % 2 === 0), 'X-Amzn-Trace-Id', 'x-amzn-RequestId', 'x-amz-apigw-id']
        .map((name) => name.toLowerCase())
        .sort(),
    );
  });

  it.each([
    [['image/png'], 'image/png', 'body'],
    [['image/png'], 'image/png, text/html', 'body'],
    [['image/png'], 'text/html, image/png', 'Ym9keQ=='],
    [['*/*'], undefined, 'body'],
    [['*/*'], 'text/html', 'body'],
    [['application/json'], undefined, 'body'],
    [['image/png'], '*/*', 'Ym9keQ=='],
    [[], 'image/png', 'Ym9keQ=='],
  ])('with binary types %j, Accept %s gets base64 as %s', async (binaryMediaTypes, accept, body) => {
    const headers = accept === undefined ? [] : ['Accept', accept];
    const answer = await answered({ isBase64Encoded: true, body: 'Ym9keQ==' }, { headers }, { binaryMediaTypes });
    expect(answer.body).toBe(body);
  });

  it.each([
    [true, 'body'],
    ['true', 'body'],
    ['True', 'body'],
    [false, 'Ym9keQ=='],
    ['false', 'Ym9keQ=='],
    ['False', 'Ym9keQ=='],
    [null, 'Ym9keQ=='],
  ])('isBase64Encoded %j gives %s', async (isBase64Encoded, body) => {
    const answer = await answered({ isBase64Encoded, body: 'Ym9keQ==' }, {}, { binaryMediaTypes: ['*/*'] });
    expect(answer.body).toBe(body);
  });

  it.each(['Ym9ke', 'Ym9k*Q==', 'Ym9k\nYm9k'])('base64 that is none (%j) is 500', async (body) => {
    const answer = await answered({ isBase64Encoded: true, body }, {}, { binaryMediaTypes: ['*/*'] });
    expect([answer.status, answer.body]).toEqual([500, '{"message":"Internal server error"}']);
  });

  it('a function that failed is 502', async () => {
    lambda.answer = payload({ errorMessage: 'no', errorType: 'Error' }, { 'X-Amz-Function-Error': 'Unhandled' });
    const answer = await calling().call(onPets());
    expect(answer).toMatchObject(internalError);
    // What a function says of its errors may be anyone's secret.
    expect(answer.exchange.error?.reason).toBe('the function failed: Error');
    lambda.answer = payload({ statusCode: 200 }, { 'X-Amz-Function-Error': 'Unhandled' });
    expect(await calling().call(onPets())).toMatchObject(internalError);
  });

  it.each([
    [404, 'ResourceNotFoundException', 500, '{"message":"Internal server error"}'],
    [403, 'AccessDeniedException', 500, '{"message":"Internal server error"}'],
    [400, 'InvalidParameterValueException', 500, '{"message":"Internal server error"}'],
    [429, 'TooManyRequestsException', 502, '{"message":"Internal server error"}'],
    [500, 'ServiceException', 502, '{"message":"Internal server error"}'],
    [503, 'ServiceUnavailableException', 502, '{"message":"Internal server error"}'],
    [413, 'RequestTooLargeException', 413, '{"message":"Request Too Long"}'],
    [302, 'None', 500, '{"message":"Internal server error"}'],
  ])('%i %s of Lambda is %i', async (status, name, becomes, body) => {
    lambda.answer = refusal(status, name, 'the message');
    const answer = await calling().call(onPets());
    expect([answer.status, answer.body]).toEqual([becomes, body]);
    expect(answer.exchange.error?.reason).toContain('the message');
    expect(answer.exchange.integrationStatus).toBe(status);
  });

  it('one that does not come in time is 504', async () => {
    lambda.answer = () => undefined;
    const answer = await calling({ type: 'AWS_PROXY', timeoutInMillis: 50 }).call(onPets());
    expect([answer.status, answer.body]).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });

  it('one that trickles is no faster for that', async () => {
    lambda.answer = (response) => {
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    };
    const answer = await calling({ type: 'AWS_PROXY', timeoutInMillis: 100 }).call(onPets());
    expect(answer.status).toBe(504);
  });

  it('a client that goes away ends the call', async () => {
    const closed = new Promise<void>((resolve) => {
      lambda.answer = (response) => void response.on('close', resolve);
    });
    let leave = () => undefined as void;
    void calling().call(onPets({ abort: (left) => void (leave = left) }));
    await expect.poll(() => lambda.invoked.length).toBe(1);
    leave();
    await closed;
  });

  it('HEAD and OPTIONS reach functions as they are', async () => {
    await answered({ statusCode: 200 }, { method: 'OPTIONS' });
    await calling().call(onPets({ method: 'HEAD' }));
    expect(lambda.invoked.map((one) => one.event['httpMethod'])).toEqual(['OPTIONS', 'HEAD']);
  });
});

describe('AWS_PROXY, much at a time', () => {
  it('five megabytes go both ways', async () => {
    const body = 'ü'.repeat(2_500_000);
    lambda.answer = (response, { event: given }) => payload({ body: given['body'] })(response, lambda.invoked[0]!);
    const answer = await calling().call(onPets({ method: 'POST', body }));
    expect([answer.status, answer.bytes.length, answer.body === body]).toEqual([200, 5_000_000, true]);
  });

  it('a hundred calls at once each get their own answer', async () => {
    lambda.answer = (response, { event: given }) => {
      setTimeout(() => payload({ body: given['path'] })(response, lambda.invoked[0]!), Math.random() * 20);
    };
    const gateway = calling();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => gateway.call({ path: `/pets/${n}` })));
    expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 100 }, (_, n) => `/pets/${n}`));
  });
});

describe('AWS_PROXY, hostile answers of what runs functions', () => {
  it.each<[string, FakeLambda['answer']]>([
    ['10 MB', payload('x'.repeat(10 * 1024 * 1024))],
    ['10 MB that are not announced', (response) => void response.writeHead(200).end('x'.repeat(10 * 1024 * 1024))],
    ['deep nesting', payload('['.repeat(3_000_000))],
    ['deep nesting in a member', payload(`{"body":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`)],
    ['bytes that are no UTF-8', payload(Buffer.from([0xff, 0xfe, 0x00]))],
    ['a content coding', payload('{}', { 'Content-Encoding': 'gzip' })],
    ['a reset', (response) => response.socket?.resetAndDestroy()],
    [
      'a reset in the middle',
      (response) => {
        response.writeHead(200, { 'Content-Length': '100' }).write('{');
        setTimeout(() => response.socket?.resetAndDestroy(), 10);
      },
    ],
    ['no HTTP', (response) => response.socket?.end('hello\r\n\r\n')],
  ])('%s: 502', async (_, answer) => {
    lambda.answer = answer;
    expect(await calling().call(onPets())).toMatchObject(internalError);
  });

  it('nothing there: 502', async () => {
    await lambda.close();
    expect(await calling().call(onPets())).toMatchObject(internalError);
    lambda = await fakeLambda();
  });
});

describe('AWS_PROXY, hostile requests', () => {
  it('headers with bytes beyond ASCII are UTF-8 where they are, and lose nothing where they are not', async () => {
    const utf8 = Buffer.from('Zürich').toString('latin1');
    await calling().call(onPets({ headers: ['X-A', utf8, 'X-B', 'Z\xfcrich', 'X-C', 'a"b\\c\td'] }));
    expect(event().headers).toMatchObject({ 'X-A': 'Zürich', 'X-B': 'Zürich', 'X-C': 'a"b\\c\td' });
  });

  it('a body that is no UTF-8 and not binary gets replacement characters, as AWS gives it', async () => {
    await calling().call(onPets({ method: 'POST', body: Buffer.from([0x61, 0xff, 0x62]) }));
    expect(event()).toMatchObject({ body: 'a\ufffdb', isBase64Encoded: false });
  });

  it('security class: prototype pollution: names such as __proto__ are names', async () => {
    await calling().call({
      path: '/pets/1?__proto__=1&constructor=2&%22%7D=3&toString=4',
      headers: ['__proto__', '1', 'constructor', '2', 'hasOwnProperty', '3'],
    });
    const { body } = lambda.invoked[0]!;
    expect(Object.entries(event().queryStringParameters ?? {})).toEqual([
      ...[
        ['__proto__', '1'],
        ['constructor', '2'],
        ['"}', '3'],
        ['toString', '4'],
      ],
    ]);
    expect(Object.entries(event().headers).slice(0, 3)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['hasOwnProperty', '3'],
    ]);
    expect(body.toString()).toContain('"__proto__":["1"]');
    lambda.answer = payload('{"headers":{"__proto__":"1","constructor":"2"}}');
    expect((await calling().call(onPets())).headers.slice(0, 4)).toEqual(['__proto__', '1', 'constructor', '2']);
  });

  it('a thousand query parameters and two hundred headers make an event in good time', async () => {
    const query = Array.from({ length: 1000 }, (_, n) => `p${n % 500}=${n}`).join('&');
    const headers = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? `X-${n}` : String(n)));
    const began = performance.now();
    await calling().call({ path: `/pets/1?${query}`, headers });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(event().multiValueQueryStringParameters?.['p0']).toEqual(['0', '500']);
    expect(Object.keys(event().headers)).toHaveLength(205);
  });

  it('security class: header injection: no client says on whose behalf a function is called', async () => {
    await calling().call(
      onPets({
        headers: ['X-Gatehouse-Caller', 'admitted', 'X-Gatehouse-Source-Arn', 'arn:x', 'X-Amz-Invocation-Type', 'Event'],
      }),
    );
    expect(lambda.invoked[0]?.headers).toMatchObject({ 'x-gatehouse-caller': 'apigateway.amazonaws.com' });
    expect(lambda.invoked[0]?.headers).not.toHaveProperty('x-amz-invocation-type');
  });
});

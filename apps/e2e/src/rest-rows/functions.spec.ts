import { CreateBasePathMappingCommand, CreateDomainNameCommand } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import { ask, type Ask } from '../http.js';
import { ACCOUNT, errorOf, INTERNAL, invocationsOf, method, RowsLab } from './rows-lab.js';

// aws-behaviour.md B9 (events and answers of functions), and what B4 and B7 say of AWS and AWS_PROXY.

/** Answers its event below /event, else what it is asked for: `answer`, `error`, `raw` (no JSON object). */
const HANDLER = `export const handler = async (event) => {
  if (event.path?.startsWith('/event') || event.path?.startsWith('/shop')) return { body: JSON.stringify(event) };
  const asked = event.requestContext ? JSON.parse(event.body) : event;
  if ('error' in asked) throw new Error(asked.error);
  return asked.answer;
};`;
const BROKEN: [status: number, body: string, type: string] = [
  502,
  '{"message":"Internal server error"}',
  'InternalServerErrorException',
];

let lab: RowsLab;
let apiId: string;

beforeAll(async () => {
  lab = await RowsLab.start({ functions: true });
  const uri = invocationsOf(await lab.createFunction('rows', HANDLER));
  const proxy = (more: object = {}) => method({ type: 'aws_proxy', httpMethod: 'POST', uri, ...more });
  const aws = (responses: object, more: object = {}, extra: object = {}) =>
    method({ type: 'aws', httpMethod: 'POST', uri, responses: { default: { statusCode: '200' }, ...responses }, ...more }, extra);
  apiId = await lab.serve(
    {
      '/event/{proxy+}': { 'x-amazon-apigateway-any-method': proxy() },
      '/answer': { post: proxy() },
      // An import makes it POST.
      '/get': { post: { ...proxy(), 'x-gatehouse-integration': { httpMethod: 'GET' } } },
      '/missing': { post: proxy({ uri: uri.replace(':rows/', ':nix/') }) },
      '/variable': { post: proxy({ uri: uri.replace(':rows/', ':${stageVariables.function}/') }) },
      '/aws': {
        post: {
          ...aws({
            '.*not found.*': {
              statusCode: '404',
              responseTemplates: { 'application/json': '{"message":$input.json("$.errorMessage")}' },
            },
          }),
          responses: { 200: { description: '' }, 404: { description: '' } },
        },
      },
      '/aws/missing': { post: aws({}, { uri: uri.replace(':rows/', ':nix/') }) },
      '/aws/later': { post: aws({}, { requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" } }) },
    },
    { 'x-amazon-apigateway-binary-media-types': ['image/*'] },
    { variables: { function: 'rows' } },
  );
  await until('the function', async () => ((await post('/answer', { answer: {} })).status === 200 ? true : undefined));
});
afterAll(() => lab?.stop());

const call = (path: string, more: Partial<Ask> = {}) => lab.call(apiId, `/dev${path}`, more);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const answered = (answer: unknown) => post('/answer', { answer });
const eventOf = async (path: string, more: Partial<Ask> = {}) =>
  JSON.parse((await call(path, more)).body) as { headers: Record<string, string> };

describe('B9: the event', () => {
  it('has every member, and null for what is not there', async () => {
    const event = await eventOf('/event/a');
    expect(event).toEqual({
      resource: '/event/{proxy+}',
      path: '/event/a',
      httpMethod: 'GET',
      headers: expect.objectContaining({ Host: expect.any(String) as string }) as object,
      multiValueHeaders: expect.objectContaining({ Host: [expect.any(String)] }) as object,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: { proxy: 'a' },
      stageVariables: { function: 'rows' },
      requestContext: {
        accountId: ACCOUNT,
        apiId,
        deploymentId: expect.any(String) as string,
        domainName: expect.stringContaining(`${apiId}.execute-api.`) as string,
        domainPrefix: apiId,
        extendedRequestId: expect.any(String) as string,
        httpMethod: 'GET',
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: '127.0.0.1',
          user: null,
          userAgent: null,
          userArn: null,
        },
        path: '/dev/event/a',
        protocol: 'HTTP/1.1',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}(:\d\d){3} \+0000$/) as string,
        requestTimeEpoch: expect.any(Number) as number,
        resourceId: expect.any(String) as string,
        resourcePath: '/event/{proxy+}',
        stage: 'dev',
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  it('has headers as they were sent, and the last of several values', async () => {
    const event = await eventOf('/event/a/?q=1&q=a+b', { headers: { 'X-Own': ['1', '2'] } });
    expect(event).toMatchObject({
      path: '/event/a/',
      pathParameters: { proxy: 'a' },
      headers: {
        'X-Own': '2',
        'X-Forwarded-For': '127.0.0.1',
        'X-Forwarded-Proto': 'http',
        'X-Forwarded-Port': String(lab.gateway.port),
      },
      multiValueHeaders: { 'X-Own': ['1', '2'] },
      queryStringParameters: { q: 'a b' },
      multiValueQueryStringParameters: { q: ['1', 'a b'] },
    });
    expect(event.headers['X-Amzn-Trace-Id']).toMatch(/^Root=1-/);
  });

  it('has binary bodies as base64', async () => {
    const event = await eventOf('/event/a', {
      method: 'PUT',
      body: Buffer.from([0, 255]),
      headers: { 'content-type': 'image/png' },
    });
    expect(event).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('has the base path of a custom domain name in its path', async () => {
    const domainName = 'functions.example.com';
    await lab.client.send(new CreateDomainNameCommand({ domainName, endpointConfiguration: { types: ['REGIONAL'] } }));
    await lab.client.send(new CreateBasePathMappingCommand({ domainName, basePath: 'shop', restApiId: apiId, stage: 'dev' }));
    await lab.allServed();
    const { body } = await ask({ port: lab.gateway.port, path: '/shop/event/a', headers: { host: domainName } });
    expect(JSON.parse(body)).toMatchObject({
      path: '/shop/event/a',
      requestContext: { path: '/shop/event/a', domainName, domainPrefix: 'functions' },
    });
  });
});

describe('B9: the answer', () => {
  it.each<[string, unknown, number, string]>([
    ['nothing', {}, 200, ''],
    ['headers alone', { headers: { 'X-Own': 'a' } }, 200, ''],
    ['a status that is text', { statusCode: '201', body: 'x' }, 201, 'x'],
    ['null for headers', { statusCode: 200, headers: null, body: 'x' }, 200, 'x'],
  ])('%s', async (_, answer, status, body) => {
    expect(await answered(answer)).toMatchObject({ status, body, headers: { 'content-type': 'application/json' } });
  });

  it.each<[string, unknown]>([
    ['another member', { statusCode: 200, message: 'x' }],
    ['a status that is no number', { statusCode: 'ok' }],
    ['a header that is a number', { headers: { 'X-Own': 1 } }],
    ['several values that are no list', { multiValueHeaders: { 'X-Own': 'a' } }],
    ['a body that is an object', { body: { a: 1 } }],
    ['a list', []],
    ['text', 'text'],
    ['null', null],
  ])('%s: 502', async (_, answer) => expect(errorOf(await answered(answer))).toEqual(BROKEN));

  it('an error of the function: 502', async () => expect(errorOf(await post('/answer', { error: 'broken' }))).toEqual(BROKEN));

  it('booleans among headers, and values of both maps, those of lists first', async () => {
    const { headers, rawHeaders } = await answered({
      headers: { 'X-True': true, 'x-own': 'c' },
      multiValueHeaders: { 'X-Own': ['a', 'b'] },
    });
    expect([headers['x-true'], headers['x-own']]).toEqual(['true', 'a, b, c']);
    expect(rawHeaders).toContain('X-Own');
  });

  it('is decoded when Accept has a binary media type', async () => {
    const answer = {
      isBase64Encoded: true,
      headers: { 'Content-Type': 'image/png' },
      body: Buffer.from('bytes').toString('base64'),
    };
    expect((await post('/answer', { answer }, { accept: 'image/png' })).body).toBe('bytes');
    expect((await post('/answer', { answer }, { accept: 'text/plain' })).body).toBe(answer.body);
  });

  it('B4: has the trace, and other names for Date, Server and WWW-Authenticate', async () => {
    const { headers } = await answered({ headers: { Date: 'd', Server: 's', 'WWW-Authenticate': 'w' } });
    expect(headers).toMatchObject({
      'x-amzn-remapped-date': 'd',
      'x-amzn-remapped-server': 's',
      'x-amzn-remapped-www-authenticate': 'w',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[^;]+;Parent=[0-9a-f]{16};Sampled=0$/) as string,
    });
  });
});

describe('B7: AWS_PROXY and AWS', () => {
  it.each(['/missing', '/aws/missing'])('a function that is not there: %s', async (path) => {
    expect(errorOf(await post(path, { answer: {} }))).toEqual(INTERNAL);
  });

  it('AWS_PROXY with another verb than POST: 500', async () =>
    expect(errorOf(await post('/get', { answer: {} }))).toEqual(INTERNAL));

  it('a stage variable names the function', async () =>
    expect((await post('/variable', { answer: { body: 'x' } })).body).toBe('x'));

  it('AWS: what a function answers is the body, an error too, unless a pattern has its message', async () => {
    const good = await post('/aws', { answer: { a: 1 } });
    expect(good).toMatchObject({ status: 200, body: '{"a":1}', headers: { 'x-amzn-trace-id': expect.any(String) as string } });
    const failed = await post('/aws', { error: 'broken' });
    expect([failed.status, JSON.parse(failed.body)]).toMatchObject([200, { errorMessage: 'broken', errorType: 'Error' }]);
    expect(await post('/aws', { error: 'pet not found' })).toMatchObject({ status: 404, body: '{"message":"pet not found"}' });
  });

  it('AWS: X-Amz-Invocation-Type Event does not wait', async () => {
    expect(await post('/aws/later', { error: 'nobody sees this' })).toMatchObject({ status: 200, body: '' });
  });
});

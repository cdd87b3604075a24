import type { MethodSettingModel } from '@gatehouse/api-model';
import {
  gatewayFrom,
  httpBackend,
  restApiModel,
  type GatewayFromOptions,
  type HttpBackend,
  type MethodsOf,
  type TestCall,
} from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange.js';

const SETTING: MethodSettingModel = {
  metricsEnabled: false,
  loggingLevel: 'INFO',
  dataTraceEnabled: true,
  throttlingBurstLimit: -1,
  throttlingRateLimit: -1,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};
const KEY = 'a-key-of-twenty-or-more';

/** What one call of an API is told of in the execution log; null where there is none. */
async function sentencesOf(
  methods: MethodsOf,
  call: TestCall,
  setting: Partial<MethodSettingModel> = {},
  options: GatewayFromOptions = {},
): Promise<{ sentences: string[] | null; exchange: Exchange; body: string }> {
  const gateway = gatewayFrom(restApiModel(methods), {
    ...options,
    stage: { methodSettings: { '*/*': { ...SETTING, ...setting } }, ...options.stage },
    usagePlans: [{ usagePlanId: 'plan01', apiStages: [{ apiId: 'abcdefghij', stage: 'prod' }] }],
    apiKeys: [{ apiKeyId: 'key0000001', value: KEY, usagePlanIds: ['plan01'] }],
  });
  const { exchange, body } = await gateway.call(call);
  await gateway.close();
  return { sentences: exchange.log === null ? null : exchange.log.sentences().map(({ text }) => text), exchange, body };
}

let backend: HttpBackend;
beforeAll(async () => {
  backend = await httpBackend((response, { url }) => {
    response.setHeader('Date', 'today');
    if (url === '/silent') return;
    if (url === '/large') return response.end('x'.repeat(5000));
    if (url === '/binary') return response.end(Buffer.from([0, 255, 1]));
    if (url === '/cookie') response.setHeader('Set-Cookie', 'session=hunter2hunter2');
    response.setHeader('X-Given', 'yes').end('{"ok":"é"}');
  });
});
afterAll(() => backend?.close());
beforeEach(() => void backend.received.splice(0));

const proxy = (path: string, more: object = {}): MethodsOf[string] => ({
  integration: { type: 'HTTP_PROXY', httpMethod: 'ANY', uri: `${backend.url}${path}`, ...more },
});

describe('the execution log of a request', () => {
  it('is absent where the stage does not want it', async () => {
    for (const loggingLevel of ['OFF', undefined])
      expect((await sentencesOf({ 'GET /': {} }, {}, { loggingLevel })).sentences).toBeNull();
  });

  it('tells all in AWS’s sentences and order', async () => {
    const methods = {
      'POST /pets/{id}': proxy('/ok?a=1', { requestParameters: { 'integration.request.header.X-Id': 'method.request.path.id' } }),
    };
    const call = {
      method: 'POST',
      path: '/pets/7?q=a+b&q=2',
      headers: ['Accept', '*/*', 'User-Agent', 'curl', 'Content-Type', 'text/plain'],
      body: 'the body',
    };
    const { sentences, exchange } = await sentencesOf(methods, call);
    const id = exchange.requestId;
    expect(sentences).toEqual([
      `Extended Request Id: ${exchange.extendedRequestId}`,
      `Verifying Usage Plan for request: ${id}. API Key:  API Stage: abcdefghij/prod`,
      "API Key  authorized because method 'POST /pets/{id}' does not require API Key. Request will not contribute to throttle or quota limits",
      'Usage Plan check succeeded for API Key  and API Stage abcdefghij/prod',
      `Starting execution for request: ${id}`,
      'HTTP Method: POST, Resource Path: /pets/{id}',
      'Method request path: {id=7}',
      'Method request query string: {q=a b, q=2}',
      'Method request headers: {Accept=*/*, User-Agent=curl, Content-Type=text/plain}',
      'Method request body before transformations: the body',
      `Endpoint request URI: ${backend.url}/ok?a=1&q=a+b&q=2`,
      expect.stringMatching(
        /^Endpoint request headers: \{X-Id=7, Accept=\*\/\*, User-Agent=curl, Content-Type=text\/plain, .*X-Amzn-Trace-Id=Root=1-[0-9a-f-]+, .*X-Forwarded-Proto=http.*\}$/,
      ),
      'Endpoint request body after transformations: the body',
      `Sending request to ${backend.url}/ok?a=1&q=a+b&q=2`,
      expect.stringMatching(/^Received response\. Status: 200, Integration latency: \d+ ms$/),
      expect.stringMatching(/^Endpoint response headers: \{.*X-Given=yes.*\}$/),
      'Endpoint response body before transformations: {"ok":"é"}',
      'Method response body after transformations: {"ok":"é"}',
      expect.stringMatching(/^Method response headers: \{.*X-Given=yes, .*x-amzn-RequestId=.*\}$/),
      'Successfully completed execution',
      'Method completed with status: 200',
    ]);
    expect(backend.received[0]!.body).toBe('the body');
  });

  it('without data trace tells neither headers nor bodies', async () => {
    const { sentences } = await sentencesOf({ 'GET /': proxy('/ok') }, {}, { dataTraceEnabled: false });
    expect(sentences!.map((each) => each.split(/[:{]/)[0])).toEqual([
      'Extended Request Id',
      'Verifying Usage Plan for request',
      "API Key  authorized because method 'GET /' does not require API Key. Request will not contribute to throttle or quota limits",
      'Usage Plan check succeeded for API Key  and API Stage abcdefghij/prod',
      'Starting execution for request',
      'HTTP Method',
      'Sending request to http',
      'Received response. Status',
      'Successfully completed execution',
      'Method completed with status',
    ]);
  });

  it('of a MOCK speaks of no endpoint', async () => {
    const { sentences } = await sentencesOf({ 'GET /': {} }, {});
    expect(sentences!.slice(9)).toEqual([
      'Method request body before transformations: ',
      'Method response body after transformations: ',
      expect.stringMatching(/^Method response headers: \{Content-Type=application\/json, /),
      'Successfully completed execution',
      'Method completed with status: 200',
    ]);
  });

  it('at level ERROR tells what went wrong only', async () => {
    expect((await sentencesOf({ 'GET /': {} }, {}, { loggingLevel: 'ERROR' })).sentences).toEqual([]);
    const { sentences } = await sentencesOf(
      { 'GET /': proxy('/silent', { timeoutInMillis: 50 }) },
      {},
      { loggingLevel: 'ERROR' },
    );
    expect(sentences).toEqual([
      'Execution failed due to a timeout error',
      'Gateway response type: INTEGRATION_TIMEOUT with status code: 504',
      'Method completed with status: 504',
    ]);
  });

  it('tells why, and how the gateway answered', async () => {
    const { sentences } = await sentencesOf({ 'GET /': { apiKeyRequired: true } }, {});
    expect(sentences!.slice(2)).toEqual([
      "API Key  not authorized because method 'GET /' requires API Key and API Key is not associated with a Usage Plan for API Stage abcdefghij/prod: API key missing",
      'Gateway response type: INVALID_API_KEY with status code: 403',
      'Gateway response body: {"message":"Forbidden"}',
      expect.stringMatching(
        /^Gateway response headers: \{Content-Type=application\/json, .*x-amzn-ErrorType=ForbiddenException.*\}$/,
      ),
      'Method completed with status: 403',
    ]);
    const failing = { 'GET /': { integration: { integrationResponses: [{ statusCode: '200', selectionPattern: '404' }] } } };
    expect((await sentencesOf(failing, {})).sentences).toContain(
      'Execution failed due to configuration error: No match for output mapping and no default output mapping configured',
    );
    const unreachable = { 'GET /': { integration: { type: 'HTTP_PROXY' as const, uri: 'http://127.0.0.1:1' } } };
    expect((await sentencesOf(unreachable, {})).sentences).toContain(
      'Execution failed due to a network error communicating with endpoint',
    );
  });

  it('goes to the group of its stage', async () => {
    const { exchange } = await sentencesOf({ 'GET /': {} }, {});
    expect(exchange.log!.settings.logGroup).toBe('API-Gateway-Execution-Logs_abcdefghij/prod');
  });

  it('begins where a setting for the method says so', async () => {
    const methodSettings = { '*/*': { ...SETTING, loggingLevel: 'OFF' }, 'a/GET': SETTING };
    const methods = { 'GET /a': {}, 'GET /b': {} };
    expect((await sentencesOf(methods, { path: '/a' }, {}, { stage: { methodSettings } })).sentences).not.toBeNull();
    expect((await sentencesOf(methods, { path: '/b' }, {}, { stage: { methodSettings } })).sentences).toBeNull();
  });

  it('cuts bodies at 1,024 bytes, and shows no bytes that are no text', async () => {
    const large = (await sentencesOf({ 'POST /': proxy('/large') }, { method: 'POST', body: 'é'.repeat(1000) })).sentences!;
    expect(large).toContain(`Method request body before transformations: ${'é'.repeat(512)} [TRUNCATED]`);
    expect(large).toContain(`Endpoint response body before transformations: ${'x'.repeat(1024)} [TRUNCATED]`);
    const binary = (await sentencesOf({ 'GET /': proxy('/binary') }, {})).sentences!;
    expect(binary).toContain('Method response body after transformations: [Binary Data]');
  });

  it('leaves bodies as they are', async () => {
    const { body } = await sentencesOf({ 'POST /': proxy('/large') }, { method: 'POST', body: 'y'.repeat(300_000) });
    expect([body.length, backend.received[0]!.body.length]).toEqual([5000, 300_000]);
  });
});

describe('security class: secrets in logs: the execution log', () => {
  const tokens = ['hunter2hunter2', 'Bearer hunter2.jwt', KEY];

  it('has neither credentials of clients, wherever they stand', async () => {
    const methods = { 'POST /': { apiKeyRequired: true, ...proxy('/cookie') } };
    const call = {
      method: 'POST',
      path: `/?x-api-key=${KEY}&X-Amz-Signature=hunter2hunter2&q=1`,
      headers: [
        'Authorization',
        tokens[1]!,
        'x-api-key',
        KEY,
        'Cookie',
        'session=hunter2hunter2',
        'X-Amz-Security-Token',
        tokens[0]!,
      ],
      body: JSON.stringify({ a: tokens, b: `${'x'.repeat(960)} ${tokens[1]}` }),
    };
    const { sentences, exchange } = await sentencesOf(methods, call);
    expect(exchange.status).toBe(200);
    const text = sentences!.join('\n');
    for (const secret of ['hunter2', KEY]) expect(text).not.toContain(secret);
    expect(text).toContain('API Key: ******r-more');
    expect(text).toContain('x-api-key=******r-more');
    expect(text).toContain('Authorization=******');
    expect(text).toContain('/cookie?x-api-key=******&X-Amz-Signature=******&q=1');
    expect(text).toContain('Usage Plan check succeeded for API Key ******r-more and API Stage abcdefghij/prod');
  });

  it('nor in events of functions', async () => {
    const functions = await httpBackend((response) => response.end('{"statusCode":200,"body":"ok"}'));
    const uri =
      'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations';
    const methods = { 'GET /': { apiKeyRequired: true, integration: { type: 'AWS_PROXY' as const, httpMethod: 'POST', uri } } };
    const headers = ['Authorization', `${tokens[1]} "é`, 'x-api-key', KEY, 'Cookie', 'session=hunter2hunter2'];
    const { sentences, exchange } = await sentencesOf(methods, { headers }, {}, { lambda: functions.url });
    await functions.close();
    expect(exchange.status).toBe(200);
    const text = sentences!.join('\n');
    expect(text).toContain('Endpoint request body after transformations: {"resource":"/"');
    expect(text).toContain('"Authorization":"******"');
    for (const secret of ['hunter2', KEY]) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/Signature=|Credential=/);
  });

  it('nor those of the API toward its backend', async () => {
    const requestParameters = {
      'integration.request.header.X-Backend-Key': "'hunter2'",
      'integration.request.querystring.code': "'hunter2'",
      'integration.request.header.Content-Type': "'text/plain'",
    };
    const text = (await sentencesOf({ 'GET /': proxy('/ok', { requestParameters }) }, {})).sentences!.join('\n');
    expect(text).not.toContain('hunter2');
    expect(text).toContain('X-Backend-Key=******');
    expect(text).toContain('code=******');
    expect(text).toContain('Content-Type=text/plain');
  });
});

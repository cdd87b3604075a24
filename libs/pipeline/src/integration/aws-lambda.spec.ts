import { fakeAws, type FakeAws, type MethodsOf, type TestCall, type TestGateway } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Http1Upstream } from '../upstream/http1-upstream.js';
import { TargetGuard } from '../upstream/target-guard.js';
import type { LambdaService } from './lambda-service.js';
import { callingFunctions, fakeLambda, payload, refusal, type FakeLambda } from './lambda.fixture.js';

let lambda: FakeLambda;
const gateways: TestGateway[] = [];

beforeEach(async () => void (lambda = await fakeLambda()));
afterEach(async () => {
  await lambda.close();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

type Integration = NonNullable<MethodsOf[string]['integration']>;

function calling(integration: Integration = {}, options: Parameters<typeof callingFunctions>[2] = {}): TestGateway {
  const gateway = callingFunctions(lambda, { type: 'AWS', ...integration }, options);
  gateways.push(gateway);
  return gateway;
}

const posted = (body: TestCall['body'], more: TestCall = {}): TestCall => ({ method: 'POST', path: '/pets/1', body, ...more });

describe('AWS with a Lambda function, the event', () => {
  it('is the body, byte for byte', async () => {
    await calling().call(posted('{"a" : "Grüße"}'));
    expect(lambda.invoked[0]?.body.toString()).toBe('{"a" : "Grüße"}');
    expect(lambda.invoked[0]?.headers).toMatchObject({
      'x-gatehouse-source-arn': 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/prod/POST/pets/{id}',
    });
  });

  it('has no members without a body', async () => {
    await calling().call({ path: '/pets/1' });
    expect(lambda.invoked[0]?.body.toString()).toBe('{}');
  });

  it('a body that is no JSON is what Lambda says of it: 400', async () => {
    const message = "Could not parse request body into json: Unrecognized token 'hello'";
    lambda.answer = refusal(400, 'InvalidRequestContentException', message);
    const answer = await calling().call(posted('hello'));
    expect([answer.status, answer.body]).toEqual([400, JSON.stringify({ message })]);
  });

  it('NEVER refuses bodies without a template: 415', async () => {
    const answer = await calling({ passthroughBehavior: 'NEVER' }).call(posted('{}'));
    expect([answer.status, answer.body]).toEqual([415, '{"message":"Unsupported Media Type"}']);
  });

  it.each(['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES'])('%s passes them through', async (passthroughBehavior) => {
    expect((await calling({ passthroughBehavior }).call(posted('{}'))).status).toBe(200);
  });

  it('is sent without waiting for an answer where the method says so: 200 without a body', async () => {
    lambda.answer = (response) => response.writeHead(202).end();
    const requestParameters = { 'integration.request.header.X-Amz-Invocation-Type': "'Event'" };
    const answer = await calling({ requestParameters }).call(posted('{}'));
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(lambda.invoked[0]?.headers['x-amz-invocation-type']).toBe('Event');
  });

  it('takes what Lambda heeds of the mapped parameters', async () => {
    const requestParameters = {
      'integration.request.header.X-Amz-Client-Context': 'method.request.header.Context',
      'integration.request.header.X-Amz-Log-Type': "'Tail'",
      'integration.request.querystring.Qualifier': 'stageVariables.alias',
    };
    const gateway = calling({ requestParameters }, { stage: { variables: { alias: 'li ve' } } });
    await gateway.call(posted('{}', { headers: ['Context', 'e30='] }));
    const [{ url, headers } = { url: '', headers: {} }] = lambda.invoked;
    expect(url).toMatch(/\/invocations\?Qualifier=li%20ve$/);
    expect(headers).toMatchObject({ 'x-amz-client-context': 'e30=', 'x-amz-log-type': 'Tail' });
  });

  it('security class: header injection: no mapping says on whose behalf a function is called', async () => {
    const requestParameters = {
      'integration.request.header.X-Gatehouse-Caller': "'admitted'",
      'integration.request.header.x-gatehouse-source-arn': "'arn:x'",
      'integration.request.header.x-amz-security-token': "'token'",
      'integration.request.header.X-Amz-Date': "'20200101T000000Z'",
      'integration.request.header.Host': "'other'",
      'integration.request.querystring.X-Amz-Signature': "'s'",
    };
    expect((await calling({ requestParameters }).call(posted('{}'))).status).toBe(200);
    const [{ url, headers } = { url: '', headers: {} }] = lambda.invoked;
    expect(url).not.toContain('?');
    expect(headers).toMatchObject({ 'x-gatehouse-caller': 'apigateway.amazonaws.com' });
    expect(headers).not.toHaveProperty('x-amz-security-token');
  });

  it('a value that cannot stand in a header is 400', async () => {
    const requestParameters = { 'integration.request.header.X-Amz-Client-Context': 'method.request.querystring.c' };
    expect((await calling({ requestParameters }).call(posted('{}', { path: '/pets/1?c=%0d%0aX:1' }))).status).toBe(400);
  });

  it('that is too large is 413', async () => {
    const answer = await calling().call(posted('a'.repeat(6 * 1024 * 1024 + 1)));
    expect([answer.status, answer.body]).toEqual([413, '{"message":"Request Too Long"}']);
  });
});

describe('AWS with a Lambda function, the answer', () => {
  it('is the payload, whatever it is', async () => {
    lambda.answer = payload('[1, "zwei"]');
    const answer = await calling().call(posted('{}'));
    expect([answer.status, answer.body, answer.header('content-type')]).toEqual([200, '[1, "zwei"]', 'application/json']);
    expect(answer.header('X-Amzn-Trace-Id')).toMatch(/^Root=/);
  });

  it('of a function that failed is 200 too, as long as no response is selected by the error', async () => {
    lambda.answer = payload({ errorMessage: 'no' }, { 'X-Amz-Function-Error': 'Unhandled' });
    const answer = await calling().call(posted('{}'));
    expect([answer.status, answer.body]).toEqual([200, '{"errorMessage":"no"}']);
  });

  it('has the mapped headers alone', async () => {
    lambda.answer = payload({}, { 'X-Amz-Executed-Version': '7', 'X-Other': 'o' });
    const responseParameters = {
      'method.response.header.Version': 'integration.response.header.X-Amz-Executed-Version',
      'method.response.header.Fixed': "'f'",
      'method.response.header.Server': "'s'",
    };
    const answer = await calling({ integrationResponses: [{ statusCode: '202', responseParameters }] }).call(posted('{}'));
    expect([answer.status, ...answer.headers.slice(0, 8)]).toEqual([
      202,
      ...['Fixed', 'f', 'x-amzn-Remapped-Server', 's', 'Version', '7', 'Content-Type', 'application/json'],
    ]);
  });

  it('without a response that fits is 500', async () => {
    const answer = await calling({ integrationResponses: [{ statusCode: '200', selectionPattern: 'x' }] }).call(posted('{}'));
    expect([answer.status, answer.body]).toEqual([500, '{"message":"Internal server error"}']);
  });

  it('the first response whose pattern matches is taken', async () => {
    lambda.answer = payload({ errorMessage: 'NotFound: pet' });
    const integrationResponses = [
      { statusCode: '200' },
      { statusCode: '404', selectionPattern: 'NotFound.*' },
      { statusCode: '500', selectionPattern: '.+' },
    ];
    expect((await calling({ integrationResponses }).call(posted('{}'))).status).toBe(404);
    lambda.answer = payload({ errorMessage: 'other' });
    expect((await calling({ integrationResponses }).call(posted('{}'))).status).toBe(500);
    lambda.answer = payload({ message: 'NotFound' });
    expect((await calling({ integrationResponses }).call(posted('{}'))).status).toBe(200);
  });

  it.each<[string, string, boolean]>([
    ['.*x.*', 'axb', true],
    ['x', 'axb', false],
    ['.*', '', true],
    ['.+', '', false],
    ['.*', 'two\nlines', false],
    ['(?s).*', 'two\nlines', true],
    ['(\\n|.)+', 'two\nlines', true],
    ['[\\s\\S]*', 'two\r\nlines\u2028', true],
    ['.*', 'a\u0085b', false],
    ['(?i)not ?found', 'NOTFOUND', true],
    ['(?i)ß', 'SS', false],
    ['(?i)ä', 'Ä', false],
    ['\\[BadRequest\\].*', '[BadRequest] name', true],
    ['.*"status":4\\d{2}.*', '{"status":404}', true],
    ['\\Qa.b\\E+', 'a.bb', true],
    ['\\Qa.b', 'aXb', false],
    ['^a$', 'a', true],
    ['^a|b$', 'b', true],
    ['a^b', 'ab', false],
    ['a$\\n', 'a\n', true],
    ['a$\\r\\n', 'a\r\n', true],
    ['a\\r$\\n', 'a\r\n', false],
    ['a\\z\\n', 'a\n', false],
    ['\\Aa\\Z', 'a', true],
    ['(?:ab){2,3}', 'ababab', true],
    ['(?:ab){2,3}', 'abababab', false],
    ['(?<n>a){2}', 'aa', true],
    ['a{0}', '', true],
    ['(a*)*b', 'aaab', true],
    ['(a|aa)+?', 'aaa', true],
    ['.', '😀', true],
    ['..', '😀', false],
    ['[^a-c]', 'd', true],
    ['[^a-c]', 'b', false],
    ['[a\\-z]', '-', true],
    ['[-a]', '-', true],
    ['[\\w.]+', 'a.b_9', true],
    ['\\w+', 'é', false],
    ['\\d+', '٣', false],
    ['\\x41\\u0042\\t', 'AB\t', true],
    ['a]}', 'a]}', true],
    ['Timeout|Task timed out.*', 'Task timed out after 3.00 seconds', true],
    ['', 'anything', true],
  ])('pattern %j and errorMessage %j: %s', async (selectionPattern, errorMessage, matches) => {
    lambda.answer = payload({ errorMessage });
    const integrationResponses = [
      { statusCode: '400', selectionPattern },
      ...(selectionPattern === '' ? [] : [{ statusCode: '200' }]),
    ];
    expect((await calling({ integrationResponses }).call(posted('{}'))).status).toBe(matches ? 400 : 200);
  });

  it.each(['not JSON', '"errorMessage"', '{"errorMessage":1}', '{"errorMessage":{"a":1}}', 'null', '[{"errorMessage":"x"}]', ''])(
    '%j has no error message',
    async (text) => {
      lambda.answer = payload(text);
      const integrationResponses = [{ statusCode: '400', selectionPattern: '.+' }, { statusCode: '200' }];
      expect((await calling({ integrationResponses }).call(posted('{}'))).status).toBe(200);
    },
  );

  it('security class: regular expressions that explode: patterns take time in proportion to the message', async () => {
    const integrationResponses = [{ statusCode: '400', selectionPattern: '(a*)*(a|a|aa)*b' }, { statusCode: '200' }];
    const gateway = calling({ integrationResponses });
    lambda.answer = payload({ errorMessage: 'a'.repeat(20_000) });
    const began = performance.now();
    expect((await gateway.call(posted('{}'))).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('a message that would take too long is 500, not the response of a success', async () => {
    const integrationResponses = [{ statusCode: '400', selectionPattern: '(a|b){100}.*b' }, { statusCode: '200' }];
    lambda.answer = payload({ errorMessage: 'a'.repeat(4_000_000) });
    const answer = await calling({ integrationResponses }).call(posted('{}'));
    expect([answer.status, answer.exchange.error?.reason]).toEqual([
      500,
      'an error message that is too long for the selection patterns',
    ]);
  });

  it.each([
    [404, 'ResourceNotFoundException', 500],
    [403, 'AccessDeniedException', 500],
    [429, 'TooManyRequestsException', 500],
    [500, 'ServiceException', 500],
    [413, 'RequestTooLargeException', 413],
  ])('%i %s of Lambda is %i', async (status, name, becomes) => {
    lambda.answer = refusal(status, name, 'why');
    const answer = await calling().call(posted('{}'));
    expect(answer.status).toBe(becomes);
    expect(answer.exchange.error?.reason).toContain('why');
  });
});

describe('AWS and AWS_PROXY with credentials', () => {
  const ROLE = 'arn:aws:iam::123456789012:role/caller';
  let aws: FakeAws;
  beforeEach(async () => void (aws = await fakeAws()));
  afterEach(() => aws.close());

  /** Behind AWS's own Lambda, which this plays too. */
  const behindAws = (integration: Integration, options: Parameters<typeof callingFunctions>[2] = {}) => {
    const upstream = new Http1Upstream({
      guard: new TargetGuard(),
      connectionsPerOrigin: 4,
      waitingPerOrigin: 4,
      keepAliveTimeout: 1000,
      connectTimeout: 1000,
      totalTimeout: 10_000,
    });
    const service: LambdaService = { upstream, origin: aws.url, credentials: aws.credentials, isOwn: false };
    return calling({ credentials: ROLE, ...integration }, { upstream, lambda: service, aws, ...options });
  };

  it.each(['AWS', 'AWS_PROXY'])('%s calls Lambda in the name of the role', async (type) => {
    aws.answer = (response) => response.end('{"statusCode":200,"body":"x"}');
    expect((await behindAws({ type: type as 'AWS' }).call(posted('{}'))).status).toBe(200);
    expect(aws.calls).toMatchObject([{ service: 'lambda', region: 'us-east-1', role: ROLE }]);
    expect(aws.calls[0]?.request.url).toContain('/invocations');
  });

  it('fails closed where the role cannot be had: 500', async () => {
    aws.trusts = () => false;
    const answer = await behindAws({}).call(posted('{}'));
    expect([answer.status, aws.calls.length]).toEqual([500, 0]);
  });

  it("asks the function's policy at Gatehouse's own functions service, where a role means nothing", async () => {
    const answer = await calling({ credentials: ROLE }).call(posted('{}'));
    expect(answer.status).toBe(200);
    expect(lambda.invoked[0]?.headers['x-gatehouse-source-arn']).toContain('abcdefghij/prod/POST/pets/{id}');
  });
});

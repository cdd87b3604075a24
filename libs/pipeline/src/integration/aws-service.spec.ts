import {
  fakeAws,
  gatewayFrom,
  restApiModel,
  type FakeAws,
  type GatewayFromOptions,
  type MethodsOf,
  type TestGateway,
} from '@gatehouse/testing';
import { accessLogVariable } from '../context-variables.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROLE = 'arn:aws:iam::123456789012:role/caller';

let aws: FakeAws;
const gateways: TestGateway[] = [];

beforeEach(async () => void (aws = await fakeAws()));
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await aws.close();
});

type Integration = NonNullable<MethodsOf[string]['integration']>;

/** A gateway whose only resource, `/q/{name+}`, calls a service. */
function calling(uri: string, integration: Integration = {}, options: GatewayFromOptions = {}): TestGateway {
  const complete: Integration = {
    type: 'AWS',
    httpMethod: 'POST',
    credentials: ROLE,
    uri: `arn:aws:apigateway:us-east-1:${uri}`,
    ...integration,
  };
  const gateway = gatewayFrom(restApiModel({ 'ANY /q/{name+}': { integration: complete } }), { aws, ...options });
  gateways.push(gateway);
  return gateway;
}

const post = (body = '', headers: string[] = []) => ({ method: 'POST', path: '/q/one', body, headers });
const failed = (status = 500, body = '{"message": "Internal server error"}') => ({
  status,
  body: expect.stringContaining(JSON.parse(body).message as string),
});

describe('AWS with another service than Lambda, the request', () => {
  it('by path goes there, with what is mapped, signed in the name of the role', async () => {
    const gateway = calling('sqs:path/123456789012/queue', {
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
    });
    const answer = await gateway.call(post('{"a":1}', ['X-Other', 'client', 'Content-Type', 'application/json']));
    expect([answer.status, answer.body]).toEqual([200, '{}']);
    const [{ service, region, role, request }] = aws.calls as [FakeAws['calls'][number]];
    expect({ service, region, role }).toEqual({ service: 'sqs', region: 'us-east-1', role: ROLE });
    expect([request.method, request.url, request.body]).toEqual([
      'POST',
      '/123456789012/queue',
      'Action=SendMessage&MessageBody=%7B%22a%22%3A1%7D',
    ]);
    expect(request.header('content-type')).toBe('application/x-www-form-urlencoded');
    expect(request.header('accept')).toBe('application/json');
    expect(request.header('user-agent')).toBe('AmazonAPIGateway_abcdefghij');
    expect(request.header('x-amzn-trace-id')).toMatch(/^Root=1-/);
    expect(request.header('x-other')).toBeUndefined();
  });

  it.each([
    ['dynamodb', 'GetItem', 'DynamoDB_20120810.GetItem', '1.0', 'dynamodb'],
    ['streams.dynamodb', 'ListStreams', 'DynamoDBStreams_20120810.ListStreams', '1.0', 'dynamodb'],
    ['kinesis', 'PutRecord', 'Kinesis_20131202.PutRecord', '1.1', 'kinesis'],
    ['states', 'StartExecution', 'AWSStepFunctions.StartExecution', '1.0', 'states'],
    ['events', 'PutEvents', 'AWSEvents.PutEvents', '1.1', 'events'],
    ['logs', 'PutLogEvents', 'Logs_20140328.PutLogEvents', '1.1', 'logs'],
    ['kms', 'Encrypt', 'TrentService.Encrypt', '1.1', 'kms'],
    ['ssm', 'GetParameter', 'AmazonSSM.GetParameter', '1.1', 'ssm'],
    ['secretsmanager', 'GetSecretValue', 'secretsmanager.GetSecretValue', '1.1', 'secretsmanager'],
    ['firehose', 'PutRecord', 'Firehose_20150804.PutRecord', '1.1', 'firehose'],
  ])('by action of %s says %s in its target', async (name, action, target, version, signingName) => {
    await calling(`${name}:action/${action}`).call(post('{"x":1}', ['Content-Type', 'application/json']));
    const [{ service, request }] = aws.calls as [FakeAws['calls'][number]];
    expect([service, request.url, request.body, request.header('x-amz-target'), request.header('content-type')]).toEqual([
      signingName,
      '/',
      '{"x":1}',
      target,
      `application/x-amz-json-${version}`,
    ]);
  });

  it('by action of a service of queries says it there, with what is mapped and what the uri has', async () => {
    const requestParameters = {
      'integration.request.querystring.Message': 'method.request.querystring.m',
      'integration.request.path.topic': "'arn:aws:sns:us-east-1:1:t'",
    };
    await calling('sns:action/Publish&TopicArn={topic}', { requestParameters }).call({ path: '/q/one?m=a%26b%20+' });
    expect(aws.calls[0]?.request.url).toBe('/?Action=Publish&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A1%3At&Message=a%26b%20%20');
    expect(aws.calls[0]?.service).toBe('sns');
  });

  it('puts parameters into paths, and signs those of S3 as S3 does', async () => {
    const requestParameters = { 'integration.request.path.key': 'method.request.path.name' };
    const integration = { httpMethod: 'ANY', requestParameters };
    await calling('my-bucket.s3:path/{key}', integration).call({ path: '/q/a%20b/c:d%2Be.txt' });
    const [{ service, request }] = aws.calls as [FakeAws['calls'][number]];
    expect([service, request.method, request.url]).toEqual(['s3', 'GET', '/my-bucket/a%20b/c:d%2Be.txt']);
    expect(request.header('x-amz-content-sha256')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('carries bytes of binary media types as they are', async () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    const integration: Integration = {
      type: 'AWS',
      httpMethod: 'PUT',
      credentials: ROLE,
      uri: 'arn:aws:apigateway:us-east-1:s3:path/bucket/key',
    };
    const model = restApiModel({ 'PUT /': { integration } }, { binaryMediaTypes: ['image/png'] });
    const gateway = gatewayFrom(model, { aws });
    gateways.push(gateway);
    aws.answer = (response, { request }) => response.setHeader('Content-Type', 'image/png').end(request.bytes);
    const answer = await gateway.call({
      method: 'PUT',
      body: bytes,
      headers: ['Content-Type', 'image/png', 'Accept', 'image/png'],
    });
    expect([answer.status, aws.calls[0]?.request.bytes, answer.bytes]).toEqual([200, bytes, bytes]);
    const text = await gateway.call({ method: 'PUT', body: bytes, headers: ['Content-Type', 'image/png'] });
    expect(text.body).toBe(bytes.toString('base64'));
  });

  it('takes the names of regions and services from the uri alone', async () => {
    const uri = 'arn:aws:apigateway:eu-central-1:email:action/SendEmail';
    await calling('', { uri }).call(post());
    expect(aws.calls[0]).toMatchObject({ service: 'ses', region: 'eu-central-1' });
  });

  it('refuses bodies without a template where it says so: 415', async () => {
    expect((await calling('sqs:path/q', { passthroughBehavior: 'NEVER' }).call(post('x'))).status).toBe(415);
    expect(aws.calls).toEqual([]);
  });

  it('security class: header injection: neither mappings nor templates have a say in the signature, or in what is asked for', async () => {
    const requestTemplates = {
      'application/json': `#set($context.requestOverride.header.Authorization = 'AWS4-HMAC-SHA256 x')
        #set($context.requestOverride.header.Host = 'other')
        #set($context.requestOverride.header['X-Amz-Target'] = 'DynamoDB_20120810.DeleteTable'){}`,
    };
    const requestParameters = {
      'integration.request.header.X-Amz-Date': "'20200101T000000Z'",
      'integration.request.header.X-Amz-Security-Token': "'token'",
      'integration.request.header.__proto__': "'x'",
    };
    const answer = await calling('dynamodb:action/GetItem', { requestTemplates, requestParameters }).call(post('{}'));
    expect(answer.status).toBe(200);
    expect(aws.calls[0]?.request.header('x-amz-target')).toBe('DynamoDB_20120810.GetItem');
    expect(aws.calls[0]?.request.header('host')).toBe(new URL(aws.url).host);
  });

  it('security class: SSRF by integrations: values stay in their place of the path', async () => {
    const requestParameters = { 'integration.request.path.key': 'method.request.header.key' };
    const gateway = calling('s3:path/bucket/{key}', { requestParameters });
    const answer = await gateway.call(post('', ['key', '../../other-bucket']));
    expect(answer.status).toBe(400);
    expect(aws.calls).toEqual([]);
  });
});

describe('AWS with another service than Lambda, the answer', () => {
  const responses = [
    { statusCode: '200', responseTemplates: { 'application/json': "$input.path('$.MessageId')" } },
    { statusCode: '400', selectionPattern: '4\\d{2}', responseParameters: { 'method.response.header.Code': "'bad'" } },
  ];

  it('is selected by the status, and transformed', async () => {
    const gateway = calling('sqs:path/q', { integrationResponses: responses });
    aws.answer = (response) => response.setHeader('x-amzn-RequestId', 'of-sqs').end('{"MessageId":"m1"}');
    const good = await gateway.call(post());
    expect([good.status, good.body]).toEqual([200, 'm1']);
    expect(good.header('x-amzn-trace-id')).toBeDefined();
    expect(accessLogVariable('awsEndpointRequestId')?.(good.exchange)).toBe('of-sqs');
    aws.answer = (response) => response.writeHead(404).end('no queue');
    const bad = await gateway.call(post());
    expect([bad.status, bad.body, bad.header('code')]).toEqual([400, 'no queue', 'bad']);
  });

  it('above 10 MB that a template is to read is 500', async () => {
    aws.answer = (response) => response.end(Buffer.alloc(10_485_761, 0x20));
    const gateway = calling('sqs:path/q', { integrationResponses: responses });
    expect((await gateway.call(post())).status).toBe(500);
  });

  it('that does not come in time is 504', async () => {
    aws.answer = () => undefined;
    const answer = await calling('sqs:path/q', { timeoutInMillis: 50 }).call(post());
    expect([answer.status, answer.body]).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });
});

describe('roles', () => {
  it('are asked for once, whoever waits', async () => {
    const gateway = calling('sqs:path/q');
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.call(post('x'))));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(aws.assumed).toEqual([ROLE]);
  });

  it('are asked for anew before their sessions end, while these serve', async () => {
    aws.lifetime = 299;
    const gateway = calling('sqs:path/q');
    await gateway.call(post());
    await gateway.call(post());
    await expect.poll(() => aws.assumed.length).toBe(2);
    const signers = aws.calls.map(({ request }) => /Credential=([^/]+)/.exec(request.header('authorization') ?? '')?.[1]);
    expect(signers).toEqual(['ASIASESSION000001', 'ASIASESSION000001']);
  });

  it('whose sessions have ended are asked for before anything is signed', async () => {
    aws.lifetime = 10;
    const gateway = calling('sqs:path/q');
    await gateway.call(post());
    await gateway.call(post());
    expect([aws.assumed.length, aws.calls.length]).toEqual([2, 2]);
  });

  it('that do not trust the gateway are 500, and are not asked for again at once', async () => {
    aws.trusts = () => false;
    const gateway = calling('sqs:path/q');
    const first = await gateway.call(post());
    expect(first).toMatchObject(failed());
    expect(first.exchange.error?.reason).toBe("the integration's role could not be assumed: 403 AccessDenied");
    await gateway.call(post());
    expect([aws.assumed.length, aws.calls.length]).toEqual([1, 0]);
  });

  it('come from stage variables too', async () => {
    const gateway = calling(
      'sqs:path/q',
      { credentials: 'arn:aws:iam::123456789012:role/${stageVariables.role}' },
      {
        stage: { variables: { role: 'team/a' } },
      },
    );
    await gateway.call(post());
    expect(aws.calls[0]?.role).toBe('arn:aws:iam::123456789012:role/team/a');
  });

  it('security class: tenant escape: are of the account of the API, whatever stage variables say', async () => {
    const gateway = calling(
      'sqs:path/q',
      { credentials: '${stageVariables.role}' },
      {
        stage: { variables: { role: 'arn:aws:iam::210987654321:role/caller' } },
      },
    );
    const answer = await gateway.call(post());
    expect(answer).toMatchObject(failed());
    expect(answer.exchange.error?.reason).toBe("the integration's credentials name no role of the API's account");
    expect([aws.assumed, aws.calls]).toEqual([[], []]);
  });

  it('cannot be had without credentials of the gateway: 500', async () => {
    const gateway = gatewayFrom(
      restApiModel({
        'ANY /q': {
          integration: { type: 'AWS', httpMethod: 'POST', credentials: ROLE, uri: 'arn:aws:apigateway:us-east-1:sqs:path/q' },
        },
      }),
    );
    gateways.push(gateway);
    const answer = await gateway.call({ path: '/q' });
    expect(answer).toMatchObject(failed());
    expect(answer.exchange.error?.reason).toMatch(/GATEHOUSE_AWS_ACCESS_KEY_ID/);
  });

  it('are 500 where STS is not there, and the reason is logged', async () => {
    await aws.close();
    const answer = await calling('sqs:path/q').call(post());
    expect(answer).toMatchObject(failed());
    expect(answer.exchange.error?.reason).toBe("the integration's role could not be assumed: network: ECONNREFUSED");
  });

  it('that STS has trouble with are 500', async () => {
    aws.trusts = () => {
      throw new Error('STS is ill');
    };
    expect((await calling('sqs:path/q').call(post())).exchange.error?.reason).toMatch(/could not be assumed: 403/);
  });
});

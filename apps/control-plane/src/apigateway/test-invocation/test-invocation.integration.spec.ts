import type { MethodModel } from '@gatehouse/api-model';
import { checkSignature, readSignature, verifySignature } from '@gatehouse/sigv4';
import { dataPlaneKey, type TestInvocation, type TestOutcome } from '@gatehouse/snapshot';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientCertificatesService } from '../client-certificate/client-certificate.service.js';
import { Serving } from '../stage/serving.fixture.js';
import { Definition, refusal } from '../rest-api/definition.fixture.js';

const { calls } = dataPlaneKey(Buffer.alloc(32, 1));
const METHOD: TestOutcome = {
  kind: 'method',
  status: 200,
  headers: [
    ['X-A', '1'],
    ['x-a', '2'],
    ['__proto__', '3'],
  ],
  body: 'hello',
  log: 'Execution log',
  latency: 7,
};
const AUTHORIZER: TestOutcome = {
  kind: 'authorizer',
  clientStatus: 0,
  log: 'l',
  latency: 3,
  principalId: 'me',
  policy: '{}',
  claims: [],
};

/** What the gateway was asked to run. */
const asked: TestInvocation[] = [];
let answer: (response: ServerResponse) => void;
const gateway = createServer((request: IncomingMessage, response: ServerResponse) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    const head = { method: request.method ?? '', rawTarget: request.url ?? '', rawHeaders: request.rawHeaders };
    const presented = readSignature(head);
    checkSignature(presented, head, { service: 'gatehouse', now: Date.now() });
    verifySignature(presented, head, body, calls.secretAccessKey);
    asked.push(JSON.parse(body.toString()) as TestInvocation);
    answer(response);
  });
});

let server: TestDatabase;
let api: Definition;
let without: Definition;

beforeAll(async () => {
  gateway.listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  server = await createDatabase();
  api = await Definition.open(server.url, 'none', new URL(`http://127.0.0.1:${(gateway.address() as AddressInfo).port}`));
  without = await Definition.open(server.url);
});
afterAll(async () => {
  await Promise.all([api?.close(), without?.close()]);
  await server?.drop();
  gateway.close();
});
beforeEach(() => {
  asked.length = 0;
  answer = (response) => void response.end(JSON.stringify(METHOD));
});

/** A method of a MOCK integration, guarded by all that a test leaves out. */
async function guardedMethod(httpMethod = 'GET', more: Partial<MethodModel> = {}) {
  const { id, rootResourceId } = await api.newApi();
  await api.restApis.updateRestApi(api.call, {
    restApiId: id,
    patchOperations: [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' }],
  });
  const key = { restApiId: id, resourceId: rootResourceId, httpMethod };
  await api.methods.putMethod(api.call, { ...key, authorizationType: 'AWS_IAM', apiKeyRequired: true, ...more });
  await api.integrations.putIntegration(api.call, { ...key, type: 'MOCK', timeoutInMillis: 1_000 });
  return key;
}

describe('TestInvokeMethod', () => {
  it('has a gateway run the method as it is now, without guards', async () => {
    const key = await guardedMethod();
    const stageVariables = { v: 'w' };
    const headers = { A: '1', B: '2' };
    const multiValueHeaders = { b: ['3', '4'] };
    const given = { pathWithQueryString: '/?a=b', body: '{}', stageVariables, headers, multiValueHeaders };
    const said = await api.methods.testInvokeMethod(api.call, { ...key, ...given });
    expect(said).toMatchObject({ status: 200, body: 'hello', log: 'Execution log', latency: 7 });
    expect(Object.entries(said.headers!)).toEqual([
      ['X-A', '2'],
      ['__proto__', '3'],
    ]);
    expect(Object.entries(said.multiValueHeaders!)).toEqual([
      ['X-A', ['1', '2']],
      ['__proto__', ['3']],
    ]);
    const [{ deployment, stage, ...test }] = asked as [TestInvocation];
    expect(test).toMatchObject({
      kind: 'method',
      httpMethod: 'GET',
      pathWithQueryString: '/?a=b',
      body: '{}',
      scope: api.call.scope,
    });
    expect(test.headers).toEqual([
      ['A', '1'],
      ['b', '3'],
      ['b', '4'],
    ]);
    expect(deployment.routes).toHaveLength(1);
    expect(deployment.routes[0]).toMatchObject({ httpMethod: 'GET', path: '/', apiKeyRequired: false });
    expect(deployment.routes[0]).not.toHaveProperty('authorization');
    expect(stage).toMatchObject({ stageName: 'test-invoke-stage', variables: [['v', 'w']] });
  });

  it('runs an ANY method for a verb that has no method, and as GET where none is named', async () => {
    const key = await guardedMethod('ANY');
    for (const httpMethod of ['DELETE', 'ANY']) await api.methods.testInvokeMethod(api.call, { ...key, httpMethod });
    expect(asked.map(({ httpMethod }) => httpMethod)).toEqual(['DELETE', 'GET']);
  });

  it('compiles the method alone: another one without integration is none of its business', async () => {
    const key = await guardedMethod();
    await api.methods.putMethod(api.call, { ...key, httpMethod: 'POST', authorizationType: 'NONE' });
    expect(await api.methods.testInvokeMethod(api.call, key)).toMatchObject({ status: 200 });
    expect(await refusal(api.methods.testInvokeMethod(api.call, { ...key, httpMethod: 'POST' }))).toBe(
      'BadRequestException: No integration defined for method',
    );
  });

  it('refuses what is not there, and what gateways cannot enforce, by name', async () => {
    const key = await guardedMethod();
    const test = (more: object) => refusal(api.methods.testInvokeMethod(api.call, { ...key, ...more }));
    expect(await test({ resourceId: 'nix' })).toBe('NotFoundException: Invalid Resource identifier specified');
    expect(await test({ restApiId: 'nix' })).toBe('NotFoundException: Invalid Resource identifier specified');
    for (const httpMethod of ['PUT', 'nix'])
      expect(await test({ httpMethod })).toBe('NotFoundException: Invalid Method identifier specified');
    expect(await test({ clientCertificateId: 'abc' })).toBe(
      'BadRequestException: Invalid Client Certificate identifier specified',
    );
    expect(asked).toEqual([]);
  });

  it('sends the client certificate that it names along, with its key sealed for gateways', async () => {
    const serving = await Serving.open(server.url);
    const certificates = new ClientCertificatesService(serving.definition.database, serving.unitOfWork, serving.config);
    const { clientCertificateId, pemEncodedCertificate } = await certificates.generateClientCertificate(api.call, {});
    await api.methods.testInvokeMethod(api.call, { ...(await guardedMethod()), clientCertificateId: clientCertificateId! });
    const { clientCertificate } = asked[0]!.stage;
    expect(clientCertificate).toMatchObject({ clientCertificateId, certificate: pemEncodedCertificate });
    expect(JSON.stringify(clientCertificate)).not.toContain('PRIVATE KEY');
    await serving.close();
  });

  it("gives the gateway's refusals on, and says where none answers", async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const key = await guardedMethod();
    const test = () => refusal(api.methods.testInvokeMethod(api.call, key));
    answer = (response) => void response.end(JSON.stringify({ kind: 'refused', message: 'Invalid header specified' }));
    expect(await test()).toBe('BadRequestException: Invalid header specified');
    answer = (response) => void response.writeHead(429).end('Too many');
    expect(await test()).toBe('TooManyRequestsException: Too Many Requests');
    for (const broken of [
      (response: ServerResponse) => void response.writeHead(503).end('no worker'),
      (response: ServerResponse) => void response.end('{'),
      (response: ServerResponse) => void response.destroy(),
    ]) {
      answer = broken;
      expect(await test()).toBe('ServiceUnavailableException: No gateway could run the test. Please try again later.');
    }
    vi.restoreAllMocks();
  });

  it('needs to be told where gateways are', async () => {
    const key = await guardedMethod();
    expect(await refusal(without.methods.testInvokeMethod(api.call, key))).toBe(
      'BadRequestException: Nothing can be tested here: GATEHOUSE_TEST_INVOKE_ENDPOINT is not set',
    );
  });
});

describe('TestInvokeAuthorizer', () => {
  const newAuthorizer = async (more: object = {}) => {
    const { id } = await api.newApi();
    const fn = 'arn:aws:lambda:us-east-1:123456789012:function:auth';
    const authorizer = await api.authorizers.createAuthorizer(api.call, {
      restApiId: id,
      name: 'first',
      type: 'TOKEN',
      authorizerUri: `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${fn}/invocations`,
      identitySource: 'method.request.header.Authorization',
      ...more,
    });
    return { restApiId: id, authorizerId: authorizer.id! };
  };

  it('has a gateway ask the authorizer as it is now, whichever methods there are', async () => {
    answer = (response) => void response.end(JSON.stringify(AUTHORIZER));
    const key = await newAuthorizer();
    const given = { headers: { Authorization: 'x' }, additionalContext: { a: 'b' }, stageVariables: { v: 'w' } };
    expect(await api.authorizers.testInvokeAuthorizer(api.call, { ...key, ...given })).toEqual({
      clientStatus: 0,
      log: 'l',
      latency: 3,
      principalId: 'me',
      policy: '{}',
      authorization: {},
      claims: {},
    });
    const [test] = asked as [TestInvocation];
    expect(test).toMatchObject({ kind: 'authorizer', headers: [['Authorization', 'x']], additionalContext: [['a', 'b']] });
    expect(test.deployment.authorizers).toMatchObject([{ authorizerId: key.authorizerId, type: 'TOKEN' }]);
    expect(test.stage).toMatchObject({ stageName: 'ESTestInvoke-stage', variables: [['v', 'w']] });
  });

  it('refuses what is not there, and what gateways cannot enforce, by name', async () => {
    const key = await newAuthorizer({ authorizerCredentials: 'arn:aws:iam::123456789012:role/x' });
    const test = (more: object = {}) => refusal(api.authorizers.testInvokeAuthorizer(api.call, { ...key, ...more }));
    expect(await test()).toMatch(/^BadRequestException: The gateways cannot enforce .*authorizerCredentials$/);
    expect(await test({ authorizerId: 'nix' })).toBe('NotFoundException: Invalid Authorizer identifier specified');
  });
});

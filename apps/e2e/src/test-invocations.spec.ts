import {
  CreateAuthorizerCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  TestInvokeAuthorizerCommand,
  TestInvokeMethodCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { createArchive } from '@gatehouse/function-archive';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, type Backend } from './backend.js';
import { ask } from './http.js';
import { Product, REGION } from './product.js';

const ACCOUNT = '123456789012';
const AUTHORIZER = `export const handler = async ({ authorizationToken, methodArn }) => ({
  principalId: authorizationToken,
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: 'Deny', Resource: methodArn }] },
});`;

let backend: Backend;
let product: Product;
let client: APIGatewayClient;
let restApiId: string;
let rootId: string;

beforeAll(async () => {
  backend = await startBackend((request, body, response) => {
    response.setHeader('X-From', 'backend').end(`${request.method} ${request.url} ${body.toString()}`);
  });
  product = await Product.start({ controlPlanes: 1, gateways: 1, functions: true }, { GATEHOUSE_WORKERS: '2' });
  client = product.controlPlanes[0]!.client();
  const api = await client.send(new CreateRestApiCommand({ name: 'tested' }));
  restApiId = api.id!;
  rootId = api.rootResourceId!;
});
afterAll(async () => {
  await product?.stop();
  await backend?.stop();
});

/** A method that nobody can call: of AWS_IAM, with an API key, and never deployed. */
async function newMethod(pathPart: string, uri: string, httpMethod = 'POST') {
  const { id } = await client.send(new CreateResourceCommand({ restApiId, parentId: rootId, pathPart }));
  const key = { restApiId, resourceId: id!, httpMethod };
  await client.send(new PutMethodCommand({ ...key, authorizationType: 'AWS_IAM', apiKeyRequired: true }));
  await client.send(new PutIntegrationCommand({ ...key, type: 'HTTP_PROXY', integrationHttpMethod: httpMethod, uri }));
  return key;
}

describe('TestInvokeMethod', () => {
  it('calls the backend from the gateway, and tells answer and log', async () => {
    const key = await newMethod('pets', `${backend.url}/to`);
    const answer = await client.send(
      new TestInvokeMethodCommand({ ...key, pathWithQueryString: '/pets?a=1', body: '{"é":1}', headers: { 'X-A': 'b' } }),
    );
    expect(answer).toMatchObject({ status: 200, body: 'POST /to?a=1 {"é":1}', headers: { 'X-From': 'backend' } });
    expect(answer.multiValueHeaders).toMatchObject({ 'X-From': ['backend'] });
    expect(answer.latency).toBeGreaterThanOrEqual(0);
    expect(answer.log).toMatch(
      /^Execution log for request [0-9a-f-]{36}\n\w{3} \w{3} \d\d \d\d:\d\d:\d\d UTC \d{4} : Starting execution/,
    );
    expect(answer.log).toMatch(/ : Successfully completed execution\n.* : Method completed with status: 200\n$/);
    expect(answer.log).toContain('Method request headers: {X-A=b}');
  });

  it('security class: SSRF by integrations: reaches neither the internal port nor Redis', async () => {
    const [gateway] = product.gateways;
    const key = await newMethod('inside', `http://127.0.0.1:${gateway!.internalPort}/metrics`, 'GET');
    const { status, log } = await client.send(new TestInvokeMethodCommand(key));
    expect(status).toBe(500);
    expect(log).toContain('refused target');
  });

  it('security class: the gateway as a way to its own internals: the internal port runs nothing that is not signed', async () => {
    const [gateway] = product.gateways;
    const answer = await ask({ port: gateway!.internalPort, path: '/test-invocations', method: 'POST', body: '{}' });
    expect(answer.status).toBe(403);
    expect((await gateway!.call(restApiId, '/test-invocations', { method: 'POST' })).status).toBe(403);
  });
});

describe('TestInvokeAuthorizer', () => {
  it('asks the function, and tells its policy', async () => {
    const lambda = product.controlPlanes[0]!.lambda();
    const { FunctionArn: arn } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'authorizer',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: `arn:aws:iam::${ACCOUNT}:role/authorizer`,
        Code: { ZipFile: await createArchive([{ path: 'index.mjs', content: AUTHORIZER }]) },
      }),
    );
    const { id } = await client.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: 'first',
        type: 'TOKEN',
        authorizerUri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`,
        identitySource: 'method.request.header.Authorization',
      }),
    );
    const test = () =>
      client.send(new TestInvokeAuthorizerCommand({ restApiId, authorizerId: id!, headers: { Authorization: 'me' } }));
    expect(await test()).toMatchObject({ clientStatus: 500 });
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'authorizer',
        StatementId: 's',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${restApiId}/authorizers/${id}`,
      }),
    );
    await expect.poll(async () => (await test()).clientStatus, { timeout: 15_000 }).toBe(0);
    const { principalId, policy, log, authorization, claims } = await test();
    expect([principalId, authorization, claims]).toEqual(['me', {}, {}]);
    expect(JSON.parse(policy!)).toMatchObject({
      Statement: [{ Effect: 'Deny', Resource: expect.stringContaining(`${restApiId}/ESTestInvoke-stage/GET/`) as string }],
    });
    expect(log).toContain(' : Successfully completed authorizer execution\n');
  });
});

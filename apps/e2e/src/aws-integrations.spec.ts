import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateVpcLinkCommand,
  GenerateClientCertificateCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  UpdateStageCommand,
  type APIGatewayClient,
  type PutIntegrationCommandInput,
} from '@aws-sdk/client-api-gateway';
import { fakeAws, issueCertificate, type FakeAws } from '@gatehouse/testing';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { Product, REGION } from './product.js';

// Services of AWS behind a gateway, played by a server of this process that checks each signature; and other ways to backends.

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/api-to-services`;
const BALANCER = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/net/internal/0123456789abcdef`;

let aws: FakeAws;
let internal: Backend;
let tls: Server;
let product: Product;
let client: APIGatewayClient;
let apiId: string;

beforeAll(async () => {
  aws = await fakeAws();
  aws.answer = (response, { service, request }) => {
    const isMissing = request.body.includes('"missing"');
    response.writeHead(isMissing ? 400 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(isMissing ? { __type: 'ResourceNotFoundException' } : { service, asked: request.url }));
  };
  internal = await startBackend();
  const own = issueCertificate();
  tls = createServer(
    { cert: own.certificate, key: own.privateKey, requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      response.end(JSON.stringify(subject?.CN ?? null));
    },
  );
  await once(tls.listen(0, '127.0.0.1'), 'listening');
  product = await Product.start(
    { controlPlanes: 1, gateways: 1 },
    {
      GATEHOUSE_AWS_ENDPOINT: aws.url,
      GATEHOUSE_AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
      GATEHOUSE_AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
      GATEHOUSE_VPC_LINKS: `${BALANCER}=${new URL(internal.url).host}`,
    },
  );
  client = product.controlPlanes[0]!.client();
  apiId = await createApi();
});
afterAll(async () => {
  await product?.stop();
  await Promise.all([aws?.close(), internal?.stop()]);
  tls?.close();
});

async function createApi(): Promise<string> {
  const { id: restApiId, rootResourceId: parentId } = await client.send(new CreateRestApiCommand({ name: 'services' }));
  const put = async (pathPart: string, integration: Partial<PutIntegrationCommandInput>, responses: [string, string?][] = []) => {
    const { id: resourceId } = await client.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
    const method = { restApiId, resourceId, httpMethod: 'POST' };
    await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    await client.send(new PutIntegrationCommand({ ...method, integrationHttpMethod: 'POST', type: 'AWS', ...integration }));
    for (const [statusCode, selectionPattern] of responses) {
      await client.send(new PutMethodResponseCommand({ ...method, statusCode }));
      await client.send(new PutIntegrationResponseCommand({ ...method, statusCode, selectionPattern }));
    }
  };
  const service = (rest: string) => ({ uri: `arn:aws:apigateway:${REGION}:${rest}`, credentials: ROLE });
  await put(
    'queue',
    {
      ...service(`sqs:path/${ACCOUNT}/orders`),
      requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
      requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' },
    },
    [['200']],
  );
  await put('item', service('dynamodb:action/GetItem'), [['200'], ['404', '400']]);
  const { id: connectionId } = await client.send(new CreateVpcLinkCommand({ name: 'internal', targetArns: [BALANCER] }));
  await put('linked', { type: 'HTTP_PROXY', uri: 'http://orders.internal/new', connectionType: 'VPC_LINK', connectionId });
  const { port } = tls.address() as AddressInfo;
  await put('certified', {
    type: 'HTTP_PROXY',
    uri: `https://127.0.0.1:${port}/`,
    tlsConfig: { insecureSkipVerification: true },
  });
  await put('direct', { type: 'HTTP_PROXY', uri: aws.url });
  await client.send(new CreateDeploymentCommand({ restApiId, stageName: 'dev' }));
  await until('the API to be served', async () => ((await call(restApiId!, 'linked')).status === 200 ? true : undefined));
  return restApiId!;
}

const call = (api: string, path: string, body = '{}') =>
  product.gateways[0]!.call(api, `/dev/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });

describe('services of AWS', () => {
  it('are called by path, with what a template makes, in the name of the role', async () => {
    const answer = await call(apiId, 'queue', '{"order":"Grüße & more"}');
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { service: 'sqs', asked: `/${ACCOUNT}/orders` }]);
    expect(aws.calls.at(-1)).toMatchObject({
      role: ROLE,
      region: REGION,
      request: {
        body: `Action=SendMessage&MessageBody=${encodeURIComponent('{"order":"Grüße & more"}').replaceAll('%20', '+')}`,
      },
    });
  });

  it('are called by action, and answer by their status', async () => {
    const found = await call(apiId, 'item', '{"TableName":"orders"}');
    expect([found.status, JSON.parse(found.body)]).toEqual([200, { service: 'dynamodb', asked: '/' }]);
    expect(aws.calls.at(-1)?.request.header('x-amz-target')).toBe('DynamoDB_20120810.GetItem');
    const missing = await call(apiId, 'item', '{"TableName":"missing"}');
    expect([missing.status, missing.body]).toEqual([404, '{"__type":"ResourceNotFoundException"}']);
  });

  it('security class: SSRF by integrations: nobody gets to them without a role', async () => {
    const before = aws.calls.length;
    expect(await call(apiId, 'direct')).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
    expect(aws.calls.length).toBe(before);
  });
});

describe('ways to backends', () => {
  it('a VPC link leads where the operator said that its target is, with the host of the uri', async () => {
    const answer = await call(apiId, 'linked');
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { method: 'POST', url: '/new' }]);
    expect(internal.requests.at(-1)?.headers.host).toBe('orders.internal');
  });

  it("backends are shown the stage's client certificate, and none any more when it is taken away", async () => {
    const seen = async () => (await call(apiId, 'certified')).body;
    expect(await seen()).toBe('null');
    const { clientCertificateId } = await client.send(new GenerateClientCertificateCommand({}));
    const patch = (value: string) =>
      client.send(
        new UpdateStageCommand({
          restApiId: apiId,
          stageName: 'dev',
          patchOperations: [{ op: 'replace', path: '/clientCertificateId', value }],
        }),
      );
    await patch(clientCertificateId!);
    await until('the certificate to be shown', async () => ((await seen()) === '"ApiGateway"' ? true : undefined));
    await patch('');
    await until('no certificate to be shown', async () => ((await seen()) === 'null' ? true : undefined));
  });
});

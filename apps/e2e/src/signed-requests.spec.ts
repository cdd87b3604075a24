import {
  APIGatewayClient,
  CreateDeploymentCommand,
  ImportRestApiCommand,
  UpdateRestApiCommand,
} from '@aws-sdk/client-api-gateway';
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin } from './admin.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import type { Answer } from './http.js';
import { Product, REGION, type GatewayProcess } from './product.js';

// Users who sign their requests with the clients that they have, against methods of AWS_IAM and resource policies.

const run = promisify(execFile);
const isThere = (command: string, args: string[]) => spawnSync(command, args).status === 0;
const withoutCurl = !spawnSync('curl', ['--help', 'all']).stdout?.toString().includes('--aws-sigv4');
const withoutBotocore = !isThere('python3', ['-c', 'import botocore']);

interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** What the SDK's own signer is, as far as it is needed here. */
interface Signer {
  sign(request: object, options: object): Promise<{ headers: Record<string, string> }>;
  presign(request: object, options: object): Promise<{ query: Record<string, string> }>;
}

let product: Product;
let gateway: GatewayProcess;
let backend: Backend;
let client: APIGatewayClient;
let apiId: string;
let ann: AccessKey;

const method = (uri: string) => ({
  responses: {},
  security: [{ sigv4: [] }],
  'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'ANY', uri, passthroughBehavior: 'when_no_match' },
});

const documentOf = (uri: string) => ({
  openapi: '3.0.1',
  info: { title: 'signed', version: '1' },
  components: {
    securitySchemes: {
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    },
  },
  paths: {
    '/pets': { get: method(uri), post: method(uri) },
    '/pets/{id}': { get: method(uri), delete: method(uri) },
    '/open': { get: { ...method(uri), security: [] } },
  },
});

const post = async (path: string, body?: object) =>
  JSON.parse((await admin(product.controlPlanes[0]!, 'POST', path, body)).body) as AccessKey;
const allow = (Resource: string, more = {}) => ({ Effect: 'Allow', Action: 'execute-api:Invoke', Resource, ...more });
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const putPolicy = (...statements: object[]) =>
  admin(product.controlPlanes[0]!, 'PUT', '/gatehouse/principals/ann/policies/invoke', {
    policyDocument: policyOf(...statements),
  });
const arn = (path: string) => `arn:aws:execute-api:${REGION}:*:${apiId}/dev/${path}`;

beforeAll(async () => {
  product = await Product.start({ controlPlanes: 1, gateways: 1 });
  gateway = product.gateways[0]!;
  backend = await startBackend();
  client = product.controlPlanes[0]!.client();
  const body = Buffer.from(JSON.stringify(documentOf(`${backend.url}/backend`)));
  apiId = (await client.send(new ImportRestApiCommand({ body, failOnWarnings: true }))).id!;
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
  await post('/gatehouse/principals', { userName: 'ann' });
  ann = await post('/gatehouse/principals/ann/access-keys');
  await putPolicy(allow(arn('GET/*')), allow(arn('POST/*')));
  await until('the user to be known', async () => ((await signed({ path: '/dev/pets' })).status === 200 ? true : undefined));
});
beforeEach(() => void backend.requests.splice(0));
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

const host = () => `${apiId}.execute-api.${REGION}.localhost:${gateway.port}`;

interface Call {
  method?: string;
  path: string;
  query?: Record<string, string>;
  body?: string;
  headers?: Record<string, string>;
}

/** A request with the given key as the JavaScript SDK signs it. */
async function signed({ method = 'GET', path, query = {}, body, headers = {} }: Call, key = ann): Promise<Answer> {
  const request = { method, protocol: 'http:', hostname: host(), path, query, headers: { host: host(), ...headers }, body };
  const made = await (await signerOf(key)).sign(request, { signingService: 'execute-api', signingRegion: REGION });
  return gateway.call(apiId, withQuery(path, query), { method, headers: made.headers, body });
}

async function signerOf(credentials: AccessKey): Promise<Signer> {
  const { signer } = new APIGatewayClient({ region: REGION, credentials }).config;
  return (await signer()) as unknown as Signer;
}

const withQuery = (path: string, query: Record<string, string>) => {
  const pairs = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
};

const refused = (status: number, type: string, body: object) => ({
  status,
  headers: expect.objectContaining({ 'x-amzn-errortype': type }) as unknown,
  body: JSON.stringify(body),
});

describe('signed requests', () => {
  it('of the JavaScript SDK are let in, and their signature goes no further', async () => {
    const answer = await signed({ method: 'POST', path: '/dev/pets', query: { a: 'b c', é: '/' }, body: '{"name":"é"}' });
    expect(answer.status).toBe(200);
    expect(backend.requests.at(-1)).toMatchObject({ method: 'POST', body: '{"name":"é"}' });
    expect(backend.requests.at(-1)?.headers).not.toHaveProperty('authorization');
    expect((await signed({ path: '/dev/pets/a%2Fb' })).status).toBe(200);
  });

  it('can be presigned URLs', async () => {
    const request = {
      method: 'GET',
      protocol: 'http:',
      hostname: host(),
      path: '/dev/pets',
      query: { a: 'b' },
      headers: { host: host() },
    };
    const options = { signingService: 'execute-api', signingRegion: REGION, expiresIn: 60 };
    const { query } = await (await signerOf(ann)).presign(request, options);
    expect((await gateway.call(apiId, withQuery('/dev/pets', query))).status).toBe(200);
    const longer = { ...query, 'X-Amz-Expires': '6000' };
    expect((await gateway.call(apiId, withQuery('/dev/pets', longer))).status).toBe(403);
  });

  it.skipIf(withoutCurl)('of curl are let in', async () => {
    const url = `http://${host()}/dev/pets?a=b`;
    const user = `${ann.accessKeyId}:${ann.secretAccessKey}`;
    const to = ['--resolve', `${host()}:127.0.0.1`, '--aws-sigv4', `aws:amz:${REGION}:execute-api`, '--user', user];
    const { stdout } = await run('curl', ['-s', '-w', '%{http_code}', '-o', '/dev/null', ...to, url]);
    expect(stdout).toBe('200');
    const posted = await run('curl', ['-s', '-w', '%{http_code}', '-o', '/dev/null', ...to, '-d', '{"a":1}', url]);
    expect(posted.stdout).toBe('200');
  });

  it.skipIf(withoutBotocore)('of botocore are let in', async () => {
    const script = `
import json, sys
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
key, secret, region, url = sys.argv[1:]
request = AWSRequest(method='POST', url=url, data='{"a":1}', headers={'Content-Type': 'application/json'})
SigV4Auth(Credentials(key, secret), 'execute-api', region).add_auth(request)
print(json.dumps(dict(request.headers.items())))
`;
    const url = `http://${host()}/dev/pets?b=2&a=1`;
    const { stdout } = await run('python3', ['-c', script, ann.accessKeyId, ann.secretAccessKey, REGION, url]);
    const headers = JSON.parse(stdout) as Record<string, string>;
    const send = (body: string) => gateway.call(apiId, '/dev/pets?b=2&a=1', { method: 'POST', headers, body });
    expect((await send('{"a":1}')).status).toBe(200);
    expect((await send('{"a":2}')).status).toBe(403);
  });

  it('that are none are answered as AWS does', async () => {
    expect(await gateway.call(apiId, '/dev/pets')).toMatchObject(
      refused(403, 'MissingAuthenticationTokenException', { message: 'Missing Authentication Token' }),
    );
    expect(await signed({ path: '/dev/pets' }, { ...ann, secretAccessKey: 'wrong' })).toMatchObject(
      refused(403, 'InvalidSignatureException', {
        message:
          'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      }),
    );
    expect(await signed({ path: '/dev/pets' }, { ...ann, accessKeyId: 'AKIANOSUCHKEY2345678' })).toMatchObject(
      refused(403, 'UnrecognizedClientException', { message: 'The security token included in the request is invalid.' }),
    );
    expect(await signed({ method: 'DELETE', path: '/dev/pets/1' })).toMatchObject(
      refused(403, 'AccessDeniedException', {
        Message: `User: arn:aws:iam::123456789012:user/ann is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:${REGION}:********9012:${apiId}/dev/DELETE/pets/1`,
      }),
    );
    expect(backend.requests).toEqual([]);
  });

  it('follow the policies of their user, and his keys, without a deployment', async () => {
    await putPolicy(allow(arn('*')), { ...allow(arn('GET/*')), Effect: 'Deny' });
    await until('the denial', async () => ((await signed({ path: '/dev/pets' })).status === 403 ? true : undefined));
    expect((await signed({ path: '/dev/pets' })).body).toContain(' with an explicit deny"');
    expect((await signed({ method: 'DELETE', path: '/dev/pets/1' })).status).toBe(200);
    await putPolicy(allow(arn('*')));
    await until('its end', async () => ((await signed({ path: '/dev/pets' })).status === 200 ? true : undefined));
    const second = await post('/gatehouse/principals/ann/access-keys');
    await until('a second key', async () => ((await signed({ path: '/dev/pets' }, second)).status === 200 ? true : undefined));
    await admin(product.controlPlanes[0]!, 'DELETE', `/gatehouse/principals/ann/access-keys/${second.accessKeyId}`);
    await until('its end', async () => ((await signed({ path: '/dev/pets' }, second)).status === 403 ? true : undefined));
    expect((await signed({ path: '/dev/pets' })).status).toBe(200);
  });
});

describe('a resource policy', () => {
  it('acts when the API is deployed, on every method of it', async () => {
    const everybody = { Principal: '*' };
    const policy = policyOf(allow('execute-api:/dev/*', everybody), {
      ...allow('execute-api:/dev/GET/open', everybody),
      Effect: 'Deny',
    });
    expect((await gateway.call(apiId, '/dev/open')).status).toBe(200);
    await client.send(
      new UpdateRestApiCommand({ restApiId: apiId, patchOperations: [{ op: 'replace', path: '/policy', value: policy }] }),
    );
    expect((await gateway.call(apiId, '/dev/open')).status).toBe(200);
    await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
    await until('the policy', async () => ((await gateway.call(apiId, '/dev/open')).status === 403 ? true : undefined));
    for (const path of ['/dev/open', '/dev/open/', '//dev/open', '/dev/%6fpen']) {
      const { status, body } = await gateway.call(apiId, path);
      expect([path, status]).toEqual([path, 403]);
      expect(JSON.parse(body)).toEqual({
        Message: `User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:${REGION}:********9012:${apiId}/dev/GET/open with an explicit deny`,
      });
    }
    expect((await signed({ path: '/dev/pets' })).status).toBe(200);
  });
});

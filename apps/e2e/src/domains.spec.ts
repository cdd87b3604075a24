import {
  BadRequestException,
  CreateBasePathMappingCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameCommand,
  DeleteRestApiCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  GetDomainNamesCommand,
  UpdateBasePathMappingCommand,
  UpdateDomainNameCommand,
  UpdateRestApiCommand,
  type APIGatewayClient,
} from '@aws-sdk/client-api-gateway';
import { freePort } from '@gatehouse/embedded';
import { issueCertificate, type IssuedCertificate } from '@gatehouse/testing';
import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin, served } from './admin.js';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import { until } from './child.js';
import { ask } from './http.js';
import { Product } from './product.js';

const NAME = 'api.example.com';
const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
const issue = (...domainNames: string[]) => issueCertificate({ issuer: root, domainNames });

let product: Product;
let client: APIGatewayClient;
let backend: Backend;
let tlsPort: number;
let apiId: string;

beforeAll(async () => {
  tlsPort = await freePort();
  product = await Product.start(
    { controlPlanes: 1, gateways: 1 },
    { GATEHOUSE_TLS_PORT: String(tlsPort), GATEHOUSE_WORKERS: '2' },
  );
  client = product.controlPlanes[0]!.client();
  // Remembers the publications, which the SDK's own results do not carry.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const publication = (result.response as { headers?: Record<string, string> }).headers?.['x-gatehouse-publication'];
      if (publication) publications.push(publication);
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  backend = await startBackend();
  ({ apiId } = await createPets(client, `${backend.url}/v1`));
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

/** Those not waited for yet. */
const publications: string[] = [];
const allServed = () => Promise.all(publications.splice(0).map((publication) => served(product.controlPlanes[0]!, publication)));

/** Imports a certificate; gives its ARN. */
async function importCertificate(issued: IssuedCertificate): Promise<string> {
  const { headers, body } = await admin(product.controlPlanes[0]!, 'POST', '/gatehouse/certificates', given(issued));
  publications.push(headers['x-gatehouse-publication'] as string);
  return (JSON.parse(body) as { certificateArn: string }).certificateArn;
}

/** Over HTTP, by the Host header. */
const call = (path: string, host = NAME) => ask({ port: product.gateways[0]!.port, path, headers: { host } });

/** Over TLS, with SNI, by a client that trusts the root and nobody else: the status, and the certificate that it was shown. */
function callOverTls(path: string, host = NAME): Promise<{ status: number; fingerprint: string }> {
  return new Promise((resolve, reject) => {
    const request = https.get(
      { host: '127.0.0.1', port: tlsPort, path, servername: host, headers: { host }, ca: root.certificate, agent: false },
      (response) => {
        const { fingerprint256: fingerprint } = (response.socket as TLSSocket).getPeerCertificate();
        response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, fingerprint }));
      },
    );
    request.on('error', reject);
  });
}
const fingerprintOf = ({ certificate }: IssuedCertificate) => new X509Certificate(certificate).fingerprint256;
const given = ({ certificate, privateKey }: IssuedCertificate) => ({
  certificateBody: certificate,
  certificatePrivateKey: privateKey,
  certificateChain: root.certificate,
});

it('an API is reached by a domain name with its own certificate, by base paths, over TLS and HTTP, until the name is deleted', async () => {
  const inline = issue(NAME);
  const domain = await client.send(
    new CreateDomainNameCommand({
      domainName: NAME,
      certificateName: 'inline',
      ...given(inline),
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { team: 'pets' },
    }),
  );
  expect(domain).toMatchObject({
    domainName: NAME,
    domainNameStatus: 'AVAILABLE',
    securityPolicy: 'TLS_1_2',
    tags: { team: 'pets' },
  });
  expect(domain.regionalDomainName).toMatch(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/);
  const mapping = await client.send(
    new CreateBasePathMappingCommand({ domainName: NAME, basePath: 'shop', restApiId: apiId, stage: 'dev' }),
  );
  expect(mapping).toMatchObject({ basePath: 'shop', restApiId: apiId, stage: 'dev' });
  await allServed();

  expect(await callOverTls('/shop/pets')).toEqual({ status: 200, fingerprint: fingerprintOf(inline) });
  const plain = await call('/shop/pets?x=y');
  expect([plain.status, JSON.parse(plain.body)]).toMatchObject([
    200,
    { method: 'GET', url: expect.stringMatching(/^\/v1/) as string },
  ]);
  const unmapped = await call('/pets');
  expect([unmapped.status, unmapped.body]).toEqual([403, '{"message":"Forbidden"}']);
  expect((await call('/shop/dev/pets')).body).toBe('{"message":"Missing Authentication Token"}');

  // The empty base path takes the rest, and leaves the stage to the path.
  await client.send(new CreateBasePathMappingCommand({ domainName: NAME, restApiId: apiId }));
  expect(await client.send(new GetBasePathMappingCommand({ domainName: NAME, basePath: '(none)' }))).toMatchObject({
    basePath: '(none)',
    restApiId: apiId,
  });
  await client.send(
    new UpdateBasePathMappingCommand({
      domainName: NAME,
      basePath: 'shop',
      patchOperations: [{ op: 'replace', path: '/basePath', value: 'store' }],
    }),
  );
  const { items } = await client.send(new GetBasePathMappingsCommand({ domainName: NAME }));
  expect(items?.map(({ basePath }) => basePath)).toEqual(['(none)', 'store']);
  await allServed();
  expect([(await call('/dev/pets')).status, (await call('/store/pets')).status, (await call('/shop/pets')).status]).toEqual([
    200, 200, 403,
  ]);

  // An API whose own endpoint is closed stays reachable by its domain name.
  await client.send(
    new UpdateRestApiCommand({
      restApiId: apiId,
      patchOperations: [{ op: 'replace', path: '/disableExecuteApiEndpoint', value: 'true' }],
    }),
  );
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
  await allServed();
  expect((await product.gateways[0]!.call(apiId, '/dev/pets')).status).toBe(403);
  expect((await call('/store/pets')).status).toBe(200);

  // Another certificate takes the place of the one that came along, also of newer ones for the name.
  const imported = issue('*.example.com');
  const certificateArn = await importCertificate(imported);
  await importCertificate(issue(NAME));
  await client.send(
    new UpdateDomainNameCommand({
      domainName: NAME,
      patchOperations: [
        { op: 'replace', path: '/certificateArn', value: certificateArn },
        { op: 'replace', path: '/certificateName', value: '' },
      ],
    }),
  );
  await allServed();
  expect(await callOverTls('/store/pets')).toEqual({ status: 200, fingerprint: fingerprintOf(imported) });

  // The configuration outlives everything but the gateway.
  const gateway = product.gateways[0]!;
  await Promise.all([gateway.child.stop(), product.redis.stop()]);
  gateway.start();
  await gateway.ready();
  expect(await callOverTls('/store/pets')).toEqual({ status: 200, fingerprint: fingerprintOf(imported) });
  await product.startRedis();

  await expect(client.send(new DeleteRestApiCommand({ restApiId: apiId }))).rejects.toThrow(
    `Deleting RestApi ${apiId} failed. Please remove all base path mappings related to the RestApi in your domains: ${NAME}`,
  );
  await client.send(new DeleteBasePathMappingCommand({ domainName: NAME, basePath: '(none)' }));
  await client.send(new DeleteDomainNameCommand({ domainName: NAME }));
  expect((await client.send(new GetDomainNamesCommand({}))).items).toEqual([]);
  await until('the name to be gone', async () => ((await call('/store/pets')).status === 403 ? true : undefined));
  await client.send(new DeleteRestApiCommand({ restApiId: apiId }));
});

it('what gateways cannot enforce is refused by name', async () => {
  const refused = client.send(
    new CreateDomainNameCommand({
      domainName: 'mtls.example.com',
      endpointConfiguration: { types: ['REGIONAL'] },
      mutualTlsAuthentication: { truststoreUri: 's3://bucket/truststore.pem' },
    }),
  );
  await expect(refused).rejects.toThrow(BadRequestException);
  await expect(refused).rejects.toThrow(
    'The gateways cannot enforce these settings yet: domain mtls.example.com: mutualTlsAuthentication',
  );
});

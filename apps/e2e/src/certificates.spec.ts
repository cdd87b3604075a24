import { CreateDeploymentCommand, type APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { freePort } from '@gatehouse/embedded';
import { issueCertificate, type IssuedCertificate } from '@gatehouse/testing';
import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin, served } from './admin.js';
import { createPets } from './api.js';
import { startBackend, type Backend } from './backend.js';
import type { Answer } from './http.js';
import { Product, REGION } from './product.js';

const CERTIFICATES = '/gatehouse/certificates';
const ENOUGH_FOR_ALL_WORKERS = 20;

let product: Product;
let client: APIGatewayClient;
let backend: Backend;
let tlsPort: number;
let host: string;
const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
const issue = () => issueCertificate({ issuer: root, domainNames: [`*.execute-api.${REGION}.localhost`] });

beforeAll(async () => {
  tlsPort = await freePort();
  product = await Product.start(
    { controlPlanes: 1, gateways: 1 },
    { GATEHOUSE_TLS_PORT: String(tlsPort), GATEHOUSE_WORKERS: '2', GATEHOUSE_KEEP_ALIVE_SECONDS: '60' },
  );
  client = product.controlPlanes[0]!.client();
  backend = await startBackend();
  const { apiId } = await createPets(client, `${backend.url}/v1`);
  await client.send(new CreateDeploymentCommand({ restApiId: apiId, stageName: 'dev' }));
  host = `${apiId}.execute-api.${REGION}.localhost`;
});
afterAll(async () => {
  await backend?.stop();
  await product?.stop();
});

/** A signed request about certificates, and the wait until gateways follow it. */
async function ask(method: string, target: string, issued?: IssuedCertificate): Promise<Answer> {
  const body = issued && {
    certificateBody: issued.certificate,
    certificatePrivateKey: issued.privateKey,
    certificateChain: root.certificate,
  };
  const answer = await admin(product.controlPlanes[0]!, method, target, body);
  const publication = answer.headers['x-gatehouse-publication'];
  if (typeof publication === 'string') await served(product.controlPlanes[0]!, publication);
  return answer;
}

/** One request over TLS by a client that trusts the root and nobody else: its status, and the certificate that it was shown. */
function get(agent?: https.Agent): Promise<{ status: number; fingerprint: string }> {
  return new Promise((resolve, reject) => {
    const request = https.get(
      {
        host: '127.0.0.1',
        port: tlsPort,
        path: '/dev/pets',
        servername: host,
        headers: { host },
        ca: root.certificate,
        agent: agent ?? false,
      },
      (response) => {
        const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate();
        response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, fingerprint: fingerprint256 }));
      },
    );
    request.on('error', reject);
  });
}

const fingerprintOf = ({ certificate }: IssuedCertificate) => new X509Certificate(certificate).fingerprint256;

/** What new connections are shown, to whichever worker they come. */
async function shown(): Promise<string[]> {
  const answers: string[] = [];
  for (let n = 0; n < ENOUGH_FOR_ALL_WORKERS; n++) {
    const { status, fingerprint } = await get();
    expect(status).toBe(200);
    answers.push(fingerprint);
  }
  return [...new Set(answers)];
}

it('a certificate is imported, shown, renewed under open connections, kept through the loss of everything else, and removed', async () => {
  await expect(get()).rejects.toThrow();
  const [first, renewed] = [issue(), issue()];
  const imported = await ask('POST', CERTIFICATES, first);
  expect(imported.status).toBe(201);
  const { certificateId } = JSON.parse(imported.body) as { certificateId: string };
  expect(await shown()).toEqual([fingerprintOf(first)]);

  const open = new https.Agent({ keepAlive: true, maxSockets: 1 });
  expect(await get(open)).toEqual({ status: 200, fingerprint: fingerprintOf(first) });
  expect((await ask('PUT', `${CERTIFICATES}/${certificateId}`, renewed)).status).toBe(200);
  expect(await shown()).toEqual([fingerprintOf(renewed)]);
  expect(await get(open)).toEqual({ status: 200, fingerprint: fingerprintOf(first) });
  open.destroy();

  const gateway = product.gateways[0]!;
  await Promise.all([gateway.child.stop(), product.controlPlanes[0]!.child.stop('SIGKILL'), product.redis.stop()]);
  gateway.start();
  await gateway.ready();
  expect(await shown()).toEqual([fingerprintOf(renewed)]);

  await product.startRedis();
  product.controlPlanes[0]!.start();
  await product.controlPlanes[0]!.ready();
  expect((await ask('DELETE', `${CERTIFICATES}/${certificateId}`)).status).toBe(204);
  await expect(get()).rejects.toThrow();
});

import {
  gatewayFrom,
  httpBackend,
  issueCertificate,
  restApiModel,
  type GatewayFromOptions,
  type HttpBackend,
  type MethodsOf,
  type TestGateway,
} from '@gatehouse/testing';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createSecureContext, createServer, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseTargetRule, TargetGuard } from '../upstream/target-guard.js';
import type { Via } from '../upstream/upstream.js';

const TARGET = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/nlb/0123456789abcdef';

const closing: (() => unknown)[] = [];
let backend: HttpBackend;

beforeEach(async () => {
  backend = await httpBackend();
  closing.push(() => backend.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Integration = NonNullable<MethodsOf[string]['integration']>;

function gateway(integration: Integration, options: GatewayFromOptions = {}): TestGateway {
  const complete: Integration = { type: 'HTTP_PROXY', httpMethod: 'GET', ...integration };
  const made = gatewayFrom(restApiModel({ 'GET /': { integration: complete } }), options);
  closing.push(() => made.close());
  return made;
}

describe('VPC links', () => {
  const linked = (
    connectionId: string,
    links: [string, Via][],
    options: GatewayFromOptions = {},
    uri = 'http://internal.example/a?b=1',
  ) =>
    gateway(
      { uri, connectionType: 'VPC_LINK', connectionId },
      {
        vpcLinks: { link1: TARGET },
        services: { vpcLinks: new Map(links) },
        ...options,
      },
    );
  const here = (): Via => ({ host: '127.0.0.1', port: backend.port });

  it.each([
    ['its id', 'link1'],
    ['the ARN of its target', TARGET],
  ])('lead where %s is said to be; the uri gives Host and path', async (_, name) => {
    const answer = await linked('link1', [[name, here()]]).call();
    expect([answer.status, answer.body]).toEqual([200, 'ok']);
    expect([backend.received[0]?.url, backend.received[0]?.header('host')]).toEqual(['/a?b=1', 'internal.example']);
  });

  it('may be chosen by stage variables', async () => {
    const options = { stage: { variables: { link: 'link1' } } };
    expect((await linked('${stageVariables.link}', [['link1', here()]], options).call()).status).toBe(200);
  });

  it('are reached although integrations may not go there otherwise', async () => {
    const guard = new TargetGuard([parseTargetRule(`127.0.0.1:${backend.port}`)]);
    expect((await linked('link1', [['link1', here()]], { guard }).call()).status).toBe(200);
    const plain = await gateway({ uri: backend.url }, { guard }).call();
    expect([plain.status, plain.exchange.error?.reason]).toEqual([500, expect.stringContaining('refused target')]);
  });

  it('that nobody said the way to are 500, and nothing is connected to', async () => {
    const answer = await linked('link1', [], {}, backend.url).call();
    expect([answer.status, answer.exchange.error?.reason]).toEqual([
      500,
      `GATEHOUSE_VPC_LINKS does not say where the VPC link leads: link1 (${TARGET})`,
    ]);
    expect(backend.received).toEqual([]);
  });

  it('security class: tenant escape: of other accounts lead nowhere, however they are named', async () => {
    const options = { stage: { variables: { link: 'theirs' } } };
    const answer = await linked('${stageVariables.link}', [['theirs', here()]], options).call();
    expect([answer.status, answer.exchange.error?.reason]).toEqual([500, "no VPC link of the API's account: theirs"]);
    expect(backend.received).toEqual([]);
  });
});

/** A backend over TLS that only takes clients whose certificate this is; it tells whom it saw. */
async function tlsBackend(trusted: string) {
  const own = issueCertificate();
  const names: (string | string[] | undefined)[] = [];
  const server = createServer({
    cert: own.certificate,
    key: own.privateKey,
    ca: trusted,
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.on('secureConnection', (socket: TLSSocket) => {
    names.push(socket.getPeerCertificate().subject.CN);
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return {
    names,
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    port: (server.address() as AddressInfo).port,
  };
}

describe("the stage's client certificate", () => {
  const proof = issueCertificate({ commonName: 'ApiGateway' });
  const clientCertificate = { name: 'a/b/c', context: createSecureContext({ cert: proof.certificate, key: proof.privateKey }) };
  const tlsConfig = { insecureSkipVerification: true };

  it.each(['HTTP', 'HTTP_PROXY'] as const)('is shown to backends of %s', async (type) => {
    const { names, url } = await tlsBackend(proof.certificate);
    const answer = await gateway({ type, uri: url, tlsConfig }, { clientCertificate }).call();
    expect([answer.status, answer.body, names]).toEqual([200, 'ok', ['ApiGateway']]);
  });

  it('security class: tenant escape: connections that show it are those of stages that have it', async () => {
    const { url, names } = await tlsBackend(proof.certificate);
    const first = gateway({ uri: url, tlsConfig }, { clientCertificate });
    await first.call();
    const { upstream } = first.stage.services;
    const other = gateway({ uri: url, tlsConfig }, { upstream });
    expect((await other.call()).status).toBeGreaterThanOrEqual(500);
    expect(names).toEqual(['ApiGateway']);
  });

  it('goes through VPC links too, with the name of the uri', async () => {
    const { names, port } = await tlsBackend(proof.certificate);
    const made = gateway(
      { uri: 'https://internal.example/', tlsConfig, connectionType: 'VPC_LINK', connectionId: 'link1' },
      {
        clientCertificate,
        vpcLinks: { link1: TARGET },
        services: { vpcLinks: new Map([['link1', { host: '127.0.0.1', port }]]) },
      },
    );
    expect((await made.call()).status).toBe(200);
    expect(names).toEqual(['ApiGateway']);
  });
});

describe('responseTransferMode STREAM', () => {
  it('may have a timeout of 15 minutes', async () => {
    let finish: () => void = () => undefined;
    const slow = await httpBackend((response) => {
      response.write('first');
      finish = () => response.end(' last');
    });
    closing.push(() => slow.close());
    const streams = gateway({ uri: slow.url, responseTransferMode: 'STREAM', timeoutInMillis: 900_000 });
    const seen = streams.call();
    await expect.poll(() => slow.received.length).toBe(1);
    finish();
    expect((await seen).body).toBe('first last');
  });

  it('and BUFFERED of any size, where nothing looks into it', async () => {
    const large = await httpBackend((response) => response.end(Buffer.alloc(11_000_000, 0x61)));
    closing.push(() => large.close());
    const answer = await gateway({ uri: large.url, responseTransferMode: 'BUFFERED' }).call();
    expect([answer.status, answer.bytes.length]).toEqual([200, 11_000_000]);
  });
});

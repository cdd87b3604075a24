import { PublicationProducer, PublicationWorker, SnapshotWriter } from '@gatehouse/publication';
import {
  freshRedis,
  issueCertificate,
  restApiModel,
  temporaryDirectory,
  type IssuedCertificate,
  type TestRedis,
} from '@gatehouse/testing';
import { Redis } from 'ioredis';
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';
import { Documents, KEY, SECRET } from './documents.fixture.js';
import { startGateway, type RunningGateway } from './start-gateway.js';
import { StartupError } from './startup-error.js';

const EPOCH = 'epoch-1';
/** The supervisor runs in this process, from its sources; its workers are the built program. */
const program = path.resolve(import.meta.dirname, '../dist/worker/main.js');
const NAME = 'api.example.com';
const imported = issueCertificate({ commonName: NAME });
const fallback = issueCertificate({ commonName: 'default.example.com' });

let service: TestRedis;
let redis: Redis;
let producer: PublicationProducer;
let worker: PublicationWorker;
let directory: string;
const running: RunningGateway[] = [];
const sockets: TLSSocket[] = [];

beforeAll(async () => {
  [service, directory] = await Promise.all([freshRedis(), temporaryDirectory('tls-listener')]);
  redis = new Redis(service.url);
  redis.on('error', () => undefined);
  const writer = new SnapshotWriter(redis, KEY);
  await writer.beginEpoch(null, EPOCH);
  producer = new PublicationProducer(redis);
  worker = new PublicationWorker(
    service.url,
    1,
    async () => {},
    () => {},
  );
  const documents = new Documents().stage(restApiModel({ 'GET /pets': {} })).certificate('one', imported, [NAME]);
  await writer.storeDeployments(documents.deploymentDocuments());
  expect(await writer.publish(EPOCH, documents.documents)).toMatchObject({ outcome: 'published' });
  await writer.completeEpoch(EPOCH);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(running.splice(0).map((gateway) => gateway.stop()));
});
afterAll(async () => {
  await Promise.all([producer.close(), worker.close()]);
  redis.disconnect();
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

const files = () => ({
  GATEHOUSE_TLS_CERTIFICATE_FILE: path.join(directory, 'tls.crt'),
  GATEHOUSE_TLS_KEY_FILE: path.join(directory, 'tls.key'),
});
async function writeFiles({ certificate, privateKey }: IssuedCertificate): Promise<void> {
  await writeFile(files().GATEHOUSE_TLS_CERTIFICATE_FILE, certificate);
  await writeFile(files().GATEHOUSE_TLS_KEY_FILE, privateKey);
}

async function start(changes: Record<string, string> = {}): Promise<RunningGateway & { tlsPort: number }> {
  const env = {
    REDIS_URL: service.url,
    GATEHOUSE_DATA_PLANE_KEY: SECRET.toString('base64'),
    GATEHOUSE_DATA_DIR: directory,
    GATEHOUSE_GATEWAY_PORT: '0',
    GATEHOUSE_INTERNAL_PORT: '0',
    GATEHOUSE_TLS_PORT: '0',
    GATEHOUSE_GATEWAY_ID: 'gateway-0',
    GATEHOUSE_ACCESS_LOG: 'off',
    GATEHOUSE_WORKERS: '2',
    ...changes,
  };
  const gateway = await startGateway(loadConfig(env), { args: [program], env });
  running.push(gateway);
  await gateway.serving;
  return { ...gateway, tlsPort: Number(gateway.tlsAddress?.split(':')[1]) };
}

async function handshake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return socket;
}

const shownTo = async (port: number, servername: string) =>
  (await handshake(port, { servername })).getPeerCertificate().subject.CN;

async function ping(socket: TLSSocket): Promise<string> {
  socket.write('GET /ping HTTP/1.1\r\nHost: a\r\n\r\n');
  return String((await once(socket, 'data'))[0]);
}

describe('a TLS listener', () => {
  it('shows imported certificates by name, and serves both versions of HTTP', async () => {
    const { tlsPort } = await start();
    expect(await shownTo(tlsPort, NAME)).toBe(NAME);
    await expect(handshake(tlsPort, { servername: 'other.example.com' })).rejects.toThrow('unrecognized name');
    expect(await ping(await handshake(tlsPort, { servername: NAME }))).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const session = connectHttp2(`https://127.0.0.1:${tlsPort}`, {
      servername: NAME,
      ca: imported.certificate,
      checkServerIdentity: () => undefined,
    });
    const stream = session.request({ ':path': '/_aws/execute-api/abcdefghij/prod/pets' });
    const [headers] = (await once(stream, 'response')) as [{ ':status': number }];
    expect(headers[':status']).toBe(200);
    session.close();
  });

  it('takes up a session that another worker began, and goes on when all are replaced', async () => {
    await writeFiles(fallback);
    const gateway = await start(files());
    const { tlsPort } = gateway;
    const begun = await Promise.all(
      (['TLSv1.2', 'TLSv1.3'] as const).map(async (version) => {
        const options: ConnectionOptions = { servername: NAME, minVersion: version, maxVersion: version };
        const first = connect({ port: tlsPort, host: '127.0.0.1', rejectUnauthorized: false, ...options });
        sockets.push(first);
        const [[session]] = await Promise.all([once(first, 'session') as Promise<[Buffer]>, ping(first)]);
        first.end();
        return { ...options, session };
      }),
    );
    await gateway.replaceWorkers();
    for (const options of begun) expect((await handshake(tlsPort, options)).isSessionReused()).toBe(true);
    expect(await shownTo(tlsPort, 'other.example.com')).toBe('default.example.com');
  });

  it('shows another default certificate when its files change, and lets open connections be', async () => {
    await writeFiles(fallback);
    const { tlsPort } = await start(files());
    const before = await handshake(tlsPort, { servername: 'other.example.com' });
    await writeFiles(issueCertificate({ commonName: 'renewed.example.com' }));
    while ((await shownTo(tlsPort, 'other.example.com')) !== 'renewed.example.com') await wait(200);
    expect(await ping(before)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it('does not start with files that are no certificate with its key', async () => {
    await writeFiles({ ...fallback, privateKey: imported.privateKey });
    const started = start(files());
    await expect(started).rejects.toThrow(StartupError);
    await expect(started).rejects.toThrow(/^GATEHOUSE_TLS_CERTIFICATE_FILE, GATEHOUSE_TLS_KEY_FILE: .*key values mismatch$/);
  });
});

import { SnapshotReader, connectRedis, firstContact } from '@gatehouse/publication';
import {
  dataPlaneKey,
  deriveDataPlaneSecret,
  parseRef,
  readDocument,
  unseal,
  UnsealError,
  type CertificateSnapshot,
} from '@gatehouse/snapshot';
import { sign } from '@gatehouse/sigv4';
import {
  createDatabase,
  freshRedis,
  issueCertificate,
  keyPair,
  type IssuedCertificate,
  type TestDatabase,
  type TestRedis,
} from '@gatehouse/testing';
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ControlPlane, MASTER_KEY, ROOT_KEY } from '../publication/control-plane.fixture.js';
import type { CertificateDescription, CertificateList } from './certificate.dto.js';

const CERTIFICATES = '/gatehouse/certificates';
const UNKNOWN = { status: 404, type: 'NotFoundException', body: { message: 'Invalid certificate identifier specified' } };
const key = dataPlaneKey(deriveDataPlaneSecret(MASTER_KEY));

let service: TestRedis;
let database: TestDatabase;
let redis: Redis;
/** Two control planes on one database. */
let one: ControlPlane;
let two: ControlPlane;

beforeAll(async () => {
  [service, database] = await Promise.all([freshRedis(), createDatabase()]);
  redis = connectRedis(service.url);
  await firstContact(redis, 5000);
  [one, two] = await Promise.all([ControlPlane.start(database.url, service.url), ControlPlane.start(database.url, service.url)]);
});
afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  redis.disconnect();
  await Promise.all([service.stop(), database.drop()]);
});

interface Answer {
  status: number;
  type: string | null;
  publicationId: string | null;
  body: unknown;
}

async function ask(
  method: string,
  target: string,
  body?: object | string,
  { plane = one, region = 'us-east-1' } = {},
): Promise<Answer> {
  const url = new URL(target, plane.url);
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const headers = sign({ method, url, body: text }, ROOT_KEY, { region, service: 'apigateway' });
  const answer = await fetch(url, { method, headers, ...(text ? { body: text } : {}) });
  const received = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get('x-amzn-errortype'),
    publicationId: answer.headers.get('x-gatehouse-publication'),
    body: received ? JSON.parse(received) : null,
  };
}

const inputOf = ({ certificate, privateKey }: IssuedCertificate) => ({
  certificateBody: certificate,
  certificatePrivateKey: privateKey,
});

async function importNew(issued = issueCertificate(), more: Parameters<typeof ask>[3] = {}): Promise<CertificateDescription> {
  const answer = await ask('POST', CERTIFICATES, inputOf(issued), more);
  expect(answer).toMatchObject({ status: 201, type: null });
  return answer.body as CertificateDescription;
}

const nameOf = ({ certificateId }: CertificateDescription, region = 'us-east-1') =>
  `certificate 123456789012/${region}/${certificateId}`;
const fingerprintOf = ({ certificate }: IssuedCertificate) => new X509Certificate(certificate).fingerprint256;

/** What a gateway would read now under a name: undefined for nothing, null for a tombstone. */
async function published(name: string): Promise<CertificateSnapshot | null | undefined> {
  const reader = new SnapshotReader(redis);
  const { epoch } = await reader.changesAfter(null, 0, 1);
  const page = await reader.changesAfter(epoch, 0, 100_000);
  const found = page.documents.find((document) => document.name === name);
  return found && (readDocument([key], parseRef(name), found.text!).body as CertificateSnapshot | null);
}

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

describe('certificates', () => {
  it('are imported, told of, and published for gateways', async () => {
    const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
    const issued = issueCertificate({
      commonName: 'leaf',
      domainNames: ['API.example.com', '*.example.com'],
      issuer: root,
      notAfter: new Date('2049-06-01T00:00:00Z'),
      keys: keyPair('rsa2048'),
    });
    const answer = await ask('POST', CERTIFICATES, { ...inputOf(issued), certificateChain: root.certificate });
    const description = answer.body as CertificateDescription;
    const x509 = new X509Certificate(issued.certificate);
    expect(answer.status).toBe(201);
    expect(answer.publicationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(description).toEqual({
      certificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${description.certificateId}`,
      certificateId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      domainNames: ['api.example.com', '*.example.com'],
      subject: 'CN=leaf',
      issuer: 'CN=root',
      serialNumber: x509.serialNumber,
      fingerprint256: x509.fingerprint256,
      keyAlgorithm: 'RSA_2048',
      chainLength: 2,
      notBefore: x509.validFromDate.toISOString(),
      notAfter: '2049-06-01T00:00:00.000Z',
      createdDate: expect.stringMatching(/^\d{4}-.*Z$/),
      lastUpdatedDate: description.createdDate,
    });
    expect((await ask('GET', `${CERTIFICATES}/${description.certificateId}`, undefined, { plane: two })).body).toEqual(
      description,
    );

    const name = nameOf(description);
    await until(async () => expect(await published(name)).toBeDefined());
    const document = (await published(name))!;
    expect(document).toMatchObject({
      certificateArn: description.certificateArn,
      domainNames: ['api.example.com', '*.example.com'],
      chain: issued.certificate + root.certificate,
      notAfter: '2049-06-01T00:00:00.000Z',
    });
    expect(createPrivateKey(unseal([key], name, document.privateKey)).equals(issued.keys.privateKey)).toBe(true);
  });

  it('are replaced under the same ARN', async () => {
    const before = await importNew(issueCertificate({ commonName: 'before' }));
    const issued = issueCertificate({ commonName: 'after' });
    const answer = await ask('PUT', `${CERTIFICATES}/${before.certificateId}`, inputOf(issued), { plane: two });
    expect(answer.status).toBe(200);
    expect(answer.publicationId).not.toBeNull();
    const after = answer.body as CertificateDescription;
    expect(after).toMatchObject({
      certificateArn: before.certificateArn,
      createdDate: before.createdDate,
      subject: 'CN=after',
      fingerprint256: fingerprintOf(issued),
    });
    expect(Date.parse(after.lastUpdatedDate)).toBeGreaterThanOrEqual(Date.parse(before.lastUpdatedDate));
    await until(async () => expect((await published(nameOf(before)))?.chain).toBe(issued.certificate));
  });

  it('are removed', async () => {
    const made = await importNew();
    await until(async () => expect(await published(nameOf(made))).toBeDefined());
    const one = `${CERTIFICATES}/${made.certificateId}`;
    expect(await ask('DELETE', one)).toMatchObject({ status: 204, body: null, publicationId: expect.any(String) as string });
    await until(async () => expect(await published(nameOf(made))).toBeNull());
    for (const method of ['GET', 'DELETE']) expect(await ask(method, one)).toMatchObject(UNKNOWN);
    expect(await ask('PUT', one, inputOf(issueCertificate()))).toMatchObject(UNKNOWN);
  });

  it('are listed page by page, newest first, and belong to a region', async () => {
    const region = 'eu-west-3';
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.unshift((await importNew(undefined, { region })).certificateArn);
    expect(made[0]).toMatch(/^arn:aws:acm:eu-west-3:123456789012:certificate\//);
    const arns: string[] = [];
    let pages = 0;
    for (let position: string | undefined = ''; position !== undefined; pages++) {
      const answer = await ask('GET', `${CERTIFICATES}?limit=2&position=${position}`, undefined, { region });
      const list = answer.body as CertificateList;
      arns.push(...list.items.map(({ certificateArn }) => certificateArn));
      position = list.position;
    }
    expect({ arns, pages }).toEqual({ arns: made, pages: 3 });
    expect((await ask('GET', CERTIFICATES, undefined, { region: 'eu-north-1' })).body).toEqual({ items: [] });
    const elsewhere = `${CERTIFICATES}/${made[0]!.split('/')[1]}`;
    for (const [method, input] of [['GET'], ['DELETE'], ['PUT', inputOf(issueCertificate())]] as const)
      expect(await ask(method, elsewhere, input)).toMatchObject(UNKNOWN);
    expect(await ask('GET', `${CERTIFICATES}?position=x`)).toMatchObject({ status: 400, type: 'BadRequestException' });
  });

  it('may be imported side by side, each with an ARN of its own', async () => {
    const issued = issueCertificate();
    const made = await Promise.all(Array.from({ length: 10 }, (_, n) => importNew(issued, { plane: n % 2 ? one : two })));
    expect(new Set(made.map(({ certificateArn }) => certificateArn)).size).toBe(10);
    await until(async () => {
      for (const each of made) expect((await published(nameOf(each)))?.chain).toBe(issued.certificate);
    });
  });

  it('keep chain and key together when several clients replace or remove them at once', async () => {
    const made = await importNew();
    const renewals = Array.from({ length: 6 }, (_, n) => issueCertificate({ commonName: `renewal-${n}` }));
    const target = `${CERTIFICATES}/${made.certificateId}`;
    const answers = await Promise.all(
      renewals.map((issued, n) => ask('PUT', target, inputOf(issued), { plane: n % 2 ? one : two })),
    );
    expect(answers.map(({ status }) => status)).toEqual(renewals.map(() => 200));
    const { fingerprint256 } = (await ask('GET', target)).body as CertificateDescription;
    const last = renewals.find((issued) => fingerprintOf(issued) === fingerprint256)!;
    await until(async () => expect((await published(nameOf(made)))?.chain).toBe(last.certificate));
    const { privateKey } = (await published(nameOf(made)))!;
    expect(createPrivateKey(unseal([key], nameOf(made), privateKey)).equals(last.keys.privateKey)).toBe(true);

    const [removed, ...others] = await Promise.all([
      ask('DELETE', target),
      ...renewals.map((issued) => ask('PUT', target, inputOf(issued), { plane: two })),
    ]);
    expect(removed?.status).toBe(204);
    for (const { status } of others) expect([200, 404]).toContain(status);
    expect(await ask('GET', target)).toMatchObject(UNKNOWN);
    await until(async () => expect(await published(nameOf(made))).toBeNull());
  });

  it('are published again after Redis lost everything, and imported while it is away', async () => {
    const issued = issueCertificate();
    const made = await importNew(issued);
    await until(async () => expect(await published(nameOf(made))).toBeDefined());
    await service.flush();
    await until(async () => expect((await published(nameOf(made)))?.chain).toBe(issued.certificate));
    await service.kill();
    const meanwhile = await importNew(issued);
    await service.start();
    await until(async () => expect((await published(nameOf(meanwhile)))?.chain).toBe(issued.certificate));
  });
});

it('are documented with what they take', async () => {
  const document = (await (await fetch(new URL('/docs-json', one.url))).json()) as {
    paths: Record<string, Record<string, { requestBody?: object }>>;
    components: { schemas: Record<string, { properties: object; required?: string[] }> };
  };
  expect(document.paths[CERTIFICATES]!['post']!.requestBody).toMatchObject({
    content: { 'application/json': { schema: { $ref: '#/components/schemas/ImportCertificateRequest' } } },
  });
  const { ImportCertificateRequest, ReimportCertificateRequest, CertificateDescription } = document.components.schemas;
  const required = ['certificateBody', 'certificatePrivateKey'];
  for (const schema of [ImportCertificateRequest!, ReimportCertificateRequest!]) {
    expect(Object.keys(schema.properties)).toEqual([...required, 'certificateChain']);
    expect(schema.required).toEqual(required);
  }
  expect(JSON.stringify(CertificateDescription)).not.toContain('rivateKey');
});

describe('what is refused', () => {
  const issued = issueCertificate();
  const input = inputOf(issued);
  it.each<[string, object | string, number, string, RegExp]>([
    ['no body', '', 400, 'ValidationException', /certificateBody.*certificatePrivateKey/],
    ['a body without key', { certificateBody: 'x' }, 400, 'ValidationException', /importCertificateInput\.certificatePrivateKey/],
    ['no JSON', '{', 400, 'SerializationException', /not well-formed JSON/],
    ['a key that is a number', { ...input, certificatePrivateKey: 1 }, 400, 'SerializationException', /TruncatingBigNumber/],
    [
      'an unknown member',
      { ...input, passphrase: 'hunter2' },
      400,
      'BadRequestException',
      /^Unknown members in the request body: passphrase$/,
    ],
    ['NUL', { ...input, certificateBody: 'a\0' }, 400, 'BadRequestException', /^Invalid characters in certificateBody/],
    [
      'members in each other’s place',
      { certificateBody: issued.privateKey, certificatePrivateKey: issued.certificate },
      400,
      'BadRequestException',
      /^certificateBody: it holds a PRIVATE KEY/,
    ],
    [
      'a wrong key',
      { ...input, certificatePrivateKey: issueCertificate().privateKey },
      400,
      'BadRequestException',
      /^certificatePrivateKey: the key does not belong/,
    ],
    [
      'a wrong chain',
      { ...input, certificateChain: issueCertificate().certificate },
      400,
      'BadRequestException',
      /^certificateChain: certificate 1 .* did not sign/,
    ],
    [
      '5 MB',
      { ...input, certificateBody: 'x'.repeat(5_000_000) },
      400,
      'BadRequestException',
      /^certificateBody: it is longer than 32768 characters$/,
    ],
    ['7 MB', { ...input, certificateBody: 'x'.repeat(7_000_000) }, 413, 'RequestTooLargeException', /6 MB/],
  ])('%s', async (_, body, status, type, message) => {
    const before = await rowsOf('certificates');
    const answer = await ask('POST', CERTIFICATES, body);
    expect(answer).toMatchObject({ status, type, publicationId: null });
    expect((answer.body as { message: string }).message).toMatch(message);
    expect(await rowsOf('certificates')).toEqual(before);
  });

  it.each([
    ['no UUID', 'x'],
    ['an unknown one', randomUUID()],
    ['a step up', '..'],
    ['NUL', '%00'],
    ['SQL', "' OR 1=1 --"],
    ['a long one', 'a'.repeat(5000)],
  ])('a certificate that is not there: %s', async (_, id) => {
    const target = `${CERTIFICATES}/${encodeURIComponent(id)}`;
    const answers = [await ask('GET', target), await ask('DELETE', target), await ask('PUT', target, input)];
    for (const { status } of answers) expect([400, 404]).toContain(status);
  });

  it('leaves what is there when a replacement is refused', async () => {
    const made = await importNew(issued);
    const wrong = { ...input, certificatePrivateKey: issueCertificate().privateKey };
    expect(await ask('PUT', `${CERTIFICATES}/${made.certificateId}`, wrong)).toMatchObject({ status: 400, publicationId: null });
    expect((await ask('GET', `${CERTIFICATES}/${made.certificateId}`)).body).toEqual(made);
  });
});

const rowsOf = (table: string) => one.database.query<Record<string, unknown>[]>(`SELECT * FROM ${table}`);

/** Pieces of a private key in the forms in which it could be found. */
function tracesOf({ keys, privateKey }: IssuedCertificate): string[] {
  const jwk = keys.privateKey.export({ format: 'jwk' });
  const der = keys.privateKey.export({ type: 'pkcs8', format: 'der' });
  const secret = Buffer.from(jwk.d!, 'base64url');
  const lines = privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
  return [
    'PRIVATE KEY',
    ...lines,
    jwk.d!,
    secret.toString('base64').slice(0, 24),
    secret.toString('hex'),
    der.toString('hex').slice(0, 200),
  ];
}

describe('security class: secrets at rest', () => {
  it('the database holds no private key in clear, and a sealed one opens under its own id only', async () => {
    const issued = issueCertificate();
    const made = await importNew(issued);
    const renewal = issueCertificate();
    await ask('PUT', `${CERTIFICATES}/${made.certificateId}`, inputOf(renewal));
    const tables = await rowsOf("pg_tables WHERE schemaname = 'public'");
    expect(tables.length).toBeGreaterThan(10);
    for (const { tablename } of tables) {
      const rows = JSON.stringify(await rowsOf(String(tablename)));
      for (const trace of [...tracesOf(issued), ...tracesOf(renewal)]) expect(rows).not.toContain(trace);
    }
    const [row] = await rowsOf(`certificates WHERE certificate_id = '${made.certificateId}'`);
    const sealed = row!['private_key_sealed'] as string;
    expect(sealed).toMatch(/^[0-9a-f]{16}\.[\w-]{100,}$/);
    expect(() => unseal([key], nameOf(made), sealed)).toThrow(UnsealError);

    // A row that takes another one's key is not published, and holds up nobody.
    const other = await importNew();
    await until(async () => expect(await published(nameOf(other))).toBeDefined());
    await one.database.query('UPDATE certificates SET private_key_sealed = $1 WHERE certificate_id = $2', [
      sealed,
      other.certificateId,
    ]);
    await one.database.query(`UPDATE document_revisions SET revision = nextval('document_revision') WHERE key = $1`, [
      other.certificateId,
    ]);
    await service.flush();
    await until(async () => expect((await published(nameOf(made)))?.chain).toBe(renewal.certificate));
    expect(await published(nameOf(other))).toBeUndefined();
  });
});

/** Everything that anyone asks of Redis from now on, as it says so itself. */
async function monitorRedis(): Promise<{ readonly commands: string; socket: Socket }> {
  const { hostname, port, password } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  let commands = '';
  socket.setEncoding('utf8').on('data', (text: string) => (commands += text));
  socket.write(`AUTH ${decodeURIComponent(password)}\r\nMONITOR\r\n`);
  await until(async () => expect(commands).toMatch(/^\+OK\r\n\+OK\r\n/));
  return {
    socket,
    get commands() {
      return commands;
    },
  };
}

describe('security class: secrets in documents, logs, errors and job payloads', () => {
  it('no private key is told to anyone, imported or refused', async () => {
    const [issued, renewal, refused] = [issueCertificate(), issueCertificate({ keys: keyPair('rsa2048') }), issueCertificate()];
    const said: string[] = [];
    const spies = (['log', 'error', 'warn', 'info', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...parts: unknown[]) => void said.push(parts.map(String).join(' '))),
    );
    const monitor = await monitorRedis();
    const answers: Answer[] = [];
    try {
      const made = await ask('POST', CERTIFICATES, inputOf(issued));
      const target = `${CERTIFICATES}/${(made.body as CertificateDescription).certificateId}`;
      answers.push(made, await ask('PUT', target, inputOf(renewal)), await ask('GET', target), await ask('GET', CERTIFICATES));
      const { certificateBody, certificatePrivateKey } = inputOf(refused);
      const wrong: (object | string)[] = [
        { certificateBody: issued.certificate, certificatePrivateKey },
        { certificateBody: certificatePrivateKey, certificatePrivateKey },
        { certificateBody, certificatePrivateKey, certificateChain: certificatePrivateKey },
        { certificateBody, certificatePrivateKey: certificatePrivateKey.slice(0, -20) },
        { certificateBody, certificatePrivateKey: `${certificatePrivateKey}${' '.repeat(6000)}` },
        { certificateBody, certificatePrivateKey: [certificatePrivateKey] },
        { certificateBody, certificatePrivateKey: { pem: certificatePrivateKey } },
        { certificateBody, certificatePrivateKey: `${certificatePrivateKey}\0` },
        { certificateBody: issueCertificate({ domainNames: ['x y'], keys: refused.keys }).certificate, certificatePrivateKey },
        JSON.stringify({ certificateBody, certificatePrivateKey }).slice(0, -1),
      ];
      for (const body of wrong) answers.push(await ask('POST', CERTIFICATES, body));
      expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, ...wrong.map(() => 400)]);
      // A fault of ours, in the middle of an import.
      await one.database.query('ALTER TABLE certificates RENAME TO hidden');
      answers.push(
        await ask('POST', CERTIFICATES, inputOf(refused)).finally(() =>
          one.database.query('ALTER TABLE hidden RENAME TO certificates'),
        ),
      );
      expect(answers.at(-1)).toMatchObject({ status: 500, type: 'InternalFailure' });
      expect(said.join('\n')).toContain('relation "certificates" does not exist');
      const name = nameOf(made.body as CertificateDescription);
      await until(async () => expect((await published(name))?.chain).toBe(renewal.certificate));
      await until(async () => expect(monitor.commands).toContain(name));
    } finally {
      monitor.socket.destroy();
      for (const spy of spies) spy.mockRestore();
    }
    const everything = [JSON.stringify(answers), ...said, monitor.commands].join('\n');
    for (const trace of [issued, renewal, refused].flatMap(tracesOf)) {
      // Its label is said to whoever put a key in the wrong place.
      if (trace !== 'PRIVATE KEY') expect(everything).not.toContain(trace);
    }
    expect(monitor.commands).not.toContain('PRIVATE KEY');
  });

  it('nobody without credentials is answered', async () => {
    expect((await fetch(new URL(CERTIFICATES, one.url))).status).toBe(403);
    expect((await fetch(new URL(CERTIFICATES, one.url), { method: 'POST', body: '{}' })).status).toBe(403);
  });
});

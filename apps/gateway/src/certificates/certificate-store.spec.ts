import { compileCertificate } from '@gatehouse/compiler';
import { dataPlaneKey, seal, type CertificateSnapshot, type Document, type Scope } from '@gatehouse/snapshot';
import { issueCertificate, keyPair, type IssuedCertificate } from '@gatehouse/testing';
import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type SecureContext, type Server, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEY, SCOPE } from '../documents.fixture.js';
import { CertificateStore } from './certificate-store.js';

const DAY = 86_400_000;
let store: CertificateStore;
let revision = 0;

beforeEach(() => {
  store = new CertificateStore([KEY]);
});

interface Imported {
  certificateId?: string;
  issued?: IssuedCertificate;
  /** Default: those of a certificate that is made for them. */
  domainNames: string[];
  notAfter?: Date;
  scope?: Scope;
}

function documentOf({ certificateId = 'one', domainNames, scope = SCOPE, ...rest }: Imported): Document<'certificate'> {
  const { notAfter = new Date(Date.now() + DAY), issued = issueCertificate({ domainNames }) } = rest;
  const model = {
    certificateId,
    certificateArn: `arn:aws:acm:${scope.region}:${scope.accountId}:certificate/${certificateId}`,
    domainNames,
    chain: issued.certificate,
    privateKey: issued.privateKey,
    notAfter,
  };
  const body = compileCertificate(model, { scope, key: KEY });
  return { kind: 'certificate', ...scope, key: certificateId, revision: ++revision, body };
}

const put = (imported: Imported) => store.build(documentOf(imported))();
const remove = (certificateId: string) =>
  store.build({ kind: 'certificate', ...SCOPE, key: certificateId, revision: ++revision, body: null })();

describe('the certificate for a name', () => {
  it('is the one of exactly that name, in any letter case, with a dot at the end or without', () => {
    put({ domainNames: ['api.example.com'] });
    const context = store.find('api.example.com');
    expect(context).toBeDefined();
    for (const name of ['API.Example.COM', 'api.example.com.']) expect(store.find(name)).toBe(context);
    for (const name of ['example.com', 'v1.api.example.com', 'api.example.com..', 'api.example.co', '', '.', 'com'])
      expect(store.find(name), name).toBeUndefined();
  });

  it('is one with a wildcard for its first label, and only for that', () => {
    put({ domainNames: ['*.example.com', '*.localhost'] });
    const context = store.find('a.example.com');
    expect(context).toBeDefined();
    expect(store.find('B.EXAMPLE.COM.')).toBe(context);
    expect(store.find('x.localhost')).toBe(context);
    for (const name of ['example.com', 'a.b.example.com', '.example.com', 'localhost', 'xexample.com'])
      expect(store.find(name), name).toBeUndefined();
  });

  it('is the exact one before a wildcard, whichever came last', () => {
    put({ certificateId: 'exact', domainNames: ['a.example.com'] });
    const exact = store.find('a.example.com');
    put({ certificateId: 'wildcard', domainNames: ['*.example.com'] });
    expect(store.find('a.example.com')).toBe(exact);
    expect(store.find('b.example.com')).not.toBe(exact);
  });

  it('is the newest revision of several, in whatever order they came, until that is removed', () => {
    const [first, second, third] = ['first', 'second', 'third'].map((certificateId) =>
      documentOf({ certificateId, domainNames: ['a.example.com'] }),
    );
    const shown = new Map<string, SecureContext | undefined>();
    for (const document of [second!, third!, first!]) {
      store.build(document)();
      shown.set(document.key, store.find('a.example.com'));
    }
    expect(new Set(shown.values()).size).toBe(2);
    expect(shown.get('first')).toBe(shown.get('third'));
    remove('third');
    expect(store.find('a.example.com')).toBe(shown.get('second'));
    remove('second');
    expect(store.find('a.example.com')).toBeDefined();
    remove('first');
    expect(store.find('a.example.com')).toBeUndefined();
    remove('first');
  });

  it('is one that has not ended, if there is one; else it is said once that it has', () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    put({ certificateId: 'wildcard', domainNames: ['*.example.com'] });
    const wildcard = store.find('a.example.com');
    put({ certificateId: 'ended', domainNames: ['a.example.com'], notAfter: new Date(Date.now() - 1) });
    expect(store.find('a.example.com')).toBe(wildcard);
    remove('wildcard');
    expect(said).not.toHaveBeenCalled();
    for (let n = 0; n < 3; n++) expect(store.find('a.example.com')).toBeDefined();
    expect(store.find('b.example.com')).toBeUndefined();
    expect(said.mock.calls).toEqual([
      [expect.stringMatching(/^gateway: certificate: arn:aws:acm:us-east-1:123456789012:certificate\/ended ended on 2\d{3}-/)],
    ]);
    said.mockRestore();
  });

  it('follows the names of a certificate that was replaced', () => {
    put({ domainNames: ['a.example.com', 'a.example.com', 'b.example.com'] });
    put({ domainNames: ['b.example.com', 'c.example.com'] });
    expect(['a', 'b', 'c'].map((label) => store.find(`${label}.example.com`) !== undefined)).toEqual([false, true, true]);
  });

  it('may have the name of a member of objects', () => {
    expect(store.find('constructor')).toBeUndefined();
    put({ domainNames: ['__proto__'] });
    expect(store.find('__proto__')).toBeDefined();
  });
});

describe('a document', () => {
  const body = (more: Partial<CertificateSnapshot>): Document<'certificate'> => {
    const document = documentOf({ domainNames: ['a.example.com'] });
    return { ...document, body: { ...document.body!, ...more } };
  };

  it.each<[string, () => Document<'certificate'>, RegExp]>([
    ['of another certificate', () => ({ ...body({}), key: 'two' }), /^it speaks of arn:aws:acm:/],
    ['without a time', () => body({ notAfter: 'soon' }), /^its notAfter is no time: soon$/],
    ['whose key is of another one', () => body({ chain: issueCertificate().certificate }), /key values mismatch/],
    ['whose chain is none', () => body({ chain: 'nothing' }), /./],
    ['whose key is none', () => body({ privateKey: seal(KEY, `certificate 123456789012/us-east-1/one`, 'nothing') }), /./],
    [
      'security class: tenant escape: whose sealed key was taken from another document',
      () => body({ privateKey: documentOf({ certificateId: 'two', domainNames: ['b.example.com'] }).body!.privateKey }),
      /was changed or moved/,
    ],
    [
      'whose key was sealed by somebody else',
      () => body({ privateKey: seal(dataPlaneKey(Buffer.alloc(32, 8)), 'certificate 123456789012/us-east-1/one', 'x') }),
      /^no key at hand opens certificate 123456789012\/us-east-1\/one$/,
    ],
  ])('%s is refused, and the one before it goes on', (_, make, reason) => {
    put({ domainNames: ['a.example.com'] });
    const before = store.find('a.example.com');
    expect(() => store.build(make())).toThrow(reason);
    expect(store.find('a.example.com')).toBe(before);
  });
});

describe('a TLS listener', () => {
  let server: Server;
  const clients: TLSSocket[] = [];

  beforeEach(async () => {
    const fallback = issueCertificate({ domainNames: ['fallback.example'] });
    server = createServer(
      {
        cert: fallback.certificate,
        key: fallback.privateKey,
        SNICallback: (name, done) => done(null, store.find(name)),
      },
      (socket) => socket.on('error', () => undefined).pipe(socket),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** A connection that is open, and what it was shown. */
  async function open(servername: string): Promise<{ client: TLSSocket; fingerprint: string }> {
    const { port } = server.address() as AddressInfo;
    const client = connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false, ca: [] });
    clients.push(client);
    await new Promise<void>((resolve, reject) => client.once('secureConnect', resolve).once('error', reject));
    return { client, fingerprint: client.getPeerCertificate().fingerprint256 };
  }

  async function echo(client: TLSSocket, text: string): Promise<string> {
    client.write(text);
    return new Promise((resolve) => client.once('data', (data) => resolve(data.toString())));
  }

  const fingerprintOf = ({ certificate }: IssuedCertificate) => new X509Certificate(certificate).fingerprint256;

  it.each(['rsa2048', 'p256', 'ed25519'] as const)('shows a certificate over %s, and its own for other names', async (kind) => {
    const issued = issueCertificate({ keys: keyPair(kind) });
    put({ issued, domainNames: ['a.example.com'] });
    expect((await open('A.example.com')).fingerprint).toBe(fingerprintOf(issued));
    expect((await open('b.example.com')).client.getPeerCertificate().subjectaltname).toBe('DNS:fallback.example');
  });

  it('shows a certificate that was swapped in to new connections, while open ones go on', async () => {
    const [before, after] = [issueCertificate(), issueCertificate()];
    put({ issued: before, domainNames: ['a.example.com'] });
    const old = await open('a.example.com');
    put({ issued: after, domainNames: ['a.example.com'] });
    const fresh = await open('a.example.com');
    expect([old.fingerprint, fresh.fingerprint]).toEqual([fingerprintOf(before), fingerprintOf(after)]);
    remove('one');
    for (const { client } of [old, fresh]) expect(await echo(client, 'still here')).toBe('still here');
    expect((await open('a.example.com')).client.getPeerCertificate().subjectaltname).toBe('DNS:fallback.example');
  });

  it('sends the chain that was imported', async () => {
    const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
    const issued = issueCertificate({ issuer: root });
    put({ issued: { ...issued, certificate: issued.certificate + root.certificate }, domainNames: ['a.example.com'] });
    const shown = (await open('a.example.com')).client.getPeerCertificate(true);
    expect(shown.issuerCertificate.fingerprint256).toBe(fingerprintOf(root));
  });
});

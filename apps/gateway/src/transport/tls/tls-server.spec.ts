import { issueCertificate } from '@gatehouse/testing';
import { once } from 'node:events';
import { connect as connectPlainly, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { certificateAndKey, FixedCertificates } from './tls.fixture.js';
import { TICKET_KEY_BYTES, TlsServer } from './tls-server.js';

// Deadlines are waited for, and a busy machine takes longer.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A port whose connections `tls` secures; it answers every line with `again`. */
async function listening(tls: TlsServer): Promise<Server & { port: number; names: (string | false | null)[] }> {
  const names: (string | false | null)[] = [];
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
    closers.push(() => socket.destroy());
    tls.secure(socket, (secured) => {
      names.push(secured.servername);
      secured.on('error', () => undefined).on('data', () => secured.write('again'));
    });
  }).listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await once(server, 'listening');
  return Object.assign(server, { port: (server.address() as AddressInfo).port, names });
}

/** Resolves with the socket when its handshake is done, and rejects when it is refused. */
async function handshake(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
  closers.push(() => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve).once('error', reject);
    socket.once('close', () => reject(new Error('closed')));
  });
  socket.on('error', () => undefined);
  return socket;
}

const shownTo = async (port: number, servername?: string) =>
  (await handshake(port, { servername })).getPeerCertificate().subject.CN;

const one = issueCertificate({ commonName: 'one.example' });
const two = issueCertificate({ commonName: 'two.example' });
const fallback = issueCertificate({ commonName: 'default.example' });

describe('the certificate that a client is shown', () => {
  it('is that of the name which it asks for, else the default one', async () => {
    const tls = new TlsServer(new FixedCertificates().put(one).put(two), 10_000);
    tls.showByDefault(certificateAndKey(fallback));
    const { port } = await listening(tls);
    expect(await shownTo(port, 'one.example')).toBe('one.example');
    expect(await shownTo(port, 'two.example')).toBe('two.example');
    expect(await shownTo(port, 'three.example')).toBe('default.example');
    expect(await shownTo(port)).toBe('default.example');
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'does not exist without a default one: the handshake is refused (%s)',
    async (version) => {
      const tls = new TlsServer(new FixedCertificates().put(one), 10_000);
      const { port } = await listening(tls);
      const versions = { minVersion: version, maxVersion: version };
      await expect(handshake(port, { servername: 'three.example', ...versions })).rejects.toThrow('unrecognized name');
      await expect(handshake(port, versions)).rejects.toThrow('handshake failure');
      expect((await handshake(port, { servername: 'one.example', ...versions })).getPeerCertificate().subject.CN).toBe(
        'one.example',
      );
    },
  );

  it('changes for those who connect after it; connections that are open go on', async () => {
    const certificates = new FixedCertificates().put(one);
    const tls = new TlsServer(certificates, 10_000);
    tls.showByDefault(certificateAndKey(fallback));
    const { port } = await listening(tls);
    const [before, byDefault] = await Promise.all([handshake(port, { servername: 'one.example' }), handshake(port)]);
    const serial = before.getPeerCertificate().serialNumber;
    certificates.put(issueCertificate({ commonName: 'one.example' }));
    tls.showByDefault(certificateAndKey(two));
    const after = await handshake(port, { servername: 'one.example' });
    expect(after.getPeerCertificate().serialNumber).not.toBe(serial);
    expect(await shownTo(port)).toBe('two.example');
    for (const socket of [before, byDefault, after]) {
      socket.write('a');
      expect(String((await once(socket, 'data'))[0])).toBe('again');
    }
  });

  it('stays when another one cannot be used', async () => {
    const tls = new TlsServer(new FixedCertificates(), 10_000);
    tls.showByDefault(certificateAndKey(fallback));
    const { port } = await listening(tls);
    expect(() => tls.showByDefault({ cert: one.certificate, key: two.privateKey })).toThrow('key values mismatch');
    expect(await shownTo(port)).toBe('default.example');
    tls.setTicketKeys(Buffer.alloc(TICKET_KEY_BYTES, 1));
    expect(await shownTo(port)).toBe('default.example');
  });
});

describe('a handshake', () => {
  const server = async (handshakeTimeout = 10_000) => {
    const tls = new TlsServer(new FixedCertificates(), handshakeTimeout);
    tls.showByDefault(certificateAndKey(fallback));
    return listening(tls);
  };

  it.each([
    [{ ALPNProtocols: ['http/1.1', 'h2'] }, 'h2'],
    [{ ALPNProtocols: ['http/1.1'] }, 'http/1.1'],
    [{}, false],
  ])('agrees on the protocol: %j', async (options, protocol) => {
    expect((await handshake((await server()).port, options)).alpnProtocol).toBe(protocol);
  });

  it.each([
    ['versions before TLS 1.2', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['ciphers without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256:AES256-SHA' }],
    ['ciphers that HTTP/2 forbids', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }],
    ['protocols that are not served', { ALPNProtocols: ['h3'] }],
  ] as [string, ConnectionOptions][])('refuses %s', async (_, options) => {
    await expect(handshake((await server()).port, options)).rejects.toThrow();
  });

  it('ends with a client that leaves in the middle of it', async () => {
    const accepted = await server();
    const client = connect({ port: accepted.port, host: '127.0.0.1', rejectUnauthorized: false, minVersion: 'TLSv1.3' });
    const [socket] = (await once(accepted, 'connection')) as [Socket];
    const closed = once(socket, 'close');
    client.once('secureConnect', () => client.destroy());
    await closed;
  });

  it('security class: slowloris: has its time', async () => {
    const { port } = await server(50);
    const socket = connectPlainly(port, '127.0.0.1').resume();
    socket.on('error', () => undefined);
    socket.write(Buffer.from([0x16, 3, 1, 0]));
    await once(socket, 'close');
  });

  it('is not what every client makes: others are closed', async () => {
    const { port } = await server();
    const socket = connectPlainly(port, '127.0.0.1').resume();
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'close');
  });
});

describe('a session that is taken up again', () => {
  const KEYS = Buffer.alloc(TICKET_KEY_BYTES, 7);
  const server = async (keys: Buffer) => {
    const tls = new TlsServer(new FixedCertificates().put(one), 10_000);
    tls.setTicketKeys(keys);
    tls.showByDefault(certificateAndKey(fallback));
    return { tls, ...(await listening(tls)) };
  };
  /** Begins a session and waits for its ticket. */
  async function ticketOf(port: number, options: ConnectionOptions): Promise<Buffer> {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    closers.push(() => socket.destroy());
    // TLS 1.3 gives tickets when the connection is used.
    socket.once('secureConnect', () => socket.write('a')).resume();
    const [session] = (await once(socket, 'session')) as [Buffer];
    return session;
  }

  describe.each(['TLSv1.2', 'TLSv1.3'] as const)('%s', (version) => {
    const versions = { minVersion: version, maxVersion: version };

    it.each([undefined, 'one.example'])('may have been begun by another worker (name: %s)', async (servername) => {
      const [first, second] = [await server(KEYS), await server(KEYS)];
      const options = { servername, ...versions };
      const session = await ticketOf(first.port, options);
      expect((await handshake(second.port, { ...options, session })).isSessionReused()).toBe(true);
    });

    it('begins anew once the keys are others', async () => {
      const { port, tls } = await server(KEYS);
      const session = await ticketOf(port, versions);
      tls.showByDefault(certificateAndKey(two));
      expect((await handshake(port, { ...versions, session })).isSessionReused()).toBe(true);
      tls.setTicketKeys(Buffer.alloc(TICKET_KEY_BYTES, 8));
      expect((await handshake(port, { ...versions, session })).isSessionReused()).toBe(false);
    });
  });
});

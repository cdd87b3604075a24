import { issueCertificate } from '@gatehouse/testing';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { latin1 } from './latin1.js';
import { Random } from './random.fixture.js';
import { Wire, type WireListener } from './wire.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const { certificate: cert, privateKey: key } = issueCertificate();

/** A turn of the event loop. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Writes down what it is told of. */
class Heard implements WireListener {
  midway = true;
  bytes = 0;
  readonly hash = createHash('sha256');
  text = '';
  readonly events: string[] = [];
  readonly whenClosed: Promise<Error | null>;
  private resolveClosed!: (error: Error | null) => void;
  readonly whenEnded: Promise<void>;
  private resolveEnded!: () => void;

  constructor() {
    this.whenClosed = new Promise((resolve) => (this.resolveClosed = resolve));
    this.whenEnded = new Promise((resolve) => (this.resolveEnded = resolve));
  }
  received(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    if (this.bytes < 1_000) this.text += chunk.toString('latin1');
  }
  ended(): void {
    this.events.push('ended');
    this.resolveEnded();
  }
  drained(): void {}
  closed(error: Error | null): void {
    this.events.push(error === null ? 'closed' : `closed: ${(error as NodeJS.ErrnoException).code}`);
    this.resolveClosed(error);
  }
  async hears(text: string): Promise<void> {
    while (this.text !== text) await turn();
  }
}

interface Ends {
  readonly server: Server;
  /** The wire that the server took, and the one that was made to it. */
  readonly near: Wire;
  readonly far: Wire;
}

/** Two wires over one connection. */
type Pair = (near: WireListener, far: WireListener) => Promise<Ends>;

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

function ends(server: Server, near: Wire, far: Wire): Ends {
  closers.push(
    () => server.close(),
    () => near.destroy(),
    () => far.destroy(),
  );
  return { server, near, far };
}

const plain: Pair = async (near, far) => {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
  const port = await listening(server);
  const taken = once(server, 'connection');
  const made = Wire.connecting((options) => connect({ ...options, port, host: '127.0.0.1' }), far);
  const [socket] = (await taken) as [Socket];
  return ends(server, Wire.accepted(socket, near), made);
};

/** As the gateway does it: TLS over a socket that has been accepted, and by a connection that was made for it. */
const overTls: Pair = async (near, far) => {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true });
  const port = await listening(server);
  const taken = once(server, 'connection');
  const client = tls.connect({
    port,
    host: '127.0.0.1',
    allowHalfOpen: true,
    rejectUnauthorized: false,
  } as tls.ConnectionOptions);
  const [socket] = (await taken) as [Socket];
  const secure = new tls.TLSSocket(socket, { isServer: true, allowHalfOpen: true, cert, key } as tls.TLSSocketOptions);
  await Promise.all([once(secure, 'secure'), once(client, 'secureConnect')]);
  return ends(server, Wire.over(secure, near), Wire.over(client, far));
};

describe.each([
  ['plain', plain],
  ['TLS', overTls],
])('Wire, %s', (_, pair) => {
  it('carries text and bytes both ways', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { near, far } = await pair(nearHeard, farHeard);
    far.writeText('caf\xe9 ');
    far.writeBytes(Buffer.from('bytes'));
    await nearHeard.hears('caf\xe9 bytes');
    near.writeTextAndBytes('head ', Buffer.from('body'));
    await farHeard.hears('head body');
  });

  it('is open one way when the other side has ended', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { near, far } = await pair(nearHeard, farHeard);
    far.writeText('question');
    far.end();
    await nearHeard.whenEnded;
    expect([nearHeard.text, nearHeard.events, near.destroyed]).toEqual(['question', ['ended'], false]);
    near.writeText('answer');
    near.end();
    expect(await Promise.all([nearHeard.whenClosed, farHeard.whenClosed])).toEqual([null, null]);
    expect([farHeard.text, farHeard.events, nearHeard.events]).toEqual(['answer', ['ended', 'closed'], ['ended', 'closed']]);
  });

  it('tells of its closing once and last, and takes calls after that', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { near, far } = await pair(nearHeard, farHeard);
    near.destroy();
    near.destroy();
    await nearHeard.whenClosed;
    near.pause();
    near.resume();
    near.writeText('x');
    near.writeBytes(Buffer.alloc(20_000));
    near.end();
    near.reset();
    await farHeard.whenEnded;
    far.end();
    await farHeard.whenClosed;
    await turn();
    expect(nearHeard.events).toEqual(['closed']);
    expect(farHeard.events.filter((event) => event.startsWith('closed'))).toHaveLength(1);
    expect(farHeard.events.at(-1)).toMatch('closed');
    expect(near.destroyed).toBe(true);
  });

  it('security class: stream lifetime: the other side sees a reset as an error, never as an end', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { near } = await pair(nearHeard, farHeard);
    near.writeText('part of');
    await farHeard.hears('part of');
    near.reset();
    await Promise.all([nearHeard.whenClosed, farHeard.whenClosed]);
    expect(farHeard.events).toEqual(['closed: ECONNRESET']);
    expect(nearHeard.events).toHaveLength(1);
  });

  it('security class: slowloris: is closed by a reset that follows its end, though the other side takes nothing', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { near, far } = await pair(nearHeard, farHeard);
    far.pause();
    // More than kernels keep for one connection.
    near.writeText('x'.repeat(32 << 20));
    near.end();
    await turn();
    near.reset();
    expect([await nearHeard.whenClosed, near.destroyed]).toEqual([null, true]);
  });

  it('hears nothing more while it is paused, which holds the other side back', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { near, far } = await pair(nearHeard, farHeard);
    nearHeard.received = (chunk) => {
      nearHeard.bytes += chunk.length;
      near.pause();
    };
    // More than kernels keep for one connection.
    const sent = 32 << 20;
    far.writeText('x'.repeat(sent));
    while (nearHeard.bytes === 0) await turn();
    const { bytes } = nearHeard;
    for (let turns = 0; turns < 50; turns++) await turn();
    expect([nearHeard.bytes, far.waiting > 0]).toEqual([bytes, true]);
    nearHeard.received = (chunk) => void (nearHeard.bytes += chunk.length);
    near.resume();
    while (nearHeard.bytes < sent) await turn();
  });

  it('keeps no memory of its user where few bytes have to wait', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { near, far } = await pair(nearHeard, farHeard);
    near.pause();
    let before = 0;
    for (; far.writeBytes(Buffer.alloc(65_536, 'x')); before += 65_536);
    before += 65_536;
    const memory = Buffer.alloc(8_192, 'a');
    far.writeBytes(memory);
    memory.fill('b');
    const last: string[] = [];
    nearHeard.received = (chunk) => {
      nearHeard.bytes += chunk.length;
      if (nearHeard.bytes > before) last.push(chunk.toString('latin1'));
    };
    near.resume();
    while (nearHeard.bytes < before + memory.length) await turn();
    expect(last.join('').slice(-memory.length)).toBe('a'.repeat(memory.length));
  });

  it('leaves a large chunk to its reader who paused, whatever others read', async () => {
    const [nearHeard, farHeard, others] = [new Heard(), new Heard(), new Heard()];
    const { near, far } = await pair(nearHeard, farHeard);
    const { far: other } = await pair(others, new Heard());
    const kept: Buffer[] = [];
    nearHeard.received = (chunk) => {
      if (chunk.length <= 8_192) return;
      kept.push(chunk);
      near.pause();
    };
    while (kept.length === 0) {
      far.writeText('a'.repeat(20_000));
      await turn();
    }
    other.writeText('b'.repeat(900));
    await others.hears('b'.repeat(900));
    expect(kept[0]?.toString('latin1')).toMatch(/^a+$/);
  });

  it('lets its server close when it has ended', async () => {
    const [nearHeard, farHeard] = [new Heard(), new Heard()];
    const { server, near, far } = await pair(nearHeard, farHeard);
    const closed = once(server, 'close');
    let open = true;
    void closed.then(() => (open = false));
    server.close();
    far.writeText('still here');
    await nearHeard.hears('still here');
    expect(open).toBe(true);
    far.end();
    await nearHeard.whenEnded;
    near.end();
    await closed;
  });

  it('relays 50 MB both ways at once, byte by byte the same, whoever is slow', { timeout: 120_000 }, async () => {
    const [left, inbound, outbound, right] = [new Source(), new Relay(), new Relay(), new Source()];
    const first = await pair(inbound, left);
    const second = await pair(right, outbound);
    inbound.join(first.near, outbound);
    outbound.join(second.far, inbound);
    left.begin(first.far);
    right.begin(second.near);
    expect(await Promise.all([left, inbound, outbound, right].map((heard) => heard.whenClosed))).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect([right.bytes, left.bytes]).toEqual([TRANSFERRED, TRANSFERRED]);
    expect([right.hash.digest('hex'), left.hash.digest('hex')]).toEqual([left.sent.digest('hex'), right.sent.digest('hex')]);
    // Else nothing was shown.
    expect([inbound.waits, outbound.waits].every((waits) => waits > 0)).toBe(true);
  });
});

const TRANSFERRED = 50 << 20;

/** Passes on what it is lent, as a gateway does with bodies. */
class Relay extends Heard {
  private wire!: Wire;
  private other!: Relay;
  waits = 0;

  join(wire: Wire, other: Relay): void {
    this.wire = wire;
    this.other = other;
  }
  override received(chunk: Buffer): void {
    if (this.other.wire.writeBytes(chunk)) return;
    this.waits++;
    this.wire.pause();
  }
  override drained(): void {
    this.other.wire.resume();
  }
  override ended(): void {
    this.other.wire.end();
  }
}

/** Sends as much as the wire takes, in pieces of many sizes, and now and then stops taking what comes. */
class Source extends Heard {
  readonly sent = createHash('sha256');
  private readonly random = new Random(7);
  private readonly bytesToSend = randomBytes(1 << 18);
  private left = TRANSFERRED;
  private wire!: Wire;

  begin(wire: Wire): void {
    this.wire = wire;
    this.go();
  }
  override drained(): void {
    this.go();
  }
  private go(): void {
    while (this.left > 0 && this.send());
    if (this.left === 0) this.wire.end();
  }
  private send(): boolean {
    const { random, wire } = this;
    const start = random.below(1_000);
    const bytes = this.bytesToSend.subarray(
      start,
      start + Math.min(this.left, random.pick([1, 100, 8_192, 8_193, 60_000, 200_000])),
    );
    this.left -= bytes.length;
    this.sent.update(bytes);
    switch (random.below(3)) {
      case 0:
        return wire.writeBytes(bytes);
      case 1:
        return wire.writeText(latin1(bytes));
      default:
        return wire.writeTextAndBytes(latin1(bytes, 0, 1), bytes.subarray(1));
    }
  }
  override received(chunk: Buffer): void {
    super.received(chunk);
    if (!this.random.oneIn(20)) return;
    this.wire.pause();
    setImmediate(() => this.wire.resume());
  }
}

describe('Wire.accepted', () => {
  it('tells of the closing of a socket that was closed before', async () => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const port = await listening(server);
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    const [socket] = (await once(server, 'connection')) as [Socket];
    closers.push(
      () => server.close(),
      () => client.destroy(),
    );
    socket.destroy();
    await once(socket, 'close');
    const heard = new Heard();
    Wire.accepted(socket, heard);
    expect(heard.events).toEqual([]);
    await heard.whenClosed;
    expect(heard.events).toEqual(['closed']);
  });

  it('hears what was sent before it was made', async () => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const port = await listening(server);
    const client = connect(port, '127.0.0.1').on('error', () => undefined);
    client.end('early');
    const [socket] = (await once(server, 'connection')) as [Socket];
    closers.push(
      () => server.close(),
      () => client.destroy(),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    const heard = new Heard();
    const wire = Wire.accepted(socket, heard);
    await heard.whenEnded;
    expect(heard.text).toBe('early');
    wire.end();
    await heard.whenClosed;
  });
});

describe('Wire.connecting', () => {
  it('tells why there is no connection', async () => {
    const server = createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const heard = new Heard();
    const wire = Wire.connecting((options) => connect({ ...options, port, host: '127.0.0.1' }), heard);
    wire.writeText('for nobody');
    await heard.whenClosed;
    expect(heard.events).toEqual(['closed: ECONNREFUSED']);
  });

  it('sends what was written before the connection was there', async () => {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    const port = await listening(server);
    const made = Wire.connecting((options) => connect({ ...options, port, host: '127.0.0.1' }), new Heard());
    expect(made.writeText('early')).toBe(false);
    const [socket] = (await once(server, 'connection')) as [Socket];
    const heard = new Heard();
    ends(server, Wire.accepted(socket, heard), made);
    await heard.hears('early');
  });
});

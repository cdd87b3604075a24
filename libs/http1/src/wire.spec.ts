import { createServer, type AddressInfo, type Server, type Socket, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Wire, type WireListener } from './wire.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Counts what it is told of. */
class Heard implements WireListener {
  midway = false;
  text = '';
  drains = 0;
  received(chunk: Buffer): void {
    this.text += chunk.toString('latin1');
  }
  ended(): void {}
  drained(): void {
    this.drains++;
  }
  closed(): void {}
}

/** A wire over a connection that a server accepted, and the socket at its other end, which reads nothing until it is resumed. */
async function acceptedWire(heard: Heard): Promise<{ wire: Wire; client: Socket }> {
  const server: Server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const accepted = new Promise<Wire>((resolve) => server.once('connection', (socket) => resolve(Wire.accepted(socket, heard))));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
    .on('error', () => undefined)
    .pause();
  const wire = await accepted;
  closers.push(
    () => server.close(),
    () => wire.destroy(),
    () => client.destroy(),
  );
  return { wire, client };
}

describe('Wire', () => {
  it.each([
    ['text', (wire: Wire) => wire.writeText('x'.repeat(8192))],
    ['a few bytes', (wire: Wire) => wire.writeBytes(Buffer.alloc(100, 'x'))],
    ['many bytes', (wire: Wire) => wire.writeBytes(Buffer.alloc(20_000, 'x'))],
    ['text and bytes', (wire: Wire) => wire.writeTextAndBytes('x', Buffer.alloc(20_000, 'x'))],
  ])('tells when %s that had to wait are gone, however little it was', async (_, write) => {
    const heard = new Heard();
    const { wire, client } = await acceptedWire(heard);
    while (write(wire));
    const { waiting, taken } = wire;
    expect([heard.drains, waiting > 0]).toEqual([0, true]);
    client.on('data', () => undefined).resume();
    while (heard.drains === 0) await new Promise((resolve) => setImmediate(resolve));
    expect([heard.drains, wire.waiting]).toEqual([1, 0]);
    expect(wire.taken).toBeGreaterThan(taken);
  });

  it('says nothing of draining where nothing had to wait', async () => {
    const heard = new Heard();
    const { wire, client } = await acceptedWire(heard);
    expect(wire.writeText('at once')).toBe(true);
    client.resume().write('answer');
    while (heard.text !== 'answer') await new Promise((resolve) => setImmediate(resolve));
    expect(heard.drains).toBe(0);
  });

  it('keeps the order of what is written in different ways, whatever had to wait, and ends behind it', async () => {
    const heard = new Heard();
    const { wire, client } = await acceptedWire(heard);
    let sent = '';
    const send = (text: string, write: (text: string) => boolean) => {
      sent += text;
      return write(text);
    };
    const ways = [
      (text: string) => wire.writeText(text),
      (text: string) => wire.writeBytes(Buffer.from(text, 'latin1')),
      (text: string) => wire.writeTextAndBytes(text.slice(0, 5), Buffer.from(text.slice(5), 'latin1')),
    ];
    let n = 0;
    let full = 0;
    // All of them while nothing waits, while text waits, and while bytes do.
    while (full < 50) {
      const text = `${n}${String.fromCharCode(0x61 + (n % 26)).repeat((n * 7919) % 40_000)}\xe9`;
      if (!send(text, ways[(n * 31) % 3] as (text: string) => boolean)) full++;
      n++;
    }
    wire.end();
    let received = '';
    client.on('data', (chunk) => (received += chunk.toString('latin1')));
    const ended = new Promise((resolve) => client.on('end', resolve));
    client.resume();
    await ended;
    expect(received === sent).toBe(true);
    expect(wire.waiting).toBe(0);
  });

  it.each([
    ['it is destroyed', ({ wire }: Awaited<ReturnType<typeof acceptedWire>>) => wire.destroy(), null],
    ['it is reset', ({ wire }: Awaited<ReturnType<typeof acceptedWire>>) => wire.reset(), null],
    [
      'the other side resets it',
      ({ client }: Awaited<ReturnType<typeof acceptedWire>>) => client.resetAndDestroy(),
      'ECONNRESET',
    ],
  ])('tells once that it is closed when %s while text waits', async (_, act, code) => {
    const heard = new Heard();
    const closings: (string | null)[] = [];
    heard.closed = (error?: NodeJS.ErrnoException | null) => void closings.push(error?.code ?? null);
    const both = await acceptedWire(heard);
    while (both.wire.writeText('x'.repeat(8192)));
    act(both);
    while (closings.length === 0) await new Promise((resolve) => setImmediate(resolve));
    both.wire.writeText('late');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([closings, heard.drains]).toEqual([[code], 0]);
  });

  it('tells of a connection that broke when it is written to', async () => {
    const heard = new Heard();
    let closing: NodeJS.ErrnoException | null = null;
    heard.closed = (error?: Error | null) => void (closing = error ?? null);
    const { wire, client } = await acceptedWire(heard);
    wire.pause();
    client.resetAndDestroy();
    while (closing === null) {
      wire.writeText('x');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(closing).toMatchObject({ syscall: 'write', code: expect.stringMatching(/^(?:EPIPE|ECONNRESET)$/) });
  });

  it('leaves the memory of a chunk to its reader who paused, even if somebody lets it go on at once', async () => {
    const heard = new Heard();
    const { wire, client } = await acceptedWire(heard);
    const kept: Buffer[] = [];
    const copies: Buffer[] = [];
    let bytes = 0;
    wire.listener = {
      ...{ midway: true, ended: () => undefined, drained: () => undefined, closed: () => undefined },
      received(chunk) {
        bytes += chunk.length;
        if (chunk.length > 8192) {
          kept.push(chunk);
          copies.push(Buffer.from(chunk));
          wire.pause();
          wire.resume();
        }
      },
    };
    const all = Buffer.concat(Array.from({ length: 64 }, (_, n) => Buffer.alloc(65_536, n + 1)));
    client.write(all);
    while (bytes < all.length) await new Promise((resolve) => setImmediate(resolve));
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.every((chunk, n) => chunk.equals(copies[n] as Buffer))).toBe(true);
  });

  it('holds no memory while it is idle, however large its last message was', async () => {
    const memories = { one: new Set<ArrayBufferLike>(), other: new Set<ArrayBufferLike>() };
    const wires = { one: new Heard(), other: new Heard() };
    const [one, other] = [await acceptedWire(wires.one), await acceptedWire(wires.other)];
    let bytes = 0;
    let largest = 0;
    wires.one.received = ({ length, buffer }) => {
      bytes += length;
      largest = Math.max(largest, length);
      wires.one.midway = bytes < 1_000_000;
      if (length === 1) memories.one.add(buffer);
    };
    wires.other.received = ({ buffer }) => memories.other.add(buffer);
    for (let n = 1; n <= 3; n++) {
      bytes = largest = 0;
      one.client.write(Buffer.alloc(1_000_000));
      while (bytes < 1_000_000) await new Promise((resolve) => setImmediate(resolve));
      expect(largest).toBeGreaterThan(8_192);
      one.client.write('1');
      while (bytes === 1_000_000) await new Promise((resolve) => setImmediate(resolve));
    }
    other.client.write('1');
    while (memories.other.size === 0) await new Promise((resolve) => setImmediate(resolve));
    expect([...memories.one].every((memory) => memories.other.has(memory))).toBe(true);
  });

  it('takes memory up again that it has given back, never what somebody keeps', async () => {
    const heard = new Heard();
    heard.midway = true;
    const { wire, client } = await acceptedWire(heard);
    const memories = new Set<ArrayBufferLike>();
    const kept: Buffer[] = [];
    const copies: Buffer[] = [];
    let bytes = 0;
    let large = 0;
    heard.received = (chunk) => {
      bytes += chunk.length;
      if (chunk.length <= 8_192) return;
      large++;
      memories.add(chunk.buffer);
      // Each message has three chunks; the middle one of every other is kept.
      heard.midway = large % 3 !== 0;
      if (large % 6 !== 2) return;
      kept.push(chunk);
      copies.push(Buffer.from(chunk));
      wire.pause();
      wire.resume();
    };
    const all = Buffer.concat(Array.from({ length: 128 }, (_, n) => Buffer.alloc(65_536, n + 1)));
    client.write(all);
    while (bytes < all.length) await new Promise((resolve) => setImmediate(resolve));
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.every((chunk, n) => chunk.equals(copies[n] as Buffer))).toBe(true);
    expect(memories.size).toBeLessThan(kept.length + 5);
  });
});

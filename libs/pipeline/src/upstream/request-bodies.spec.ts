import { socketBackend } from '@gatehouse/testing';
import { createHash, randomFillSync } from 'node:crypto';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import { ask, closeLater, OK, scriptedBackend, SpecBody, until, upstreamWith } from './upstream.fixture.js';

/** A backend that keeps what came in its pieces and answers nothing by itself. */
async function listeningBackend() {
  const pieces: string[] = [];
  const sockets: Socket[] = [];
  let open = 0;
  const backend = await socketBackend((socket) => {
    sockets.push(socket);
    open++;
    socket.on('close', () => open--);
    socket.on('data', (chunk: Buffer) => pieces.push(chunk.toString('latin1')));
  });
  closeLater(() => backend.close());
  return {
    url: backend.url,
    pieces,
    sockets,
    get text() {
      return pieces.join('');
    },
    get open() {
      return open;
    },
  };
}

const bodyOf = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4);

describe('the body of a request', () => {
  it('that is at hand goes out with the head in one piece', async () => {
    const backend = await listeningBackend();
    const upstream = upstreamWith();
    const body = new SpecBody({ chunks: ['hello ', '', 'world'], ended: true });
    const told = ask(upstream, { origin: backend.url, method: 'POST', body, bodyLength: 11 });
    await until(() => backend.text.includes('world'));
    expect(backend.pieces.length).toBe(1);
    expect(backend.text).toMatch(/^POST \/ HTTP\/1\.1\r\nHost: [\d.:]+\r\nContent-Length: 11\r\n\r\nhello world$/);
    expect([told.sent, told.awaited]).toEqual([1, []]);
    told.call.abort();
    expect(body.destroyed).toBe(false);
  });

  it('that comes bit by bit is passed on so, and its end is not waited for', async () => {
    const backend = await listeningBackend();
    const body = new SpecBody();
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body, bodyLength: 6 });
    await until(() => backend.text.endsWith('\r\n\r\n'));
    expect([told.sent, told.awaited]).toEqual([0, [true]]);
    body.give('abc');
    await until(() => backend.text.endsWith('abc'));
    body.give('def');
    body.sink?.end();
    expect(told.sent).toBe(1);
    await until(() => backend.text.endsWith('abcdef'));
    backend.sockets[0]?.write(OK);
    expect(await told.ending).toBe('ended');
  });

  it('of unknown length goes out in chunks, none of which is empty before the last', async () => {
    const backend = await listeningBackend();
    const body = new SpecBody({ chunks: ['abc', ''] });
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body });
    await until(() => body.sink !== null);
    for (const chunk of ['', 'x'.repeat(20_000), '', 'def']) body.give(chunk);
    await until(() => backend.text.endsWith('def'));
    expect(told.sent).toBe(0);
    body.sink?.end();
    await until(() => backend.text.endsWith('0\r\n\r\n'));
    expect(bodyOf(backend.text)).toBe(`3\r\nabc\r\n4e20\r\n${'x'.repeat(20_000)}\r\n3\r\ndef\r\n0\r\n\r\n`);
    backend.sockets[0]?.write(OK);
    expect([await told.ending, told.sent]).toEqual(['ended', 1]);
  });

  it('is not started before there is a connection', async () => {
    const backend = await listeningBackend();
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const first = ask(upstream, { origin: backend.url });
    await until(() => backend.text !== '');
    const body = new SpecBody({ chunks: ['abc'], ended: true });
    const second = ask(upstream, { origin: backend.url, method: 'PUT', body, bodyLength: 3 });
    expect(body.sink).toBe(null);
    backend.sockets[0]?.write(OK);
    expect(await first.ending).toBe('ended');
    expect(body.sink).not.toBe(null);
    second.call.abort();
  });

  it('waits while the backend does not read', async () => {
    const backend = await listeningBackend();
    const body = new SpecBody();
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body });
    await until(() => body.sink !== null && backend.sockets.length === 1);
    backend.sockets[0]?.pause();
    let given = 0;
    while (!body.paused) {
      body.give('x'.repeat(60_000));
      given += 60_000;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(told.awaited).toEqual([true, false]);
    backend.sockets[0]?.resume();
    await until(() => !body.paused);
    expect(told.awaited).toEqual([true, false, true]);
    body.sink?.end();
    await until(() => backend.text.endsWith('\r\n0\r\n\r\n'));
    expect(bodyOf(backend.text).split('x').length - 1).toBe(given);
    told.call.abort();
  });
});

describe('security class: HTTP/1.1 smuggling: a request whose body', () => {
  const broken = new Error('the client broke off');
  it.each([
    ['fails in the middle, with a length', 6, false, (body: SpecBody) => body.sink?.fail(broken)],
    ['fails in the middle, in chunks', null, false, (body: SpecBody) => body.sink?.fail(broken)],
    ['ends too soon', 6, false, (body: SpecBody) => body.sink?.end()],
    ['is longer than announced', 6, true, (body: SpecBody) => body.give('defg')],
  ])('%s is never whole for its backend', async (_, bodyLength, givenUp, breaking) => {
    const backend = await listeningBackend();
    const body = new SpecBody({ chunks: ['abc'] });
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body, bodyLength });
    await until(() => backend.text.includes('abc'));
    breaking(body);
    expect(await told.ending).toBe('request-body');
    if (bodyLength === null) expect(told.error?.cause).toBe(broken);
    expect(body.destroyed).toBe(givenUp);
    await until(() => backend.open === 0);
    expect(bodyOf(backend.text)).toBe(bodyLength === null ? '3\r\nabc\r\n' : 'abc');
    expect(told.sent).toBe(0);
  });

  it('fails before anything of it was sent does not reach a backend', async () => {
    const backend = await listeningBackend();
    const body = new SpecBody({ chunks: ['abc'], failed: broken });
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body });
    expect([await told.ending, told.error?.cause]).toEqual(['request-body', broken]);
    await until(() => backend.sockets.length === 1 && backend.open === 0);
    expect(backend.text).toBe('');
  });

  it('is given up with its call is never whole for its backend', async () => {
    const backend = await listeningBackend();
    const body = new SpecBody({ chunks: ['abc'] });
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body });
    await until(() => backend.text.includes('abc'));
    told.call.abort();
    body.sink?.data(Buffer.from('def'));
    body.sink?.end();
    await until(() => backend.open === 0);
    expect([body.destroyed, bodyOf(backend.text)]).toEqual([true, '3\r\nabc\r\n']);
  });

  it('ends a call that failed otherwise goes nowhere', async () => {
    const backend = await scriptedBackend(({ socket }) => socket.end('nonsense'));
    const body = new SpecBody({ chunks: ['abc'] });
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body });
    expect([await told.ending, body.destroyed]).toEqual(['protocol', true]);
  });
});

const LARGE = 50_000_000;

/** Lends `LARGE` random bytes in pieces of all sizes, from memory that it uses again unless it was paused. */
class LargeBody implements BodyStream {
  readonly hash = createHash('sha256');
  private memory = Buffer.alloc(65_536);
  private given = 0;
  private paused = false;
  pauses = 0;
  private sink: BodySink | null = null;

  start(sink: BodySink): void {
    this.sink = sink;
    setImmediate(() => this.flow());
  }
  pause(): void {
    this.paused = true;
    this.pauses++;
  }
  resume(): void {
    this.paused = false;
    setImmediate(() => this.flow());
  }
  destroy(): void {
    this.sink = null;
  }

  private flow(): void {
    for (let n = 0; n < 8 && !this.paused && this.sink !== null; n++) {
      const size = Math.min(LARGE - this.given, 1 + ((this.given * 7919) % this.memory.length));
      if (size === 0) return this.sink.end();
      const chunk = randomFillSync(this.memory.subarray(0, size));
      this.hash.update(chunk);
      this.given += size;
      this.sink.data(chunk);
      if (this.paused) this.memory = Buffer.alloc(65_536);
    }
    if (!this.paused) setImmediate(() => this.flow());
  }
}

describe('50 MB', () => {
  it.each([
    ['with a length', LARGE],
    ['in chunks', null],
  ])('reach a slow backend %s as they are', async (_, bodyLength) => {
    const hash = createHash('sha256');
    let left = -1;
    let rest = '';
    const backend = await socketBackend((socket) => {
      const take = (chunk: Buffer) => {
        hash.update(chunk);
        left -= chunk.length;
        if (left > 0) return;
        socket.write(OK);
      };
      socket.on('data', (chunk: Buffer) => {
        // Slow: a turn of the event loop after each piece.
        socket.pause();
        setImmediate(() => socket.resume());
        let at = 0;
        if (left < 0) {
          at = chunk.indexOf('\r\n\r\n') + 4;
          left = LARGE;
        }
        if (bodyLength !== null) return at < chunk.length ? take(chunk.subarray(at)) : undefined;
        rest += chunk.toString('latin1', at);
        for (;;) {
          const line = /^(?:\r\n)?([\da-f]+)\r\n/.exec(rest);
          const size = line === null ? Infinity : Number.parseInt(line[1] as string, 16);
          if (line === null || rest.length < line[0].length + size) return;
          if (size > 0) take(Buffer.from(rest.slice(line[0].length, line[0].length + size), 'latin1'));
          rest = rest.slice(line[0].length + size);
          if (size === 0) return;
        }
      });
    });
    closeLater(() => backend.close());
    const body = new LargeBody();
    const told = ask(upstreamWith(), { origin: backend.url, method: 'POST', body, bodyLength });
    expect(await told.ending).toBe('ended');
    expect(hash.digest('hex')).toBe(body.hash.digest('hex'));
    expect(body.pauses).toBeGreaterThan(0);
  });

  it.each([
    ['with a length', true],
    ['in chunks', false],
  ])('reach a slow client %s as they are, and the backend is held back', async (_, announced) => {
    const sent = createHash('sha256');
    let waited = 0;
    const backend = await scriptedBackend(({ socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\n${announced ? `Content-Length: ${LARGE}` : 'Transfer-Encoding: chunked'}\r\n\r\n`);
      let left = LARGE;
      const flow = () => {
        while (left > 0) {
          const chunk = randomFillSync(Buffer.alloc(Math.min(left, 1 + ((left * 7919) % 300_000))));
          left -= chunk.length;
          sent.update(chunk);
          if (!announced) socket.write(`${chunk.length.toString(16)}\r\n`);
          const more = socket.write(chunk);
          if (!announced) socket.write(left === 0 ? '\r\n0\r\n\r\n' : '\r\n');
          if (more) continue;
          waited++;
          return void socket.once('drain', flow);
        }
      };
      flow();
    });
    const received = createHash('sha256');
    const kept: Buffer[] = [];
    let bytes = 0;
    let paused = false;
    const told = ask(upstreamWith(), {
      origin: backend.url,
      onData(chunk, call) {
        bytes += chunk.length;
        if (chunk.length <= 8192) return void kept.push(Buffer.from(chunk));
        // As a wire does that cannot take it all: it keeps the memory until later, and pauses.
        kept.push(chunk);
        if (paused) return;
        paused = true;
        call.pause();
        setImmediate(() => {
          for (const part of kept.splice(0)) received.update(part);
          paused = false;
          call.resume();
        });
      },
    });
    expect(await told.ending).toBe('ended');
    await until(() => !paused);
    for (const part of kept) received.update(part);
    expect([bytes, received.digest('hex')]).toEqual([LARGE, sent.digest('hex')]);
    expect(waited).toBeGreaterThan(0);
  });

  it('a client that stops taking stops the backend', async () => {
    let written = 0;
    const backend = await scriptedBackend(({ socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${LARGE}\r\n\r\n`);
      const flow = () => {
        for (;;) {
          written += 65_536;
          if (!socket.write(Buffer.alloc(65_536))) return void socket.once('drain', flow);
        }
      };
      flow();
    });
    const told = ask(upstreamWith(), { origin: backend.url, onData: (_, call) => call.pause() });
    await until(() => told.chunks.length > 0);
    // Nothing more flows as soon as the buffers of both sockets are full.
    let before = -1;
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(told.chunks.length).toBe(1);
    expect(written).toBeLessThan(LARGE);
    told.call.abort();
  });
});

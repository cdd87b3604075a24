import { describe, expect, it } from 'vitest';
import { Worker } from 'node:worker_threads';
import { TargetGuard } from './target-guard.js';
import { ask, closeLater, OK, scriptedBackend, SpecBody, until, upstreamWith, type BackendSocket } from './upstream.fixture.js';

const end = ({ socket }: BackendSocket) => void socket.end();
const reset = ({ socket }: BackendSocket) => void socket.resetAndDestroy();

/**
 * A backend that answers every request but the second, which comes on the connection of the first and meets `breaking`; asks it twice. The second request
 * is what `request` says.
 */
async function askOnUsedConnection(
  request: { method?: string; body?: SpecBody; bodyLength?: number },
  breaking: (connection: BackendSocket) => void,
  also = 2,
) {
  const backend = await scriptedBackend((connection, number) => {
    if (number === 1 || number > also) connection.socket.write(OK);
    else breaking(connection);
  });
  const upstream = upstreamWith();
  expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
  const told = ask(upstream, { origin: backend.url, ...request });
  return { backend, upstream, told, ending: await told.ending };
}

describe('a used connection that ends before the first byte of an answer', () => {
  it.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('%s is sent once more, on a new one', async (method) => {
    for (const breaking of [end, reset]) {
      const { backend, told, ending } = await askOnUsedConnection({ method }, breaking);
      expect([ending, told.status, told.sent]).toEqual(['ended', 200, 2]);
      expect(backend.connections.map(({ requests }) => requests)).toEqual([2, 1]);
    }
  });

  it.each(['POST', 'PATCH'])('%s is not: it may have been carried out', async (method) => {
    for (const breaking of [end, reset]) {
      const { backend, ending } = await askOnUsedConnection({ method }, breaking);
      expect(ending).toBe('stale-connection');
      expect(backend.connections.map(({ requests }) => requests)).toEqual([2]);
    }
  });

  it('a small body that was at hand goes along', async () => {
    const body = new SpecBody({ chunks: ['hel', 'lo'], ended: true });
    const { backend, ending } = await askOnUsedConnection({ method: 'PUT', body, bodyLength: 5 }, end);
    expect(ending).toBe('ended');
    expect(backend.connections.map(({ text }) => text.endsWith('\r\nContent-Length: 5\r\n\r\nhello'))).toEqual([true, true]);
    expect(body.destroyed).toBe(false);
  });

  it('a small body of unknown length too', async () => {
    const body = new SpecBody({ chunks: ['hel', 'lo'], ended: true });
    const { backend, ending } = await askOnUsedConnection({ method: 'PUT', body }, end);
    expect(ending).toBe('ended');
    expect(backend.connections[1]?.text).toMatch(/\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n$/);
  });

  it.each([
    ['that is still coming', new SpecBody({ chunks: ['hel'] })],
    ['that is too large to be kept', new SpecBody({ chunks: ['x'.repeat(20_000)], ended: true })],
  ])('a body %s cannot be sent again', async (_, body) => {
    const { backend, ending } = await askOnUsedConnection({ method: 'PUT', body }, end);
    expect([ending, backend.connections.length]).toEqual(['stale-connection', 1]);
  });

  it('it is sent once more only once', async () => {
    const { backend, ending } = await askOnUsedConnection({}, end, 3);
    expect(ending).toBe('network');
    expect(backend.connections.map(({ requests }) => requests)).toEqual([2, 1]);
  });

  it('it is sent on a new connection, not on another one that may be closed as well', async () => {
    const backend = await scriptedBackend(({ socket, requests }, number) => {
      if (number <= 3) return;
      if (requests > 1) socket.end();
      else socket.write(OK);
    });
    const upstream = upstreamWith();
    const calls = [1, 2, 3].map(() => ask(upstream, { origin: backend.url }));
    await backend.asked(3);
    for (const { socket } of backend.connections) socket.write(OK);
    await Promise.all(calls.map(({ ending }) => ending));
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    expect(backend.connections.map(({ requests }) => requests).sort()).toEqual([1, 1, 1, 2]);
  });

  it('nor does it matter whether that one was used or only kept: its backend may have given it up in the same way', async () => {
    const backend = await scriptedBackend(({ socket }, number) => {
      if (number === 1) socket.end();
      else socket.write(OK);
    });
    const upstream = upstreamWith();
    ask(upstream, { origin: backend.url }).call.abort();
    await until(() => backend.connections.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    expect(backend.connections.map(({ requests }) => requests)).toEqual([1, 1]);
  });

  it('it is sent once more ahead of those that wait, within the bound of connections', async () => {
    const backend = await scriptedBackend(({ socket, requests }, number) => {
      if (number === 2 && requests === 2) socket.end();
      else socket.write(OK);
    });
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    expect(await ask(upstream, { origin: backend.url, path: '/0' }).ending).toBe('ended');
    const calls = ['/1', '/2', '/3'].map((path) => ask(upstream, { origin: backend.url, path }));
    expect(await Promise.all(calls.map(({ ending }) => ending))).toEqual(['ended', 'ended', 'ended']);
    expect(backend.heads.map((head) => head.split(' ')[1])).toEqual(['/0', '/1', '/1', '/2', '/3']);
    expect(backend.connections.length).toBe(2);
  });

  it('one that is given up meanwhile is not sent again', async () => {
    const backend = await scriptedBackend(({ socket }, number) => {
      if (number === 1) socket.write(OK);
    });
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    expect(await ask(upstream, { origin: backend.url }).ending).toBe('ended');
    const told = ask(upstream, { origin: backend.url });
    await backend.asked(2);
    backend.connections[0]?.socket.on('close', () => told.call.abort());
    backend.connections[0]?.socket.resetAndDestroy();
    await until(() => backend.open === 0);
    await upstream.close();
    expect([told.ended, told.error]).toEqual([false, null]);
  });

  describe.each([
    ['without a body', null, undefined, () => undefined, /\r\nContent-Length: 0\r\n\r\n$/],
    ['with a body at hand', ['hello ', 'end'], 9, () => undefined, /\r\n\r\nhello end$/],
    ['with a small body that is still coming', ['hello '], 9, give('end'), /\r\n\r\nhello end$/],
    ['with a large body', ['x'.repeat(20_000), 'y'.repeat(20_000)], 40_003, give('end'), /\r\n\r\nx{20000}y{20000}end$/],
    [
      'with a large body of unknown length',
      ['x'.repeat(20_000)],
      undefined,
      give('end'),
      /\r\n\r\n4e20\r\nx{20000}\r\n3\r\nend\r\n0\r\n\r\n$/,
    ],
  ])('of which no byte was written', (kind, chunks, bodyLength, rest, text) => {
    it(`a POST ${kind} is sent once more`, async () => {
      const backend = await backendThatResets();
      const upstream = upstreamWith();
      const { origin } = backend;
      expect(await ask(upstream, { origin }).ending).toBe('ended');
      backend.reset();
      const body = chunks === null ? null : new SpecBody({ chunks, ended: kind.includes('at hand') });
      const told = ask(upstream, { origin, method: 'POST', body, ...(bodyLength === undefined ? {} : { bodyLength }) });
      // What waits to be sent again holds its source back.
      if (body !== null && chunks?.join('').endsWith('end') !== true)
        expect([body.paused, body.destroyed]).toEqual([true, false]);
      setTimeout(() => rest(body), 50);
      expect([await told.ending, told.status]).toEqual(['ended', 200]);
      const texts = await backend.texts();
      expect([texts.length, texts[0]?.match(/HTTP/g)?.length]).toEqual([2, 1]);
      expect(texts[1]).toMatch(text);
    });
  });

  it('a body that breaks off while it waits to be sent again fails its call', async () => {
    const backend = await backendThatResets();
    const guard = new TargetGuard();
    const upstream = upstreamWith({ guard });
    const { origin } = backend;
    expect(await ask(upstream, { origin }).ending).toBe('ended');
    backend.reset();
    const body = new SpecBody({ chunks: ['x'.repeat(20_000)] });
    // Another connection is to be made.
    guard.prepare = () => Promise.resolve(body.sink?.fail(new Error('gone')));
    const told = ask(upstream, { origin, method: 'POST', body });
    expect(await told.ending).toBe('request-body');
    await upstream.close();
    expect((await backend.texts()).join('')).not.toContain('POST');
  });
});

/** Gives the rest of a body. */
function give(text: string) {
  return (body: SpecBody | null) => {
    body?.give(text);
    body?.sink?.end();
  };
}

/**
 * A backend on a thread of its own. `reset` resets its last connection, of which this thread, that stands still meanwhile, cannot have heard at its next write:
 * it is refused.
 */
async function backendThatResets() {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    String.raw`const { createServer } = require('node:net');
     const { parentPort, workerData } = require('node:worker_threads');
     const texts = [];
     let last;
     const server = createServer((socket) => {
       const nth = texts.push('') - 1;
       last = socket;
       socket.on('error', () => undefined);
       socket.on('data', (chunk) => {
         texts[nth] += chunk.toString('latin1');
         if (!/^GET[^]*\r\n\r\n$|Content-Length: 0\r\n\r\n$|end(\r\n0\r\n\r\n)?$/.test(texts[nth])) return;
         socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
       });
     }).listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
     parentPort.on('message', (message) => {
       if (message === 'texts') return parentPort.postMessage(texts);
       last.on('close', () => { Atomics.store(workerData, 0, 1); Atomics.notify(workerData, 0); });
       last.resetAndDestroy();
     });`,
    { eval: true, workerData: shared },
  );
  closeLater(() => worker.terminate());
  const message = () => new Promise<unknown>((resolve) => worker.once('message', resolve));
  return {
    origin: `http://127.0.0.1:${String(await message())}`,
    reset(): void {
      worker.postMessage('reset');
      Atomics.wait(shared, 0, 0);
    },
    /** What came, a text for each connection. */
    texts(): Promise<string[]> {
      worker.postMessage('texts');
      return message() as Promise<string[]>;
    },
  };
}

describe('no second time', () => {
  it.each([
    ['ends', end],
    ['is reset', reset],
  ])('on a new connection that %s before any answer', async (_, breaking) => {
    const backend = await scriptedBackend(breaking);
    expect(await ask(upstreamWith(), { origin: backend.url }).ending).toBe('network');
    expect(backend.heads.length).toBe(1);
  });

  it.each([
    ['a byte of an answer', 'H'],
    ['an interim answer', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('after %s', async (_, text) => {
    const { backend, ending, told } = await askOnUsedConnection({}, ({ socket }) => void socket.end(text));
    expect([ending, told.status, backend.connections.length]).toEqual(['network', 0, 1]);
  });

  it('after the head of an answer', async () => {
    const { backend, ending, told } = await askOnUsedConnection({}, ({ socket }) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'),
    );
    expect([ending, told.status, backend.connections.length]).toEqual(['network', 200, 1]);
  });
});

import { socketBackend, type TestBackend } from '@gatehouse/testing';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { TargetGuard } from '../upstream/target-guard.js';
import { UndiciUpstream } from './undici-upstream.js';
import type { UpstreamCall, UpstreamError, UpstreamListener } from '../upstream/upstream.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

/** A backend that answers when the spec says so. */
async function heldBackend() {
  const sockets: Socket[] = [];
  const paths: string[] = [];
  let told = () => {};
  const backend: TestBackend = await socketBackend((socket) => {
    sockets.push(socket);
    socket.on('data', (chunk) => {
      for (const [, path] of chunk.toString('latin1').matchAll(/^GET (\S+) /gm)) paths.push(path as string);
      told();
    });
  });
  closers.push(() => backend.close());
  const asked = async (path: string) => {
    while (!paths.includes(path)) await new Promise<void>((resolve) => (told = resolve));
  };
  return { url: backend.url, sockets, paths, asked };
}

function upstreamOf(waitingPerOrigin: number): UndiciUpstream {
  const guard = new TargetGuard();
  return new UndiciUpstream({ guard, connectionsPerOrigin: 1, waitingPerOrigin, keepAliveTimeout: 4000, connectTimeout: 2000 });
}

type Ending = number | UpstreamError;

function call(upstream: UndiciUpstream, origin: string, path: string): { call: UpstreamCall; ending: Promise<Ending> } {
  let settle: (ending: Ending) => void = () => {};
  const ending = new Promise<Ending>((resolve) => (settle = resolve));
  let status = 0;
  const listener: UpstreamListener = {
    sent: () => {},
    answered: (given) => (status = given),
    data: () => {},
    ended: () => settle(status),
    failed: settle,
  };
  const request = { origin, path, method: 'GET', headers: [], body: null, bodyLength: 0, insecureSkipVerification: false };
  return { call: upstream.send(request, listener), ending };
}

describe('calls that wait for a connection', () => {
  it('security class: resource exhaustion: those given up while they waited cost no connection', async () => {
    const backend = await heldBackend();
    const upstream = upstreamOf(1000);
    const first = call(upstream, backend.url, '/first');
    await backend.asked('/first');
    for (let n = 0; n < 200; n++) call(upstream, backend.url, `/given-up/${n}`).call.abort();
    const live = call(upstream, backend.url, '/live');
    backend.sockets[0]?.write(OK);
    expect(await first.ending).toBe(200);
    await backend.asked('/live');
    backend.sockets[0]?.write(OK);
    expect(await live.ending).toBe(200);
    expect([backend.sockets.length, backend.paths]).toEqual([1, ['/first', '/live']]);
    closers.push(() => upstream.close());
  });

  it('one that is given up while its backend stalls makes room for the next', async () => {
    const backend = await heldBackend();
    const upstream = upstreamOf(1000);
    const stalled = call(upstream, backend.url, '/stalled');
    await backend.asked('/stalled');
    const live = call(upstream, backend.url, '/live');
    stalled.call.abort();
    await backend.asked('/live');
    backend.sockets[1]?.write(OK);
    expect(await live.ending).toBe(200);
    closers.push(() => upstream.close());
  });

  it('security class: resource exhaustion: one beyond the bound fails at once, and the others are served in order', async () => {
    const backend = await heldBackend();
    const upstream = upstreamOf(2);
    const served = ['/1', '/2', '/3'].map((path) => call(upstream, backend.url, path));
    const refused = call(upstream, backend.url, '/4');
    expect(await refused.ending).toMatchObject({ failure: 'overloaded' });
    for (const path of ['/1', '/2', '/3']) {
      await backend.asked(path);
      backend.sockets[0]?.write(OK);
    }
    expect(await Promise.all(served.map(({ ending }) => ending))).toEqual([200, 200, 200]);
    expect(backend.paths).toEqual(['/1', '/2', '/3']);
    closers.push(() => upstream.close());
  });

  it('a backend that is not there holds nobody back', async () => {
    const backend = await socketBackend(() => undefined);
    await backend.close();
    const upstream = upstreamOf(10);
    const endings = await Promise.all(['/1', '/2', '/3'].map((path) => call(upstream, backend.url, path).ending));
    expect(endings).toEqual(endings.map(() => expect.objectContaining({ failure: 'network' })));
    closers.push(() => upstream.close());
  });
});

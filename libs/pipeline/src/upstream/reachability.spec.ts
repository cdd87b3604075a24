import { freePort } from '@gatehouse/testing';
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Reachability } from './reachability.js';
import { ask, closeLater, OK, until, upstreamWith } from './upstream.fixture.js';

const refused = new Error('ECONNREFUSED');

/** Has `count` attempts in a row fail at `now`. */
function fail(reachability: Reachability, count: number, now: number): void {
  for (let n = 0; n < count; n++) reachability.failed(now, reachability.begin(now), refused);
}

describe('Reachability', () => {
  it('takes two failures for chance, and a third for an origin that is down', () => {
    const reachability = new Reachability();
    fail(reachability, 2, 0);
    expect(reachability.mayTry(0)).toBe(true);
    fail(reachability, 1, 0);
    expect([reachability.mayTry(0), reachability.mayTry(99), reachability.mayTry(100)]).toEqual([false, false, true]);
    expect(reachability.lastError).toBe(refused);
  });

  it('forgets failures when one attempt succeeds', () => {
    const reachability = new Reachability();
    fail(reachability, 2, 0);
    reachability.succeeded();
    fail(reachability, 2, 0);
    expect(reachability.mayTry(0)).toBe(true);
  });

  it('lets one attempt through after each pause, which doubles up to two seconds', () => {
    const reachability = new Reachability();
    fail(reachability, 3, 0);
    let now = 0;
    for (const pause of [100, 200, 400, 800, 1600, 2000, 2000]) {
      expect([reachability.mayTry(now + pause - 1), reachability.mayTry(now + pause)]).toEqual([false, true]);
      now += pause;
      const probe = reachability.begin(now);
      expect(reachability.mayTry(now)).toBe(false);
      reachability.failed(now, probe, refused);
    }
    reachability.succeeded();
    fail(reachability, 3, now);
    expect(reachability.mayTry(now + 100)).toBe(true);
  });

  it('does not count attempts that were under way when it went down', () => {
    const reachability = new Reachability();
    const before = Array.from({ length: 100 }, () => reachability.begin(0));
    for (const probe of before) reachability.failed(0, probe, refused);
    expect(reachability.mayTry(100)).toBe(true);
  });

  it('lets the next attempt through when one gets no answer', () => {
    const reachability = new Reachability();
    fail(reachability, 3, 0);
    expect(reachability.begin(100)).toBe(true);
    expect([reachability.mayTry(2099), reachability.mayTry(2100)]).toEqual([false, true]);
  });
});

describe('a backend that is down', () => {
  afterEach(() => void vi.useRealTimers());
  const fakeTime = () => vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  const serve = (port: number) =>
    new Promise<Socket[]>((resolve) => {
      const sockets: Socket[] = [];
      const server = createServer((socket) => {
        sockets.push(socket);
        socket.on('data', () => socket.write(OK));
      });
      closeLater(() => {
        for (const socket of sockets) socket.destroy();
        server.close();
      });
      server.listen(port, '127.0.0.1', () => resolve(sockets));
    });

  it('holds nobody back, and is found again when it returns', async () => {
    fakeTime();
    const port = await freePort();
    const upstream = upstreamWith({ connectionsPerOrigin: 1 });
    const request = { origin: `http://127.0.0.1:${port}` };
    const first = Array.from({ length: 10 }, () => ask(upstream, request));
    expect(await Promise.all(first.map(({ ending }) => ending))).toEqual(first.map(() => 'network'));
    // At once, without another attempt.
    expect(ask(upstream, request).error?.failure).toBe('network');
    expect((ask(upstream, request).error?.cause as Error).message).toBe('ECONNREFUSED');
    await serve(port);
    expect(ask(upstream, request).error?.failure).toBe('network');
    vi.advanceTimersByTime(100);
    const probe = ask(upstream, request);
    expect([probe.error, ask(upstream, request).error?.failure]).toEqual([null, 'network']);
    expect(await probe.ending).toBe('ended');
    const after = [ask(upstream, request), ask(upstream, request)];
    expect(await Promise.all(after.map(({ ending }) => ending))).toEqual(['ended', 'ended']);
  });

  it('is not down because of one failure, or two', async () => {
    const port = await freePort();
    const upstream = upstreamWith();
    const request = { origin: `http://127.0.0.1:${port}` };
    for (let n = 0; n < 2; n++) expect(await ask(upstream, request).ending).toBe('network');
    await serve(port);
    expect(await ask(upstream, request).ending).toBe('ended');
  });

  it('is not down as long as it is connected: requests that find no idle connection try to make one', async () => {
    const port = await freePort();
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const upstream = upstreamWith();
    const request = { origin: `http://127.0.0.1:${port}` };
    const busy = ask(upstream, request);
    await until(() => busy.sent === 1);
    // It takes no more connections.
    server.close();
    for (let n = 0; n < 5; n++) {
      const told = ask(upstream, request);
      expect(told.error).toBe(null);
      expect(await told.ending).toBe('network');
    }
    sockets[0]?.write(OK);
    expect(await busy.ending).toBe('ended');
    const next = ask(upstream, request);
    sockets[0]?.write(OK);
    expect(await next.ending).toBe('ended');
    sockets[0]?.destroy();
  });
});

import { describe, expect, it } from 'vitest';
import { ask, scriptedBackend, SpecBody, until, upstreamWith, type BackendSocket } from './upstream.fixture.js';

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const CALLS = 3_000;
const LARGE = 'x'.repeat(100_000);

/** Answers with the path that was asked for, in one of many ways, some of which are none. */
function answerSomehow({ socket }: BackendSocket, path: string, way: number): void {
  const length = `HTTP/1.1 200 OK\r\nContent-Length: ${path.length}\r\n\r\n`;
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const chunk = `${path.length.toString(16)}\r\n${path}\r\n`;
  switch (way) {
    case 0:
      return void socket.write(`${chunked}${chunk}0\r\n\r\n`);
    case 1:
      return void socket.write(`HTTP/1.1 103 Early Hints\r\n\r\n${length}${path}`);
    case 2:
      return void socket.end(`HTTP/1.1 200 OK\r\n\r\n${path}`);
    case 3:
      return void socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ${path.length}\r\n\r\n${path}`);
    case 4:
      return void socket.write(`${length}${path}HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nfor none`);
    case 5:
      return void socket.end(`${length}${path.slice(1)}`);
    case 6:
      return void socket.resetAndDestroy();
    case 7:
      return void socket.end();
    case 8:
      return void socket.write(`${chunked}${chunk}zz\r\n`);
    case 9:
      return void socket.write('nonsense\r\n\r\n');
    case 10:
      return void setImmediate(() => socket.write(`${length}${path}`));
    case 11:
      socket.write(length);
      return void setImmediate(() => socket.write(path));
    case 12:
      return void socket.write(`${chunked}${(LARGE.length + path.length).toString(16)}\r\n${path}${LARGE}\r\n0\r\n\r\n`);
    case 13:
      socket.write(`${length}${path}`);
      return void setImmediate(() => socket.end());
    default:
      return void socket.write(`${length}${path}`);
  }
}

describe('security class: HTTP/1.1 smuggling: thousands of calls of a backend in disorder, given up at random', () => {
  it.each([1, 2, 3])('get their own answer or none, and leave nothing behind (seed %i)', { timeout: 60_000 }, async (seed) => {
    const next = random(seed);
    const backend = await scriptedBackend((connection, _, head) =>
      answerSomehow(connection, head.split(' ')[1] as string, next(40)),
    );
    const upstream = upstreamWith({ connectionsPerOrigin: 8, waitingPerOrigin: CALLS });
    const endings: Record<string, number> = {};
    const count = (ending: string) => void (endings[ending] = (endings[ending] ?? 0) + 1);
    const foreign: string[] = [];
    let running = 0;
    for (let n = 0; n < CALLS; n++) {
      const path = `/${n}-${next(1_000_000)}`;
      const method = ['GET', 'POST', 'PUT'][next(3)] as string;
      const chunks = method === 'GET' ? [] : ['a', 'bc'].slice(next(3));
      const body = method === 'GET' ? null : new SpecBody({ chunks, ended: next(10) > 0 });
      const givenUp = next(10);
      running++;
      const told = ask(upstream, {
        origin: backend.url,
        path,
        method,
        body,
        onAnswer: (call) => (givenUp === 0 ? call.abort() : undefined),
        onData(_, call) {
          if (givenUp === 1) call.abort();
          if (givenUp !== 2) return;
          call.pause();
          setImmediate(() => call.resume());
        },
      });
      void told.ending.then((ending) => {
        running--;
        count(ending);
        if (ending === 'ended' && !told.body.startsWith(path)) foreign.push(`${path} got ${told.body.slice(0, 50)}`);
      });
      const over = () => told.ended || told.error !== null;
      if (givenUp <= 1 || givenUp === 3) {
        // Some are given up on their way; others were, or never hear of an end.
        setTimeout(() => {
          told.call.abort();
          if (over()) return;
          running--;
          count('given up');
        }, next(20));
      } else if (body !== null) {
        setTimeout(() => {
          if (!over() && !body.destroyed) body.sink?.end();
        }, next(20));
      }
      if (next(8) === 0) await until(() => running < 64);
    }
    await until(() => running === 0);
    await upstream.close();
    await until(() => backend.open === 0);
    expect(foreign).toEqual([]);
    expect(Object.values(endings).reduce((sum, times) => sum + times)).toBe(CALLS);
    for (const ending of ['ended', 'given up', 'protocol', 'network', 'stale-connection']) {
      expect(endings[ending], ending).toBeGreaterThan(10);
    }
  });
});

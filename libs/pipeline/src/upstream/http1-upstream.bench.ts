import { socketBackend } from '@gatehouse/testing';
import { afterAll, describe, it } from 'vitest';
import { Http1Upstream } from './http1-upstream.js';
import { TargetGuard } from './target-guard.js';
import type { UpstreamListener } from './upstream.js';

const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\nServer: bench\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n${'x'.repeat(100)}`,
);
const HEADERS = [
  'Accept',
  'application/json',
  'User-Agent',
  'bench',
  'X-Amzn-Trace-Id',
  'Root=1-67891233-abcdef012345678912345678',
];
const CALLS = 1_000;

/** A backend that answers each request that comes in one piece; both sides of the connection are in this process, and both are measured. */
const backend = await socketBackend((socket) => {
  socket.setNoDelay(true);
  socket.on('data', () => socket.write(ANSWER));
});
const upstream = new Http1Upstream({
  guard: new TargetGuard(),
  connectionsPerOrigin: 64,
  waitingPerOrigin: 10 * CALLS,
  keepAliveTimeout: 4000,
  connectTimeout: 2000,
  totalTimeout: 60_000,
});
afterAll(async () => {
  await upstream.close();
  await backend.close();
});

/** Makes so many calls, `width` at a time. */
function calls(width: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let begun = 0;
    let over = 0;
    const listener: UpstreamListener = {
      ...{ sent() {}, bodyAwaited() {}, answered() {}, data() {} },
      ended() {
        if (++over === CALLS) resolve();
        else if (begun < CALLS) next();
      },
      failed: reject,
    };
    const next = () => {
      begun++;
      const headers = HEADERS.slice();
      upstream.send(
        {
          origin: backend.url,
          path: '/a/b?c=d',
          method: 'GET',
          headers,
          lines: '',
          body: null,
          bodyLength: 0,
          insecureSkipVerification: false,
        },
        listener,
      );
    };
    for (let n = 0; n < width; n++) next();
  });
}

describe('1,000 calls of a backend on kept connections', () => {
  for (const width of [1, 64, CALLS]) {
    it(`${width} at a time`, async ({ bench }) => {
      await bench(`${width} at a time`, () => calls(width)).run();
    });
  }
});

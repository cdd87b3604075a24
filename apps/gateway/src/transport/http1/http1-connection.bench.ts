import type { Wire } from '@gatehouse/http1';
import { Exchange } from '@gatehouse/pipeline';
import { describe, it } from 'vitest';
import type { ConnectionHost } from '../../../dist/transport/connection-host.js';
import { Http1Connection } from '../../../dist/transport/http1/http1-connection.js';
import { LIMITS } from './http1.fixture.js';

// Measures what was built; run it with `--config vitest.compiled.config.mjs`.

const REQUESTS = 1_000;
const HEADERS = 'Host: api.example.com\r\nUser-Agent: bench\r\nAccept: */*\r\n';
const BODY = Buffer.alloc(100, 'x');

/** Takes everything at once; nothing comes by it but what is given to the connection. */
const wire = {
  ...{ waiting: 0, taken: 0, destroyed: false, writeText: () => true, writeBytes: () => true },
  ...{ pause() {}, resume() {}, end() {}, destroy() {}, reset() {} },
} as unknown as Wire;

let answered = 0;
const host: ConnectionHost = {
  limits: LIMITS,
  draining: false,
  now: 0,
  trustedProxies: null,
  handle(request, responder) {
    const exchange = new Exchange(request, responder);
    const answer = () => exchange.respond({ status: 200, headers: ['Content-Type', 'text/plain'], body: BODY, length: 100 });
    if (request.body.length === 0) answer();
    else request.body.stream(1_000).start({ data() {}, end: answer, fail: (error) => console.error(error) });
    return exchange;
  },
  carriesMore: () => true,
  carriesLess: () => undefined,
  finished: () => void answered++,
  refused: (status) => console.error(status),
  closed: () => undefined,
};
const peer = { address: '127.0.0.1', localPort: 8080, secure: false };
const connections = Array.from({ length: 50 }, () => new Http1Connection(() => wire, peer, host));

/** So many requests, one on each connection in a turn of the event loop. */
async function requests(pieces: readonly Buffer[]): Promise<void> {
  const before = answered;
  while (answered < before + REQUESTS) {
    for (const connection of connections) for (const piece of pieces) connection.received(piece);
    await new Promise(setImmediate);
  }
}

describe('1,000 requests, from their bytes to those of their answers', () => {
  const kinds = {
    'without a body': [`GET /prod/pets/4711?limit=10 HTTP/1.1\r\n${HEADERS}\r\n`],
    'with a body': [`POST /prod/pets HTTP/1.1\r\n${HEADERS}Content-Length: 100\r\n\r\n${'x'.repeat(100)}`],
    'with a body that comes later': [`POST /prod/pets HTTP/1.1\r\n${HEADERS}Content-Length: 100\r\n\r\n`, 'x'.repeat(100)],
  };
  for (const [name, texts] of Object.entries(kinds)) {
    const pieces = texts.map((text) => Buffer.from(text));
    it(name, async ({ bench }) => {
      await bench(name, () => requests(pieces)).run();
    });
  }
});

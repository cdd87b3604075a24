import type { RequestHead, TurnWriter } from '@gatehouse/http1';
import { describe, expect, it } from 'vitest';
import { Http1Exchange, type ExchangeConnection } from './http1-exchange.js';
import { FedStream } from './http1.fixture.js';

const HEAD: RequestHead = {
  ...{ method: 'GET', target: '/', host: 'a', headers: ['Host', 'a'], minorVersion: 1, framing: { kind: 'none' } },
  ...{ keepAlive: true, connectionOptions: [], upgrade: null, expectsContinue: false },
};

/** An exchange with a client that takes nothing of its answer's body. */
function exchangeThatIsStuck(): Http1Exchange {
  const writer = { text: () => true, bytes: () => false } as unknown as TurnWriter;
  const connection: ExchangeConnection = {
    writer,
    clientOf: () => ({ address: '192.0.2.1', localPort: 80, secure: false }),
    lastLines: () => '',
    answered: () => undefined,
    breakOff: () => undefined,
  };
  return new Http1Exchange(HEAD, null, connection);
}

describe('security class: stream lifetime: an answer whose client takes nothing', () => {
  const respond = (exchange: Http1Exchange) => {
    const body = new FedStream();
    exchange.respond({ status: 200, headers: [], body, length: 100_000 });
    return body;
  };

  it('is held back with its first bytes, also where the client took nothing before it began', () => {
    const exchange = exchangeThatIsStuck();
    // As behind a 100 (Continue) that waits.
    exchange.stall();
    const body = respond(exchange);
    exchange.data(Buffer.alloc(10_000));
    expect(body.pauses).toBe(1);
  });

  it('is held back each time, and let go on once', () => {
    const exchange = exchangeThatIsStuck();
    const body = respond(exchange);
    exchange.data(Buffer.alloc(10_000));
    exchange.data(Buffer.alloc(10_000));
    expect([body.pauses, body.resumes]).toEqual([2, 0]);
    exchange.drained();
    exchange.drained();
    expect(body.resumes).toBe(1);
  });
});

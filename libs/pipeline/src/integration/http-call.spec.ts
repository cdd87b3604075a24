import { gatewayFrom, restApiModel, type TestAnswer, type TestCall } from '@gatehouse/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BodySink, BodyStream } from '../http/body-stream.js';
import { BodyBroken } from '../http/request-body.js';
import {
  UpstreamError,
  type Upstream,
  type UpstreamFailure,
  type UpstreamListener,
  type UpstreamRequest,
} from '../upstream/upstream.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** One call as its upstream sees it. */
interface Sent {
  request: UpstreamRequest;
  listener: UpstreamListener;
  paused: boolean;
  aborted: boolean;
}

/** Time enough for a timeout of 1,000 ms to have passed, and none too little for it. */
const TIMEOUT = 1000;
const OVER = 1031;

/** A gateway whose backend is the spec, and one request to it. */
function calling(call: TestCall = {}, upstream: Partial<Upstream> = {}) {
  const sent: Sent[] = [];
  const gateway = gatewayFrom(
    restApiModel({ 'ANY /': { integration: { type: 'HTTP_PROXY', uri: 'http://backend.example', timeoutInMillis: TIMEOUT } } }),
    {
      upstream: {
        send(request, listener) {
          const one: Sent = { request, listener, paused: false, aborted: false };
          sent.push(one);
          return {
            pause: () => void (one.paused = true),
            resume: () => void (one.paused = false),
            abort: () => void (one.aborted = true),
          };
        },
        close: () => Promise.resolve(),
        ...upstream,
      },
    },
  );
  let answer: TestAnswer | null = null;
  const done = gateway.call(call).then((given) => (answer = given));
  return {
    done,
    sent,
    get answer() {
      return answer;
    },
    get only() {
      if (sent.length !== 1) throw new Error(`${sent.length} calls`);
      return sent[0] as Sent;
    },
  };
}

/** A body that gives nothing by itself. */
class SilentBody implements BodyStream {
  sink: BodySink | null = null;
  destroyed = false;
  start(sink: BodySink): void {
    this.sink = sink;
  }
  pause(): void {}
  resume(): void {}
  destroy(): void {
    this.destroyed = true;
  }
}

const timedOut = { status: 504, body: '{"message":"Endpoint request timed out"}' };

describe("an integration's clock", () => {
  it('runs from the beginning, whatever the call waits for', async () => {
    const call = calling();
    vi.advanceTimersByTime(TIMEOUT - 1);
    expect(call.only.aborted).toBe(false);
    vi.advanceTimersByTime(OVER - TIMEOUT + 1);
    expect(await call.done).toMatchObject(timedOut);
    expect(call.only.aborted).toBe(true);
  });

  it('stands still while the body is awaited from the client, and runs anew when it is not', async () => {
    const call = calling({ method: 'POST', body: new SilentBody() });
    const { listener } = call.only;
    listener.bodyAwaited(true);
    vi.advanceTimersByTime(10 * TIMEOUT);
    listener.bodyAwaited(false);
    vi.advanceTimersByTime(TIMEOUT - 1);
    listener.bodyAwaited(true);
    vi.advanceTimersByTime(10 * TIMEOUT);
    listener.sent();
    vi.advanceTimersByTime(TIMEOUT - 1);
    expect([call.only.aborted, call.answer]).toEqual([false, null]);
    vi.advanceTimersByTime(OVER - TIMEOUT + 1);
    expect(await call.done).toMatchObject(timedOut);
  });

  it('runs while the backend does not take the body', async () => {
    const call = calling({ method: 'POST', body: new SilentBody() });
    call.only.listener.bodyAwaited(true);
    call.only.listener.bodyAwaited(false);
    vi.advanceTimersByTime(OVER);
    expect(await call.done).toMatchObject(timedOut);
  });

  it('bounds each silence of the answer, which then breaks off', async () => {
    const call = calling();
    const { listener } = call.only;
    listener.answered(200, ['Content-Length', '100'], 100);
    for (let n = 0; n < 5; n++) {
      vi.advanceTimersByTime(TIMEOUT - 1);
      listener.data(Buffer.from('x'));
    }
    expect(call.only.aborted).toBe(false);
    vi.advanceTimersByTime(OVER);
    expect(await call.done).toMatchObject({ status: 200, body: 'xxxxx', broken: true });
    expect((await call.done).exchange.error?.responseType).toBe('INTEGRATION_TIMEOUT');
    expect(call.only.aborted).toBe(true);
  });

  it('bounds the silence of an answer that began before the body was all sent', async () => {
    const call = calling({ method: 'POST', body: new SilentBody() });
    const { listener } = call.only;
    listener.bodyAwaited(true);
    listener.answered(200, [], 100);
    vi.advanceTimersByTime(10 * TIMEOUT);
    expect(call.only.aborted).toBe(false);
    listener.sent();
    vi.advanceTimersByTime(TIMEOUT - 1);
    expect(call.only.aborted).toBe(false);
    vi.advanceTimersByTime(OVER - TIMEOUT + 1);
    expect(call.only.aborted).toBe(true);
    expect(await call.done).toMatchObject({ status: 200, broken: true });
  });

  it('stops with the answer', async () => {
    const call = calling();
    const { listener } = call.only;
    listener.answered(200, [], 2);
    listener.data(Buffer.from('ok'));
    listener.ended();
    expect(await call.done).toMatchObject({ status: 200, body: 'ok', broken: false });
    vi.advanceTimersByTime(10 * TIMEOUT);
    expect(call.only.aborted).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a failure of a backend', () => {
  const unreachable = { status: 504, body: '{"message":"Network error communicating with endpoint"}' };
  const internal = { status: 500, body: '{"message":"Internal server error"}' };
  const cases: [UpstreamFailure, { status: number; body: string }][] = [
    ['network', unreachable],
    ['stale-connection', unreachable],
    ['overloaded', { status: 503, body: '{"message":"Service Unavailable"}' }],
    ['timed-out', timedOut],
    ['refused-target', internal],
    ['protocol', internal],
    ['request-body', { status: 400, body: '{"message":"Bad Request"}' }],
  ];
  it.each(cases)('%s before the answer is answered', async (failure, answer) => {
    const call = calling();
    call.only.listener.failed(new UpstreamError(failure, { cause: Object.assign(new BodyBroken('why'), { code: 'EWHY' }) }));
    expect(await call.done).toMatchObject(answer);
    expect((await call.done).exchange.error?.reason).toMatch(/: EWHY$/);
  });

  it.each(cases)('%s within the answer breaks it off', async (failure) => {
    const call = calling();
    call.only.listener.answered(200, [], 10);
    call.only.listener.data(Buffer.from('hello'));
    call.only.listener.failed(new UpstreamError(failure));
    expect(await call.done).toMatchObject({ status: 200, body: 'hello', broken: true });
  });

  it('that comes before the call has begun is answered', async () => {
    const call = calling(
      {},
      {
        send(_, listener) {
          listener.failed(new UpstreamError('overloaded'));
          return { pause() {}, resume() {}, abort() {} };
        },
      },
    );
    expect(await call.done).toMatchObject({ status: 503 });
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1);
  });
});

describe('a fault of the program on the way of an answer', () => {
  it('is answered 500, and the call is given up', async () => {
    const call = calling();
    call.only.listener.answered(200, [undefined as unknown as string, 'x'], 0);
    expect(await call.done).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
    expect((await call.done).exchange.error?.reason).toMatch(/^internal error: /);
    expect(call.only.aborted).toBe(true);
  });
});

describe('a client that leaves', () => {
  it('before its request is sent sends none', () => {
    const body = new SilentBody();
    const call = calling({ method: 'POST', body, abort: (leave) => leave() });
    expect([call.sent.length, body.destroyed]).toEqual([0, true]);
  });

  it('ends the call', () => {
    let leave = () => {};
    const call = calling({ abort: (given) => (leave = given) });
    leave();
    expect(call.only.aborted).toBe(true);
    call.only.listener.failed(new UpstreamError('network'));
    vi.advanceTimersByTime(10 * TIMEOUT);
    expect(call.answer).toBe(null);
  });
});

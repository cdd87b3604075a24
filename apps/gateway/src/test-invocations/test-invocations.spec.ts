import { sign } from '@gatehouse/sigv4';
import { dataPlaneKey, TEST_INVOCATION_PATH, type TestInvocation, type TestOutcome } from '@gatehouse/snapshot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { InternalServer } from '../internal-server.js';
import { TestInvocations } from './test-invocations.js';

const KEY = dataPlaneKey(Buffer.alloc(32, 1));
const OLD = dataPlaneKey(Buffer.alloc(32, 2));
const OUTCOME: TestOutcome = { kind: 'refused', message: 'ran' };

let server: InternalServer;
afterEach(() => server?.close());

async function listening(run: (test: TestInvocation) => Promise<TestOutcome>) {
  const tests = new TestInvocations([KEY, OLD], run);
  server = new InternalServer({
    readiness: () => expect.unreachable(),
    draining: () => false,
    answers: () => true,
    test: (request) => tests.answer(request),
    metrics: () => expect.unreachable(),
  });
  const { port } = await server.listen('127.0.0.1', 0);
  return new URL(`http://127.0.0.1:${port}${TEST_INVOCATION_PATH}`);
}

interface Call {
  key?: typeof KEY;
  service?: string;
  /** In place of the signed one. */
  body?: string;
  time?: number;
}

async function post(url: URL, { key = KEY, service = 'gatehouse', body = '{"kind":"method"}', time = Date.now() }: Call = {}) {
  const headers = sign({ method: 'POST', url, body: '{"kind":"method"}' }, key.calls, { region: 'us-east-1', service, time });
  const answer = await fetch(url, { method: 'POST', headers, body });
  return [answer.status, await answer.text()];
}

describe('tests over the internal port', () => {
  it('are run for whoever has signed with any of the keys', async () => {
    const asked: TestInvocation[] = [];
    const url = await listening((test) => {
      asked.push(test);
      return Promise.resolve(OUTCOME);
    });
    for (const key of [KEY, OLD]) expect(await post(url, { key })).toEqual([200, JSON.stringify(OUTCOME)]);
    expect(asked).toEqual([{ kind: 'method' }, { kind: 'method' }]);
  });

  it('security class: the gateway as a way to its own internals: nobody else has them run', async () => {
    const url = await listening(() => expect.unreachable());
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(403);
    expect((await fetch(url)).status).toBe(404);
    const stranger = dataPlaneKey(Buffer.alloc(32, 3));
    const forged = { ...KEY, calls: { ...KEY.calls, secretAccessKey: stranger.calls.secretAccessKey } };
    const old = Date.now() - 10 * 60_000;
    for (const call of [{ key: stranger }, { key: forged }, { service: 'lambda' }, { body: '{"kind":"other"}' }, { time: old }]) {
      expect((await post(url, call))[0]).toBe(403);
    }
  });

  it('security class: limits: are few at once', async () => {
    let finish = (_: TestOutcome): void => undefined;
    const ended = new Promise<TestOutcome>((resolve) => (finish = resolve));
    const url = await listening(() => ended);
    const all = Promise.all(Array.from({ length: 17 }, () => post(url)));
    await vi.waitFor(async () => expect((await post(url))[0]).toBe(429));
    finish(OUTCOME);
    expect((await all).map(([status]) => status).filter((status) => status === 429)).toHaveLength(1);
    expect((await post(url))[0]).toBe(200);
  });

  it('answer 503 where no worker runs them, and say why on standard error', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const url = await listening(() => Promise.reject(new Error('no worker serves')));
    expect(await post(url)).toEqual([503, 'it could not be run\n']);
    expect(told).toHaveBeenCalledWith('gateway: test invocation: no worker serves');
    vi.restoreAllMocks();
  });
});

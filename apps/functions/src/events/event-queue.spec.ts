import { readdirSync, statSync, truncateSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { ResolvedVersion } from '../follow/function-directory.js';
import type { Invocation } from '../sandbox/invocation.js';
import { LambdaError } from '../server/lambda-error.js';
import { EventQueue } from './event-queue.js';
import type { SpooledEvent } from './event-spool.js';
import { openSpool, queuedEvent, spoolRoot } from './events.fixture.js';

const LIMIT = new LambdaError('TooManyRequestsException', 'Rate Exceeded.');

/** A queue whose invocations end as `outcomes` says, one after the other; the last one again and again. */
async function queueOf(...outcomes: ('success' | 'error' | 'never' | Error)[]) {
  return queueAt(await spoolRoot(), ...outcomes);
}

async function queueAt(root: string, ...outcomes: ('success' | 'error' | 'never' | Error)[]) {
  const ids: string[] = [];
  const invoker = {
    invoke: (_: unknown, { requestId, answer }: Invocation) => {
      ids.push(requestId);
      const outcome = outcomes.length > 1 ? outcomes.shift()! : outcomes[0]!;
      if (outcome instanceof Error) return Promise.reject(outcome);
      if (outcome !== 'never') answer.end(outcome === 'success' ? null : Buffer.from('{}'), null);
      return Promise.resolve();
    },
  };
  const { spool, troubles } = await openSpool(root);
  const directory = { resolve: () => ({}) as ResolvedVersion };
  return { ids, root, spool, troubles, queue: new EventQueue({ directory, invoker, spool, retriesMs: [10, 20] }) };
}

async function until(reached: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !reached(); await sleep(5)) {
    if (Date.now() > deadline) throw new Error('it never came');
  }
}

const settled = (queue: EventQueue) => until(() => queue.size === 0);

describe('asynchronous invocations', () => {
  it('are made once where the function succeeds', async () => {
    const { ids, queue } = await queueOf('success');
    const event = queuedEvent();
    await queue.add(event);
    await settled(queue);
    expect(ids).toEqual([event.requestId]);
    await until(() => (Reflect.get(queue, 'working') as Set<unknown>).size === 0);
  });

  it('are given up where their file holds no event any more', async () => {
    const { ids, queue, root, troubles } = await queueOf(LIMIT, 'success');
    await queue.add(queuedEvent());
    await until(() => ids.length === 1);
    const [name] = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      statSync(path.join(root, file)).isFile(),
    );
    truncateSync(path.join(root, name!), 10);
    await settled(queue);
    expect([ids.length, troubles.length]).toEqual([1, 1]);
  });

  it('are made twice more where it fails, with the same request id', async () => {
    const { ids, queue } = await queueOf('error');
    const event = queuedEvent();
    await queue.add(event);
    await settled(queue);
    expect(ids).toEqual(Array(3).fill(event.requestId));
    const once = await queueOf('error', 'success');
    await once.queue.add(event);
    await settled(once.queue);
    expect(once.ids).toHaveLength(2);
  });

  it('wait out a limit and a failure of this process, which count as no attempt', async () => {
    const { ids, queue } = await queueOf(LIMIT, new Error('no process could be started'), 'success');
    await queue.add(queuedEvent());
    await settled(queue);
    expect(ids).toHaveLength(3);
  });

  it('are given up where the function is gone', async () => {
    const { ids, queue } = await queueOf(new LambdaError('ResourceNotFoundException', 'Function not found'));
    await queue.add(queuedEvent());
    await settled(queue);
    expect(ids).toHaveLength(1);
  });

  it('are refused when too many wait, or too large ones', async () => {
    const { queue, spool } = await queueOf('never');
    // Written nowhere: what counts here is how many there are.
    Object.assign(spool, { keep: (event: object) => Promise.resolve({ ...event, dueAt: 4_000_000_000_000 }) });
    const large = { event: Buffer.alloc(64 * 1024 * 1024) };
    const { name } = queuedEvent();
    const of = (functionName: string) => queuedEvent({ ...large, name: { ...name, functionName } });
    for (let n = 0; n < 2; n++) await queue.add(of('one'));
    // One function leaves room for others.
    await expect(queue.add(of('one'))).rejects.toThrow(LambdaError);
    for (let n = 0; n < 2; n++) await queue.add(of('other'));
    await expect(queue.add(of('third'))).rejects.toThrow(LambdaError);
    queue.stop();
    await settled(queue);

    const other = await queueOf('never');
    Reflect.set(other.queue, 'all', { events: 9_999, bytes: 0 });
    await other.queue.add(queuedEvent());
    await expect(other.queue.add(queuedEvent())).rejects.toMatchObject({ type: 'TooManyRequestsException' });
  });

  it('are refused when the disk does not take them, and leave no trace', async () => {
    const { queue, root } = await queueOf('never');
    await rename(root, `${root}-elsewhere`);
    await expect(queue.add(queuedEvent())).rejects.toMatchObject({ type: 'ServiceException', status: 500 });
    expect(queue.size).toBe(0);
  });
});

describe('after their process has ended, asynchronous invocations', () => {
  it('that wait or were being handled go on in the next one, with the attempts that they had', async () => {
    const first = await queueOf('error', 'never', 'never');
    const [failed, handled] = [queuedEvent(), queuedEvent()];
    await first.queue.add(failed);
    await until(() => first.ids.length === 2);
    await first.queue.add(handled);
    await until(() => first.ids.length === 3);
    await first.spool.close();

    const second = await queueAt(first.root, 'error');
    second.queue.begin();
    await until(() => second.queue.size === 2);
    await settled(second.queue);
    const timesOf = ({ requestId }: { requestId: string }) => second.ids.filter((id) => id === requestId).length;
    expect([timesOf(failed), timesOf(handled)]).toEqual([2, 3]);
    const third = await openSpool(first.root);
    await second.spool.close();
    expect(await third.spool.takeOver()).toEqual([]);
  });

  it('are looked for from time to time, until this one is asked to end', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { queue, spool } = await queueOf('success');
      let times = 0;
      Object.assign(spool, { takeOver: () => Promise.resolve((times++, [])) });
      queue.begin();
      vi.advanceTimersByTime(60_000);
      expect(times).toBe(3);
      queue.stop();
      queue.begin();
      vi.advanceTimersByTime(60_000);
      expect(times).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it('stay for the next one when this one is asked to end', async () => {
    const first = await queueOf(LIMIT);
    await first.queue.add(queuedEvent());
    await until(() => first.ids.length === 1);
    first.queue.stop();
    const late = queuedEvent();
    await first.queue.add(late);
    await first.queue.close();
    expect(first.ids).toHaveLength(1);

    const second = await queueAt(first.root, 'success');
    second.queue.begin();
    await until(() => second.ids.length === 2);
    expect(second.ids).toContain(late.requestId);
  });

  it('stay where they are until what is being written is, for a second at most', async () => {
    const { queue, spool, ids } = await queueOf('success', 'never');
    const done: string[] = [];
    const [remove, close] = [spool.remove.bind(spool), spool.close.bind(spool)];
    Object.assign(spool, {
      remove: async (event: SpooledEvent) => {
        await sleep(100);
        await remove(event);
        done.push('removed');
      },
      close: async () => {
        done.push('closed');
        await close();
      },
    });
    await queue.add(queuedEvent());
    await until(() => ids.length === 1);
    await queue.add(queuedEvent());
    await until(() => ids.length === 2);
    queue.stop();
    await queue.close();
    expect(done).toEqual(['removed', 'closed']);
  });

  it('whose handling this one cut off do not count that as a failure', async () => {
    const first = await queueOf('never');
    const answers: Invocation['answer'][] = [];
    Reflect.set(first.queue, 'parts', {
      ...(Reflect.get(first.queue, 'parts') as object),
      invoker: { invoke: (_: unknown, { answer }: Invocation) => Promise.resolve(void answers.push(answer)) },
    });
    await first.queue.add(queuedEvent());
    await until(() => answers.length === 1);
    first.queue.stop();
    answers[0]!.end(Buffer.from('{}'), null);
    await first.queue.close();
    const [left] = await (await openSpool(first.root)).spool.takeOver();
    expect(left).toMatchObject({ failures: 0 });
  });

  it('are given up when they are older than six hours', async () => {
    const first = await openSpool(await spoolRoot());
    const kept = await first.spool.keep(queuedEvent());
    const old = { ...kept, acceptedAt: Date.now() - 7 * 3_600_000 };
    const { queue, ids, spool } = await queueOf('success');
    const removed: object[] = [];
    Object.assign(spool, {
      takeOver: () => Promise.resolve([old]),
      remove: (event: object) => Promise.resolve(void removed.push(event)),
    });
    queue.begin();
    await until(() => removed.length === 1);
    expect([removed, ids]).toEqual([[old], []]);
  });
});

import { describe, expect, it } from 'vitest';
import type { FunctionDirectory } from '../follow/function-directory.js';
import type { Invocation } from '../sandbox/invocation.js';
import type { SandboxPools } from '../sandbox/sandbox-pools.js';
import { EventQueue, type QueuedEvent } from './event-queue.js';
import { LambdaError } from './lambda-error.js';

const event: QueuedEvent = {
  name: { accountId: '123456789012', region: 'us-east-1', functionName: 'f', qualifier: null },
  requestId: 'id',
  invokedArn: 'arn',
  event: Buffer.from('{}'),
  clientContext: null,
  traceId: 'trace',
};

/** A queue whose invocations end as `outcomes` says, one after the other; the last one again and again. */
function queueOf(...outcomes: ('success' | 'error' | LambdaError)[]) {
  const ids: string[] = [];
  const pools = {
    invoke: (_: unknown, { requestId, answer }: Invocation) => {
      ids.push(requestId);
      const outcome = outcomes.length > 1 ? outcomes.shift()! : outcomes[0]!;
      if (outcome instanceof LambdaError) return Promise.reject(outcome);
      answer.end(outcome === 'success' ? null : Buffer.from('{}'), null);
      return Promise.resolve();
    },
  } as unknown as SandboxPools;
  const directory = { resolve: () => ({}) } as unknown as FunctionDirectory;
  return { ids, queue: new EventQueue(directory, pools, [10, 20]) };
}

async function settled(queue: EventQueue): Promise<void> {
  while (queue.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('asynchronous invocations', () => {
  it('are made once where the function succeeds', async () => {
    const { ids, queue } = queueOf('success');
    queue.add(event);
    await settled(queue);
    expect(ids).toEqual(['id']);
  });

  it('are made twice more where it fails, with the same request id', async () => {
    const { ids, queue } = queueOf('error');
    queue.add(event);
    await settled(queue);
    expect(ids).toEqual(['id', 'id', 'id']);
    const once = queueOf('error', 'success');
    once.queue.add(event);
    await settled(once.queue);
    expect(once.ids).toEqual(['id', 'id']);
  });

  it('wait out a limit, which counts as no attempt', async () => {
    const limit = new LambdaError('TooManyRequestsException', 'Rate Exceeded.');
    const { ids, queue } = queueOf(limit, 'success');
    queue.add(event);
    await settled(queue);
    expect(ids).toHaveLength(2);
  });

  it('are given up where the function is gone', async () => {
    const { ids, queue } = queueOf(new LambdaError('ResourceNotFoundException', 'Function not found'));
    queue.add(event);
    await settled(queue);
    expect(ids).toHaveLength(1);
  });

  it('are refused when too many wait', async () => {
    const { queue } = queueOf('error');
    const large = { ...event, event: Buffer.alloc(64 * 1024 * 1024) };
    for (let n = 0; n < 4; n++) queue.add(large);
    expect(() => queue.add(large)).toThrow(LambdaError);
    await settled(queue);
  });
});

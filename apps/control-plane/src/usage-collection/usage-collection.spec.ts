import { Logger } from '@nestjs/common';
import { afterEach, expect, it, vi } from 'vitest';
import type { QuotaGrants } from './quota-grants.js';
import type { QuotaPeriodChanges } from './quota-period-changes.js';
import { UsageCollection } from './usage-collection.js';
import type { UsageCollector } from './usage-collector.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it.each(['collect', 'changes', 'grants'])('what fails in a pass holds up nothing of the others (%s)', async (failing) => {
  vi.useFakeTimers();
  const said = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  const done: string[] = [];
  const step = (name: string) => async () => {
    done.push(name);
    if (name === failing) throw new Error('a fault');
  };
  const collection = new UsageCollection(
    { collect: step('collect') } as unknown as UsageCollector,
    { deliver: step('changes') } as unknown as QuotaPeriodChanges,
    { deliver: step('grants') } as unknown as QuotaGrants,
  );
  collection.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(2_500);
  await collection.beforeApplicationShutdown();
  expect(done).toEqual(['collect', 'changes', 'grants', 'collect', 'changes', 'grants']);
  expect(said.mock.calls).toEqual([['Usage cannot be collected now, or quotas not be granted: a fault']]);
});

import { opendir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ResourceWatch, type Watched } from './resource-watch.js';

vi.mock('node:fs/promises', async (original) => ({ ...(await original<object>()), opendir: vi.fn() }));
vi.mock('./process-table.js', () => ({ processesOf: () => [] }));

const sandbox: Watched = {
  uid: 1,
  pid: undefined,
  memoryLimit: 1,
  temporary: '/tmp/sandbox',
  isBusy: true,
  uses: () => undefined,
  exceeded: () => undefined,
};

describe('the watch', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it('looks at temporary folders once at a time, however long that takes', async () => {
    let end: (error: Error) => void = () => undefined;
    vi.mocked(opendir).mockReturnValue(new Promise((_, reject) => (end = reject)));
    const watch = new ResourceWatch(new Set([sandbox]));
    watch.wake();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(opendir).toHaveBeenCalledTimes(1);
    end(new Error('gone'));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(opendir).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(400);
    expect(opendir).toHaveBeenCalledTimes(2);
    watch.stop();
  });
});

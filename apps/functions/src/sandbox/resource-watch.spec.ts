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

  it('counts what lies beside a folder that goes while it looks', async () => {
    const folder = (name: string) => ({ name, isDirectory: () => true });
    vi.mocked(opendir).mockImplementation((place) => {
      if (place === '/tmp/sandbox') return Promise.resolve([folder('gone'), folder('kept')] as never);
      if (place === '/tmp/sandbox/kept') return Promise.resolve(Array.from({ length: 100_000 }, () => folder('x')) as never);
      return Promise.reject(new Error('ENOENT'));
    });
    const exceeded = vi.fn();
    const watch = new ResourceWatch(new Set([{ ...sandbox, exceeded }]));
    watch.wake();
    await vi.advanceTimersByTimeAsync(300);
    await vi.waitFor(() => expect(exceeded).toHaveBeenCalledWith('temporary files'), 10_000);
    watch.stop();
  });
});

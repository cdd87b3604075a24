import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkerProcess } from './worker-process.js';
import { WorkerSlot } from './worker-slot.js';

/** A process as its slot sees it. */
class FakeProcess extends EventEmitter {
  readonly startedAt = performance.now();
  pid: number | null;
  serving = false;
  revision = 3;
  connections = 4;
  drained: number | null = null;

  constructor(readonly life: number) {
    super();
    this.pid = 100 + life;
  }
  serve(): void {
    this.serving = true;
    this.emit('serving');
  }
  end(how = 'killed by SIGKILL'): void {
    this.pid = null;
    this.serving = false;
    this.emit('ended', how);
  }
  kill(reason: string): void {
    this.end(reason);
  }
  async drain(seconds: number): Promise<void> {
    this.drained = seconds;
    this.end('exit code 0');
  }
}

let lives: FakeProcess[];
let said: string[];
let slot: WorkerSlot;
/** What the system says instead of starting a process. */
let noRoom: Error | null;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  lives = [];
  said = [];
  noRoom = null;
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line));
  slot = newSlot();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const newSlot = () =>
  new WorkerSlot(2, () => {
    if (noRoom) throw noRoom;
    const process = new FakeProcess(lives.length);
    lives.push(process);
    return process as unknown as WorkerProcess;
  });

const last = () => lives.at(-1)!;

describe('WorkerSlot', () => {
  it('starts a worker again at once that had lived, and after a growing delay one that dies young', () => {
    vi.advanceTimersByTime(20_000);
    last().end();
    vi.advanceTimersByTime(0);
    expect(lives).toHaveLength(2);
    for (const delay of [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]) {
      const before = lives.length;
      last().end('exit code 1');
      vi.advanceTimersByTime(delay - 1);
      expect(lives).toHaveLength(before);
      expect(slot.report()).toEqual({ number: 2, pid: null, serving: false, revision: 3 });
      expect(slot.connections).toBe(0);
      vi.advanceTimersByTime(1);
      expect(lives).toHaveLength(before + 1);
      expect(said.at(-1)).toBe(`gateway: worker 2 ended (exit code 1); starting it again in ${delay} ms`);
    }
    vi.advanceTimersByTime(11_000);
    last().end();
    vi.advanceTimersByTime(0);
    last().end();
    expect(said.at(-1)).toContain('in 100 ms');
    expect(slot.restarts).toBe(11);
  });

  it('drains the old process only when the new one serves', async () => {
    const [old] = lives;
    old!.serve();
    const replacing = slot.replace(30);
    expect([slot.processes.length, slot.connections]).toEqual([2, 8]);
    expect(old!.drained).toBeNull();
    last().serve();
    expect(await replacing).toBe(true);
    expect(old!.drained).toBe(30);
    expect(slot.report()).toMatchObject({ number: 2, pid: 101, serving: true });
    vi.advanceTimersByTime(60_000);
    expect([lives.length, slot.restarts]).toEqual([2, 0]);
  });

  it('keeps the old process when the new one does not come up', async () => {
    lives[0]!.serve();
    const replacing = slot.replace(30);
    last().end();
    expect(await replacing).toBe(false);
    expect(slot.report()).toMatchObject({ pid: 100, serving: true });
    expect(lives[0]!.drained).toBeNull();
    vi.advanceTimersByTime(60_000);
    expect(lives).toHaveLength(2);
  });

  it('keeps the old process when the new one does not come up in time', async () => {
    lives[0]!.serve();
    const replacing = slot.replace(30);
    vi.advanceTimersByTime(600_000);
    expect(await replacing).toBe(false);
    expect([last().pid, slot.report().pid]).toEqual([null, 100]);
  });

  it('starts a worker again later when the system had no room for it', () => {
    vi.advanceTimersByTime(20_000);
    noRoom = new Error('spawn EMFILE');
    last().end();
    for (const delay of [0, 100, 200]) vi.advanceTimersByTime(delay);
    expect(lives).toHaveLength(1);
    expect(said.at(-1)).toBe('gateway: worker 2 ended (spawn EMFILE); starting it again in 400 ms');
    noRoom = null;
    vi.advanceTimersByTime(400);
    expect(lives).toHaveLength(2);
    expect(slot.report()).toMatchObject({ pid: 101 });
  });

  it('keeps the old process when the system has no room for a new one', async () => {
    lives[0]!.serve();
    noRoom = new Error('spawn ENOMEM');
    expect(await slot.replace(30)).toBe(false);
    expect(slot.report()).toMatchObject({ pid: 100, serving: true });
    expect(said).toEqual(['gateway: worker 2 could not be started: spawn ENOMEM']);
  });

  it('is without a process until the first one can be started', async () => {
    noRoom = new Error('spawn EAGAIN');
    const late = newSlot();
    expect([late.processes, late.report()]).toEqual([[], { number: 2, pid: null, serving: false, revision: 0 }]);
    noRoom = null;
    vi.advanceTimersByTime(100);
    expect(late.report()).toMatchObject({ pid: 101 });
    await late.stop(5);
  });

  it('takes up the new process when the old one dies meanwhile', async () => {
    const replacing = slot.replace(30);
    const next = last();
    lives[0]!.end();
    next.serve();
    expect(await replacing).toBe(true);
    vi.advanceTimersByTime(60_000);
    expect(lives).toHaveLength(2);
    expect(slot.report()).toMatchObject({ pid: 101, serving: true });
  });

  it('starts nothing again once it is stopped, wherever it stands', async () => {
    const replacing = slot.replace(30);
    await slot.stop(5);
    expect(lives.map(({ drained }) => drained)).toEqual([5, 5]);
    expect(await replacing).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(lives).toHaveLength(2);
  });
});

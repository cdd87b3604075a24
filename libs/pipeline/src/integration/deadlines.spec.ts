import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deadline, Deadlines } from './deadlines.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

class Noted extends Deadline {
  passedAt: number[] = [];
  then: () => void = () => undefined;
  passed(): void {
    this.passedAt.push(performance.now());
    this.then();
  }
}

describe('Deadlines', () => {
  it('pass in time: never early, at most three steps late', () => {
    const deadlines = new Deadlines();
    vi.advanceTimersByTime(7);
    const all = Array.from({ length: 400 }, (_, n) => ({ noted: new Noted(), milliseconds: 50 + n * 7.3 }));
    const now = performance.now();
    for (const { noted, milliseconds } of all) deadlines.set(noted, now, milliseconds);
    vi.advanceTimersByTime(10_000);
    const late = all.map(({ noted, milliseconds }) => (noted.passedAt[0] ?? Infinity) - now - milliseconds);
    expect(all.every(({ noted }) => noted.passedAt.length === 1)).toBe(true);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThanOrEqual(30);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are moved and cleared', () => {
    const deadlines = new Deadlines();
    const [later, sooner, cleared, again] = [new Noted(), new Noted(), new Noted(), new Noted()];
    for (const noted of [later, sooner, cleared, again]) deadlines.set(noted, performance.now(), 1000);
    deadlines.clear(cleared);
    deadlines.clear(cleared);
    vi.advanceTimersByTime(500);
    deadlines.set(later, performance.now(), 1000);
    deadlines.set(sooner, performance.now(), 100);
    vi.advanceTimersByTime(200);
    expect([sooner.passedAt.length, later.passedAt.length]).toEqual([1, 0]);
    vi.advanceTimersByTime(700);
    expect([again.passedAt.length, later.passedAt.length]).toEqual([1, 0]);
    deadlines.set(again, performance.now(), 50);
    vi.advanceTimersByTime(1000);
    expect([sooner, later, cleared, again].map(({ passedAt }) => passedAt.length)).toEqual([1, 1, 0, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('reach further than one turn of the wheel', () => {
    const deadlines = new Deadlines();
    const noted = new Noted();
    deadlines.set(noted, performance.now(), 100_000);
    vi.advanceTimersByTime(99_999);
    expect(noted.passedAt).toEqual([]);
    vi.advanceTimersByTime(31);
    expect(noted.passedAt.length).toBe(1);
  });

  it('that pass may set and clear others of their moment', () => {
    const deadlines = new Deadlines();
    const [first, second, third] = [new Noted(), new Noted(), new Noted()];
    for (const noted of [first, second, third]) deadlines.set(noted, performance.now(), 100);
    // The one that was set last comes first.
    third.then = () => {
      deadlines.clear(second);
      deadlines.set(first, performance.now(), 100);
    };
    vi.advanceTimersByTime(200);
    expect([first, second, third].map(({ passedAt }) => passedAt.length)).toEqual([0, 0, 1]);
    vi.advanceTimersByTime(200);
    expect(first.passedAt.length).toBe(1);
  });

  it('after the process was held up, what has come meanwhile is read before they pass', () => {
    const deadlines = new Deadlines();
    const noted = new Noted();
    deadlines.set(noted, performance.now(), 100);
    vi.advanceTimersByTime(50);
    // Ten seconds in which the timer could not run; then it runs once, before anything is read.
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 10_000);
    vi.advanceTimersByTime(10);
    expect(noted.passedAt).toEqual([]);
    vi.advanceTimersByTime(10);
    expect(noted.passedAt.length).toBe(1);
    vi.restoreAllMocks();
  });
});

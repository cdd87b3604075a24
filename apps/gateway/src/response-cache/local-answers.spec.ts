import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalAnswers } from './local-answers.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const answer = (bytes: number, status = 200) => ({ status, headers: ['a', 'b'], body: Buffer.alloc(bytes) });

describe('answers of one process', () => {
  it('are there until their time is over', () => {
    const answers = new LocalAnswers(10_000);
    answers.keep('k', answer(10), 1_000);
    vi.advanceTimersByTime(999);
    expect(answers.find('k')).toEqual(answer(10));
    vi.advanceTimersByTime(1);
    expect([answers.find('k'), answers.find('k')]).toEqual([undefined, undefined]);
  });

  it('make room for others, those first that were used longest ago, and never take more than there is', () => {
    const answers = new LocalAnswers(5_000);
    for (const key of ['a', 'b', 'c']) answers.keep(key, answer(1_000), 1_000);
    answers.find('a');
    answers.keep('d', answer(1_000), 1_000);
    expect(['a', 'b', 'c', 'd'].filter((key) => answers.find(key))).toEqual(['a', 'c', 'd']);
    answers.keep('e', answer(4_400), 1_000);
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => answers.find(key))).toEqual(['e']);
    answers.keep('f', answer(5_000), 1_000);
    expect(['e', 'f'].filter((key) => answers.find(key))).toEqual(['e']);
  });

  it('take each other’s place under one key, an answer that has no room included', () => {
    const answers = new LocalAnswers(2_000);
    for (let round = 0; round < 100; round++) answers.keep('k', answer(1_000, 200 + round), 1_000);
    expect(answers.find('k')?.status).toBe(299);
    answers.keep('k', answer(3_000), 1_000);
    expect(answers.find('k')).toBeUndefined();
  });
});

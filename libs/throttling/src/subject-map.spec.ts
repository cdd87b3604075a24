import { describe, expect, it } from 'vitest';
import { SubjectMap } from './subject-map.js';

const subject = (apiKeyId: string, usagePlanId: string, region = 'us-east-1', accountId = '123456789012') => ({
  accountId,
  region,
  usagePlanId,
  apiKeyId,
});

describe('SubjectMap', () => {
  it('tells subjects apart by all four parts', () => {
    const map = new SubjectMap<number>();
    const subjects = [
      subject('key', 'plan'),
      subject('key', 'plan2'),
      subject('key', 'plan', 'eu-west-1'),
      subject('key', 'plan', 'us-east-1', '210987654321'),
      subject('constructor', '__proto__'),
    ];
    subjects.forEach((one, i) => map.add(one, i));
    expect(subjects.map((one) => map.get({ ...one }))).toEqual([0, 1, 2, 3, 4]);
    expect(map.get(subject('toString', 'plan'))).toBeUndefined();
    expect(map.size).toBe(5);
  });

  it.each([0, 1, 2])('deletes one of three plans of a key (%i)', (victim) => {
    const map = new SubjectMap<number>();
    const subjects = [subject('key', 'plan0'), subject('key', 'plan1'), subject('key', 'plan2')];
    subjects.forEach((one, i) => map.add(one, i));
    map.delete(subjects[victim]!);
    expect(subjects.map((one) => map.get(one))).toEqual([0, 1, 2].map((i) => (i === victim ? undefined : i)));
    expect(map.size).toBe(2);
  });

  it('walks over all entries while they are deleted', () => {
    const map = new SubjectMap<number>();
    for (let i = 0; i < 10; i += 1) map.add(subject(`key${i % 3}`, `plan${i}`), i);
    const seen: number[] = [];
    for (const [one, value] of map.entries()) {
      seen.push(value);
      map.delete(one);
    }
    expect(seen.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(map.size).toBe(0);
    expect([...map.entries()]).toEqual([]);
  });
});

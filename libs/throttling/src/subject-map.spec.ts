import { describe, expect, it } from 'vitest';
import { SubjectMap } from './subject-map.js';

const subject = (apiKeyId: string, usagePlanId: string, region = 'us-east-1', accountId = '123456789012') => ({
  accountId,
  region,
  usagePlanId,
  apiKeyId,
});

describe('SubjectMap', () => {
  it('tells periods of a subject apart', () => {
    const map = new SubjectMap<number>();
    const periods = ['DAY', 'WEEK', 'MONTH', 'NONE'] as const;
    periods.forEach((period, i) => map.add(subject('key', 'plan'), period, i));
    map.delete({ subject: subject('key', 'plan'), period: 'WEEK' });
    expect(periods.map((period) => map.get(subject('key', 'plan'), period))).toEqual([0, undefined, 2, 3]);
    expect(map.size).toBe(3);
  });

  it('tells subjects apart by all four parts', () => {
    const map = new SubjectMap<number>();
    const subjects = [
      subject('key', 'plan'),
      subject('key', 'plan2'),
      subject('key', 'plan', 'eu-west-1'),
      subject('key', 'plan', 'us-east-1', '210987654321'),
      subject('constructor', '__proto__'),
    ];
    subjects.forEach((one, i) => map.add(one, 'DAY', i));
    expect(subjects.map((one) => map.get({ ...one }, 'DAY'))).toEqual([0, 1, 2, 3, 4]);
    expect(map.get(subject('toString', 'plan'), 'DAY')).toBeUndefined();
    expect(map.size).toBe(5);
  });

  it.each([0, 1, 2])('deletes one of three plans of a key (%i)', (victim) => {
    const map = new SubjectMap<number>();
    const subjects = [subject('key', 'plan0'), subject('key', 'plan1'), subject('key', 'plan2')];
    subjects.forEach((one, i) => map.add(one, 'DAY', i));
    map.delete({ subject: subjects[victim]!, period: 'DAY' });
    expect(subjects.map((one) => map.get(one, 'DAY'))).toEqual([0, 1, 2].map((i) => (i === victim ? undefined : i)));
    expect(map.size).toBe(2);
  });

  it('walks over all entries while they are deleted', () => {
    const map = new SubjectMap<number>();
    for (let i = 0; i < 10; i += 1) map.add(subject(`key${i % 3}`, `plan${i}`), 'DAY', i);
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

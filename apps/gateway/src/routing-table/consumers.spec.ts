import { ServedUsagePlan, type KeyEntry } from '@gatehouse/pipeline';
import { hash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { SCOPE } from '../documents.fixture.js';
import { Consumers } from './consumers.js';

const record = (apiKeyId: string, value: string, enabled = true) => ({
  apiKeyId,
  valueHash: hash('sha256', value, 'hex'),
  enabled,
  usagePlanIds: ['plan01'],
});
const plan = (usagePlanId: string) =>
  new ServedUsagePlan(SCOPE, { usagePlanId, throttle: null, quota: null, quotaStart: '2026-01-01', apiStages: [] });

describe('Consumers', () => {
  let consumers: Consumers;
  beforeEach(() => {
    consumers = new Consumers();
    consumers.setUsagePlan(plan('plan01'));
    consumers.setKey(record('key1', 'value-1'));
    consumers.setKey(record('key2', 'value-2'));
  });

  it('gives the same entry for a key until something changes', () => {
    const entry = consumers.findKey('value-1');
    expect(entry).toEqual({ apiKeyId: 'key1', enabled: true, usagePlanIds: ['plan01'], consumer: null });
    expect(consumers.findKey('value-1')).toBe(entry);
    expect(consumers.findKey('value-2')).not.toBe(entry);
    expect(consumers.findKey('value-3')).toBeUndefined();
  });

  it.each<[string, (consumers: Consumers) => void]>([
    ['that key', (consumers) => consumers.setKey(record('key1', 'value-1', false))],
    ['another key', (consumers) => consumers.setKey(record('key3', 'value-3'))],
    ['a key that goes', (consumers) => consumers.deleteKey('key2')],
    ['a plan', (consumers) => consumers.setUsagePlan(plan('plan01'))],
    ['a plan that goes', (consumers) => consumers.deleteUsagePlan('plan01')],
    ['a stage that is replaced', (consumers) => consumers.forgetEntries()],
  ])('gives a new entry after a change of %s', (_, change) => {
    const entry = consumers.findKey('value-1');
    change(consumers);
    expect(consumers.findKey('value-1')).not.toBe(entry);
    expect(consumers.findKey('value-1')?.consumer).toBeNull();
  });

  it('a disabled key is disabled at once, and a key made anew is another one', () => {
    consumers.findKey('value-1');
    consumers.setKey(record('key1', 'value-1', false));
    expect(consumers.findKey('value-1')?.enabled).toBe(false);
    consumers.deleteKey('key1');
    expect(consumers.findKey('value-1')).toBeUndefined();
    consumers.setKey(record('key9', 'value-1'));
    expect(consumers.findKey('value-1')?.apiKeyId).toBe('key9');
  });

  it('security class: resource exhaustion: keeps no more entries than it may, and those that are used', () => {
    const COUNT = 10_000;
    for (let n = 0; n < COUNT; n++) consumers.setKey(record(`many${n}`, `many-${n}`));
    const busy = consumers.findKey('value-1');
    for (let n = 0; n < COUNT; n++) {
      expect(consumers.findKey(`many-${n}`)?.apiKeyId).toBe(`many${n}`);
      if (n % 1000 === 0) expect(consumers.findKey('value-1')).toBe(busy);
    }
    const { recent, older } = consumers as unknown as Record<'recent' | 'older', Map<number, KeyEntry>>;
    expect(recent.size + older.size).toBeLessThanOrEqual(4096);
  });
});

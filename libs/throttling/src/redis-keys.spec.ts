import { describe, expect, it } from 'vitest';
import { parseUsageField, usageField } from './redis-keys.js';

const subject = { accountId: '123456789012', region: 'us-east-1', usagePlanId: 'plan01', apiKeyId: 'key1' };

describe('usage fields', () => {
  it('reads what was written', () => {
    for (const period of ['DAY', 'WEEK', 'MONTH', 'NONE'] as const) {
      expect(parseUsageField(usageField(subject, '2026-02-28', period))).toEqual({ ...subject, day: '2026-02-28', period });
    }
  });

  it('reads what names no period', () => {
    expect(parseUsageField('a/b/c/d/2026-02-28')).toMatchObject({ apiKeyId: 'd', day: '2026-02-28', period: 'NONE' });
  });

  it.each([
    '',
    'a/b/c/d',
    'a/b/c/d/2026-02-28/e',
    'a/b/c/d/2026-02-28/',
    'a/b/c/d/2026-02-28/DAY/',
    'a//c/d/2026-02-28',
    'a/b/c/d/2026-02-30',
    'a/b/c/d/26-2-3',
    'a/b/c/d/today',
  ])('refuses %j', (field) => expect(parseUsageField(field)).toBeNull());
});

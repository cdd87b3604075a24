import { expect, it } from 'vitest';
import { unreferencedGraceSeconds } from './publication-settings.js';

it('reads the grace period of deployments', () => {
  expect(unreferencedGraceSeconds({})).toBe(600);
  expect(unreferencedGraceSeconds({ GATEHOUSE_UNREFERENCED_GRACE_SECONDS: '' })).toBe(600);
  expect(unreferencedGraceSeconds({ GATEHOUSE_UNREFERENCED_GRACE_SECONDS: '0' })).toBe(0);
});

it.each(['-1', '1.5', 'ten', '99999999'])('refuses %s', (value) => {
  expect(() => unreferencedGraceSeconds({ GATEHOUSE_UNREFERENCED_GRACE_SECONDS: value })).toThrow(
    /^GATEHOUSE_UNREFERENCED_GRACE_SECONDS is ".*", which is not a whole number of seconds up to a year$/,
  );
});

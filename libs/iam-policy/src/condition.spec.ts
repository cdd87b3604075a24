import { describe, expect, it } from 'vitest';
import { compileConditions } from './condition.js';

type Given = Record<string, string | string[]>;

function holds(block: Record<string, Record<string, unknown>>, given: Given = {}, variables = true): boolean {
  const context = new Map(Object.entries(given));
  return compileConditions(block, { variables }).every((condition) => condition(context));
}

const one = (operator: string, value: unknown, given?: string | string[]) =>
  holds({ [operator]: { 'aws:Key': value } }, given === undefined ? {} : { 'aws:key': given });

describe('conditions', () => {
  it.each<[string, unknown, string, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', ['b', 'a'], 'a', true],
    ['StringEquals', 'a*', 'ab', false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
    ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
    ['StringLike', 'a*c?', 'abbcd', true],
    ['StringLike', 'a*', 'ba', false],
    ['StringNotLike', 'a*', 'ba', true],
    ['NumericEquals', 5, '5.0', true],
    ['NumericEquals', '5', 'x', false],
    ['NumericNotEquals', 5, '6', true],
    ['NumericLessThan', '5', '4', true],
    ['NumericLessThan', '5', '5', false],
    ['NumericLessThanEquals', '5', '5', true],
    ['NumericGreaterThan', '5', '10', true],
    ['NumericGreaterThanEquals', '5', '4.9', false],
    ['DateEquals', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
    ['DateEquals', '2026-01-01T01:00:00+0100', '2026-01-01T00:00:00Z', true],
    ['DateNotEquals', '2026-01-01', '2026-01-02', true],
    ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
    ['DateLessThanEquals', 1767225600, '2026-01-01T00:00:00Z', true],
    ['DateGreaterThan', '2026-01-01T00:00:00Z', '1767225601', true],
    ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', false],
    ['Bool', true, 'true', true],
    ['Bool', 'True', 'true', true],
    ['Bool', 'true', 'false', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'qmluYXJ5', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.7', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.7', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', ['10.0.0.0/8', '2001:db8::/32'], '2001:db8:1::5', true],
    ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', false],
    ['IpAddress', '203.0.113.0/24', '::ffff:203.0.113.7', true],
    ['IpAddress', '0.0.0.0/0', '::1', false],
    ['IpAddress', '::/0', '2001:db8::1', true],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
    ['NotIpAddress', ['198.51.100.0/24', '203.0.113.0/24'], '198.51.100.1', false],
    ['ArnEquals', 'arn:aws:iam::*:user/a', 'arn:aws:iam::123456789012:user/a', true],
    ['ArnLike', 'arn:aws:sns:*:111122223333:*', 'arn:aws:sns:us-east-1:111122223333:t:x', true],
    ['ArnLike', 'arn:aws:sns:*:t:*', 'arn:aws:sns:us-east-1:111122223333:t:x', false],
    ['ArnNotEquals', 'arn:aws:iam::*:user/a', 'arn:aws:iam::123456789012:user/b', true],
    ['ArnNotLike', 'arn:aws:iam::*:user/*', 'arn:aws:iam::123456789012:user/b', false],
    ['Null', 'true', 'there', false],
    ['Null', 'false', 'there', true],
  ])('%s %j over %j: %s', (operator, value, given, expected) => {
    expect(one(operator, value, given)).toBe(expected);
  });

  it.each([
    ['StringEquals', 'a', false],
    ['StringNotEquals', 'a', true],
    ['StringEqualsIfExists', 'a', true],
    ['StringNotEqualsIfExists', 'a', true],
    ['IpAddress', '10.0.0.0/8', false],
    ['NotIpAddress', '10.0.0.0/8', true],
    ['IpAddressIfExists', '10.0.0.0/8', true],
    ['NumericLessThan', '1', false],
    ['Bool', 'false', false],
    ['BoolIfExists', 'true', true],
    ['ForAllValues:StringEquals', 'a', true],
    ['ForAnyValue:StringEquals', 'a', false],
    ['ForAnyValue:StringNotEquals', 'a', false],
    ['ForAnyValue:StringEqualsIfExists', 'a', true],
    ['Null', 'true', true],
    ['Null', 'false', false],
  ])('%s %j where the key is not there: %s', (operator, value, expected) => {
    expect(one(operator, value)).toBe(expected);
  });

  it('asks sets of values for all or for any', () => {
    expect(one('ForAllValues:StringEquals', ['a', 'b'], ['a'])).toBe(true);
    expect(one('ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'])).toBe(false);
    expect(one('ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'])).toBe(true);
    expect(one('ForAnyValue:StringEquals', ['a', 'b'], ['c'])).toBe(false);
    expect(one('ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'])).toBe(true);
    expect(one('ForAnyValue:StringNotLike', ['a*'], ['ab', 'c'])).toBe(true);
    expect(one('ForAllValues:StringLike', ['a*'], ['ab', 'a'])).toBe(true);
  });

  it('wants all operators and all keys of a statement', () => {
    const block = { StringEquals: { 'aws:a': '1', 'aws:b': '2' }, Bool: { 'aws:c': 'true' } };
    expect(holds(block, { 'aws:a': '1', 'aws:b': '2', 'aws:c': 'true' })).toBe(true);
    expect(holds(block, { 'aws:a': '1', 'aws:b': '2', 'aws:c': 'false' })).toBe(false);
    expect(holds(block, { 'aws:a': '1', 'aws:c': 'true' })).toBe(false);
  });

  it('puts variables into texts and ARNs', () => {
    const given = { 'aws:username': 'Ann', 'aws:key': 'home/Ann/x' };
    expect(holds({ StringLike: { 'aws:Key': 'home/${aws:Username}/*' } }, given)).toBe(true);
    expect(holds({ StringEquals: { 'aws:Key': 'home/${aws:username}/x' } }, given)).toBe(true);
    expect(holds({ StringEqualsIgnoreCase: { 'aws:Key': 'HOME/${aws:username}/X' } }, given)).toBe(true);
    expect(holds({ StringEquals: { 'aws:Key': 'home/${aws:username}/x' } }, given, false)).toBe(false);
    const arn = { ...given, 'aws:key': 'arn:aws:iam::1:user/Ann' };
    expect(holds({ ArnLike: { 'aws:Key': 'arn:aws:iam::*:user/${aws:username}' } }, arn)).toBe(true);
    // Without a value nothing is equal, which a negation takes for fulfilled.
    expect(holds({ StringEquals: { 'aws:Key': '${aws:userid}' } }, given)).toBe(false);
  });
});

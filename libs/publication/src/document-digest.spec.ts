import { expect, it } from 'vitest';
import { DocumentDigest } from './document-digest.js';

it('does not depend on the order, and forgets what is removed', () => {
  const one = new DocumentDigest();
  one.add('a', 1);
  one.add('b', 2);
  const two = new DocumentDigest();
  for (const [name, revision] of [
    ['b', 2],
    ['c', 3],
    ['a', 1],
  ] as const)
    two.add(name, revision);
  expect(two.toString()).not.toBe(one.toString());
  two.remove('c', 3);
  expect(two.toString()).toBe(one.toString());
  const copy = one.copy();
  copy.remove('a', 1);
  copy.remove('b', 2);
  expect(copy.toString()).toBe('0');
  expect(one.toString()).toBe(two.toString());
});

it('tells revisions and names apart', () => {
  const digests = [
    ['a', 1],
    ['a', 2],
    ['b', 1],
  ].map(([name, revision]) => {
    const digest = new DocumentDigest();
    digest.add(name as string, revision as number);
    return digest.toString();
  });
  expect(new Set(digests).size).toBe(3);
});

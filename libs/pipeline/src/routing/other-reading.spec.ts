import { describe, expect, it } from 'vitest';
import { otherReading } from './other-reading.js';

describe('security class: path normalisation: what a backend may take a path for', () => {
  it.each([
    ['/a//b', '/a/b'],
    ['///a///b//', '/a/b/'],
    ['/a;x', '/a'],
    ['/a;x=1;y/b;z', '/a/b'],
    ['/;x/a', '/a'],
    ['/a%2Fb', '/a/b'],
    ['/a%3Bx', '/a'],
    ['/a%3Fx/b', '/a'],
    ['/a%23x', '/a'],
    ['/a%3Ab', '/a:b'],
    ['/..%3Bx/a', '/../a'],
    ['/%252e', '/%2e'],
    ['/a+b%2B', '/a+b+'],
  ])('%s is %s to some', (path, reading) => expect(otherReading(path)).toBe(reading));

  it.each(['/', '/a', '/a/b/', '/a.b/c-d_e~', '/a+b:c@d,e=f', ''])('%j is the same to all', (path) =>
    expect(otherReading(path)).toBeNull(),
  );
});

import type { IntegrationResponseSnapshot } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { selectByStatus } from './select-by-status.js';

const responses = (...entries: [statusCode: number, selectionPattern: string | null][]): IntegrationResponseSnapshot[] =>
  entries.map(([statusCode, selectionPattern]) => ({ statusCode, selectionPattern, headers: [] }));
const selector = (...entries: [number, string | null][]) => selectByStatus(responses(...entries), ({ statusCode }) => statusCode);

describe('selectByStatus', () => {
  it('takes the first pattern that matches the whole code, else the one without', () => {
    const select = selector([200, null], [404, '404'], [500, '5\\d{2}'], [503, '503'], [400, '4.*']);
    expect([200, 201, 404, 400, 503, 599, 302].map(select)).toEqual([200, 200, 404, 400, 500, 500, 200]);
  });
  it('does not match a part of the code', () => expect(selector([1, '50'], [2, '0'])(500)).toBeUndefined());
  it('has nothing where none fits', () => expect(selector([200, '200'])(201)).toBeUndefined());
  it('gives the default to codes beyond 599', () => expect(selector([200, null], [1, '\\d+'])(799)).toBe(200));
  it('security class: regular expressions that explode: a hostile pattern costs nothing to speak of', () => {
    const started = performance.now();
    expect(selector([500, '(\\d+)+\\d*(\\d|\\d\\d)*x?'], [200, null])(200)).toBe(500);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

import type { IntegrationResponseSnapshot, StatusRange } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { selectByStatus } from './select-by-status.js';

type Entry = [statusCode: number, statuses: StatusRange[] | null];
const responses = (...entries: Entry[]): IntegrationResponseSnapshot[] =>
  entries.map(([statusCode, statuses]) => ({ statusCode, statuses, headers: [] }));
const selector = (...entries: Entry[]) => selectByStatus(responses(...entries), ({ statusCode }) => statusCode);

describe('selectByStatus', () => {
  it('takes the first that has the code, else the default', () => {
    const select = selector([200, null], [404, [[404, 404]]], [500, [[500, 599]]], [503, [[503, 503]]], [400, [[400, 499]]]);
    expect([200, 201, 404, 400, 503, 599, 302].map(select)).toEqual([200, 200, 404, 400, 500, 500, 200]);
  });
  it('knows several ranges of one', () =>
    expect(
      [200, 204, 210, 300].map(
        selector([
          1,
          [
            [200, 202],
            [210, 299],
          ],
        ]),
      ),
    ).toEqual([1, undefined, 1, undefined]));
  it('has nothing where none fits', () => expect(selector([200, [[200, 200]]])(201)).toBeUndefined());
  it('has nothing for a pattern that matches no code', () => expect(selector([200, []])(200)).toBeUndefined());
  it('gives the default to codes beyond 599', () => expect(selector([200, null], [1, [[100, 599]]])(799)).toBe(200));
});

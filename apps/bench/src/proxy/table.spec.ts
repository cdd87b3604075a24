import { expect, it } from 'vitest';
import { table } from './table.js';

it('aligns', () => {
  expect(
    table(
      ['system', 'req/s'],
      [
        ['nginx', '70000'],
        ['Gatehouse', '9'],
      ],
    ),
  ).toEqual(['system     req/s', '----------------', 'nginx      70000', 'Gatehouse      9']);
});

import { expect, it } from 'vitest';
import { formatTable } from './table.js';

it('lines columns up under their headings', () => {
  expect(
    formatTable(
      ['ID', 'STATE'],
      [
        ['gateway-1', 'ready'],
        ['g', ''],
      ],
    ),
  ).toBe('ID         STATE\ngateway-1  ready\ng');
});

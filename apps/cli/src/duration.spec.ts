import { expect, it } from 'vitest';
import { parseDuration } from './duration.js';

it.each([
  ['30s', 30],
  ['15m', 900],
  ['12h', 43_200],
  ['7d', 604_800],
])('reads %s as %d seconds', (text, seconds) => {
  expect(parseDuration('--expires-in', text)).toBe(seconds);
});

it.each(['', '0s', '1', 'h', '1.5h', '-1h', '1w', '1h30m'])('refuses %j and names the option', (text) => {
  expect(() => parseDuration('--expires-in', text)).toThrow('--expires-in is not a duration such as 30s, 15m, 12h or 7d');
});

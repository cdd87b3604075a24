import { describe, expect, it } from 'vitest';
import { canonicalAddress, nodeAddress } from './ip-address.js';

describe('canonicalAddress', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3'],
    ['::ffff:10.1.2.3', '10.1.2.3'],
    ['::FFFF:a01:203', '10.1.2.3'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['::1', '::1'],
    ['::ffff:0:10.1.2.3', '::ffff:0:a01:203'],
  ])('writes %s as %s', (text, address) => expect(canonicalAddress(text)).toBe(address));

  it.each(['', 'localhost', '10.1.2', '010.1.2.3', '10.1.2.3 ', '10.1.2.3:80', '[::1]', 'fe80::1%eth0', 'unknown'])(
    'takes %j for none',
    (text) => expect(canonicalAddress(text)).toBeNull(),
  );
});

describe('nodeAddress', () => {
  it.each([
    ['192.0.2.43', '192.0.2.43'],
    ['192.0.2.43:47011', '192.0.2.43'],
    ['[2001:db8:cafe::17]:4711', '2001:db8:cafe::17'],
    ['[2001:db8:cafe::17]', '2001:db8:cafe::17'],
    ['2001:db8:cafe::17', '2001:db8:cafe::17'],
    ['[::ffff:192.0.2.43]:80', '192.0.2.43'],
  ])('reads %s', (text, address) => expect(nodeAddress(text)).toBe(address));

  it.each(['unknown', '_hidden', '[192.0.2.43', '192.0.2.43:', '192.0.2.43:port', '[::1]x', ''])('takes %j for none', (text) =>
    expect(nodeAddress(text)).toBeNull(),
  );
});

import { describe, expect, it } from 'vitest';
import { AddressRanges } from './address-ranges.js';

describe('AddressRanges', () => {
  const ranges = new AddressRanges(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32']);

  it.each(['10.0.0.1', '10.255.255.255', '192.0.2.7', '2001:db8:1::1'])('contains %s', (address) =>
    expect(ranges.contains(address)).toBe(true),
  );
  it.each(['11.0.0.1', '192.0.2.8', '2001:db9::1', '::1'])('does not contain %s', (address) =>
    expect(ranges.contains(address)).toBe(false),
  );
  it('contains everything where a range says so', () => {
    const all = new AddressRanges(['0.0.0.0/0', '::/0']);
    expect([all.contains('203.0.113.9'), all.contains('2001:db8::1')]).toEqual([true, true]);
  });

  it.each(['10.0.0.0/33', '::/129', 'proxy.internal', '10.0.0.0/', '10.0.0.0/8/8', '', '::ffff:10.0.0.0/104'])(
    'refuses %j by name',
    (range) => expect(() => new AddressRanges([range])).toThrow(JSON.stringify(range)),
  );
});

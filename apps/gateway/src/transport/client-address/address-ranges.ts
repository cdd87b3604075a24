import { BlockList, isIP } from 'node:net';
import { canonicalAddress } from './ip-address.js';

/** Ranges of IP addresses; `contains` takes addresses in canonical form. */
export class AddressRanges {
  private readonly list = new BlockList();

  /** @param ranges each an address or `address/prefix`. Throws `TypeError` naming the one that is neither. */
  constructor(ranges: readonly string[]) {
    for (const range of ranges) this.add(range);
  }

  private add(range: string): void {
    const [, text = '', prefix] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
    const family = isIP(text);
    const bits = family === 4 ? 32 : 128;
    const length = prefix === undefined ? bits : Number(prefix);
    // One that is written as IPv6 (`::ffff:10.0.0.0/104`) would have to be counted otherwise.
    if (family === 0 || length > bits || (family === 6 && isIP(canonicalAddress(text) ?? '') !== 6)) {
      throw new TypeError(`${JSON.stringify(range)} is no range of addresses (address or address/prefix)`);
    }
    this.list.addSubnet(text, length, family === 4 ? 'ipv4' : 'ipv6');
  }

  contains(address: string): boolean {
    return this.list.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  }
}

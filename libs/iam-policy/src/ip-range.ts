import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** An address, or a range `address/bits`, of IPv4 or IPv6. Undefined when the text is neither. */
export function ipRange(text: string): ((address: string) => boolean) | undefined {
  const [network = '', bits, ...more] = text.split('/');
  const family = familyOf(network);
  if (!family || more.length > 0) return undefined;
  const most = family === 'ipv4' ? 32 : 128;
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) return undefined;
  const range = new BlockList();
  range.addSubnet(network, bits === undefined ? most : Number(bits), family);
  return (address) => {
    const given = familyOf(address);
    return given !== undefined && range.check(address, given);
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  if (isIPv4(address)) return 'ipv4';
  return isIPv6(address) && !address.includes('%') ? 'ipv6' : undefined;
}

import { isIP, SocketAddress, type Socket } from 'node:net';

const MAPPED = '::ffff:';

/** An IP address in the one form in which addresses are compared, logged and passed on: IPv4 never as IPv6, IPv6 as RFC 5952 writes it. Null for anything else. */
export function canonicalAddress(text: string): string | null {
  const family = isIP(text);
  if (family === 4) return text;
  // A zone says something on one machine only.
  if (family === 0 || text.includes('%')) return null;
  const { address } = new SocketAddress({ address: text, family: 'ipv6' });
  return address.startsWith(MAPPED) && address.includes('.') ? address.slice(MAPPED.length) : address;
}

/** The address of the other end of a connection; null when that is gone. Link-local ones have the zone that they were met in, which is left out. */
export function peerAddress({ remoteAddress = '' }: Pick<Socket, 'remoteAddress'>): string | null {
  const zone = remoteAddress.indexOf('%');
  return canonicalAddress(zone < 0 ? remoteAddress : remoteAddress.slice(0, zone));
}

/** The address of a node in a forwarding header, which stands in brackets or not, with a port or without. Null for anything else, `unknown` and names included. */
export function nodeAddress(text: string): string | null {
  const match = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/.exec(text);
  return canonicalAddress(match?.[1] ?? match?.[2] ?? text);
}

import { latin1 } from '@gatehouse/http1';
import { isIPv4, isIPv6 } from 'node:net';
import { canonicalAddress } from './ip-address.js';

/** One end of a connection. */
export interface Endpoint {
  /** In canonical form. */
  readonly address: string;
  readonly port: number;
}

/** What a PROXY header says of the connection that it was sent for. */
export interface ProxiedConnection {
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** A whole PROXY header. */
export interface ProxyHeader {
  /** Null where the proxy speaks for itself (LOCAL), or does not know for whom (UNKNOWN, AF_UNSPEC). */
  readonly connection: ProxiedConnection | null;
  /** Bytes that the header has. */
  readonly length: number;
}

/** Bytes that begin no PROXY header which this gateway takes. */
export class ProxyHeaderFault extends Error {}

const SIGNATURE_V1 = Buffer.from('PROXY ');
const SIGNATURE_V2 = Buffer.from('\r\n\r\n\0\r\nQUIT\n');

/** A line of version 1 with its CRLF has at most these bytes. */
const LONGEST_V1 = 107;
const HEAD_V2 = 16;
/** Most bytes that may follow the head of version 2: addresses, and what a proxy adds to them (a client's certificate among it). */
const LONGEST_V2 = 8_192;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, that `bytes` begin with. Null: more bytes are needed. Throws `ProxyHeaderFault` as soon as
 * they cannot become one.
 *
 * Source: https://www.haproxy.org/download/2.6/doc/proxy-protocol.txt. Of its address families those of TCP are taken; others cannot be meant.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | null {
  if (beginsLike(bytes, SIGNATURE_V2)) return bytes.length < HEAD_V2 ? null : readV2(bytes);
  if (beginsLike(bytes, SIGNATURE_V1)) return bytes.length < SIGNATURE_V1.length ? null : readV1(bytes);
  throw new ProxyHeaderFault('no signature');
}

function beginsLike(bytes: Buffer, signature: Buffer): boolean {
  const length = Math.min(bytes.length, signature.length);
  return bytes.compare(signature, 0, length, 0, length) === 0;
}

function readV1(bytes: Buffer): ProxyHeader | null {
  const lineEnd = bytes.subarray(0, LONGEST_V1).indexOf('\r\n', 0, 'latin1');
  if (lineEnd < 0) {
    if (bytes.length >= LONGEST_V1) throw new ProxyHeaderFault('line too long');
    return null;
  }
  const length = lineEnd + 2;
  const [family, ...fields] = latin1(bytes, SIGNATURE_V1.length, lineEnd).split(' ');
  // What follows UNKNOWN is to be ignored.
  if (family === 'UNKNOWN') return { connection: null, length };
  const isAddress = family === 'TCP4' ? isIPv4 : family === 'TCP6' ? isIPv6 : () => false;
  const [from = '', to = '', fromPort = '', toPort = ''] = fields;
  const address = (text: string) => (isAddress(text) ? canonicalAddress(text) : null);
  const [source, destination] = [address(from), address(to)];
  if (fields.length !== 4 || source === null || destination === null) throw new ProxyHeaderFault('malformed line');
  return {
    connection: {
      source: { address: source, port: portOf(fromPort) },
      destination: { address: destination, port: portOf(toPort) },
    },
    length,
  };
}

function portOf(text: string): number {
  const port = /^(?:0|[1-9]\d{0,4})$/.test(text) ? Number(text) : Infinity;
  if (port > 65_535) throw new ProxyHeaderFault('malformed port');
  return port;
}

const VERSION_2 = 0x20;
const LOCAL = VERSION_2 | 0;
const PROXY = VERSION_2 | 1;
const UNSPECIFIED = 0x00;
const TCP_OVER_IPV4 = 0x11;
const TCP_OVER_IPV6 = 0x21;

function readV2(bytes: Buffer): ProxyHeader | null {
  const command = bytes.readUInt8(12);
  const family = bytes.readUInt8(13);
  const rest = bytes.readUInt16BE(14);
  if (command !== LOCAL && command !== PROXY) throw new ProxyHeaderFault('unknown version or command');
  if (rest > LONGEST_V2) throw new ProxyHeaderFault('header too long');
  const addressBytes = family === TCP_OVER_IPV4 ? 4 : family === TCP_OVER_IPV6 ? 16 : 0;
  const speaksOfClient = command === PROXY && family !== UNSPECIFIED;
  if (speaksOfClient && (addressBytes === 0 || rest < 2 * addressBytes + 4))
    throw new ProxyHeaderFault('unknown family or addresses too short');
  const length = HEAD_V2 + rest;
  if (bytes.length < length) return null;
  if (!speaksOfClient) return { connection: null, length };
  const ports = HEAD_V2 + 2 * addressBytes;
  const endpoint = (nth: 0 | 1): Endpoint => {
    const start = HEAD_V2 + nth * addressBytes;
    return { address: addressOf(bytes.subarray(start, start + addressBytes)), port: bytes.readUInt16BE(ports + nth * 2) };
  };
  return { connection: { source: endpoint(0), destination: endpoint(1) }, length };
}

function addressOf(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return canonicalAddress(groups.join(':')) as string;
}

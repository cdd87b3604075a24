import { describe, expect, it } from 'vitest';
import { ProxyHeaderFault, readProxyHeader } from './proxy-header.js';
import { proxyHeaderV2 } from './proxy-header.fixture.js';

const v1 = (text: string) => readProxyHeader(Buffer.from(text, 'latin1'));
const ends = (source: string, sourcePort: number, destination: string, destinationPort: number) => ({
  source: { address: source, port: sourcePort },
  destination: { address: destination, port: destinationPort },
});
const CLIENT = { source: { address: '192.0.2.9', port: 56_324 }, destination: { address: '198.51.100.4', port: 443 } };

/** Every way to have only a part of it asks for more. */
function expectWholeOnly(bytes: Buffer): void {
  for (let length = 0; length < bytes.length; length++) expect(readProxyHeader(bytes.subarray(0, length))).toBeNull();
}

describe('PROXY protocol, version 1', () => {
  it.each([
    ['PROXY TCP4 192.0.2.9 198.51.100.4 56324 443\r\n', ends('192.0.2.9', 56_324, '198.51.100.4', 443)],
    ['PROXY TCP6 2001:DB8::9 2001:db8::4 56324 443\r\n', ends('2001:db8::9', 56_324, '2001:db8::4', 443)],
    ['PROXY TCP6 ::ffff:192.0.2.9 ::ffff:198.51.100.4 0 65535\r\n', ends('192.0.2.9', 0, '198.51.100.4', 65_535)],
    ['PROXY UNKNOWN\r\n', null],
    ['PROXY UNKNOWN ffff::1 ffff::1 65535 65535\r\n', null],
  ])('reads %j', (line, connection) => {
    expect(v1(line)).toEqual({ connection, length: line.length });
    expect(v1(`${line}GET / HTTP/1.1\r\n`)).toEqual({ connection, length: line.length });
    expectWholeOnly(Buffer.from(line));
  });

  it.each([
    'GET / HTTP/1.1\r\n',
    'PROXy TCP4 ',
    'PROXY tcp4 192.0.2.9 198.51.100.4 56324 443\r\n',
    'PROXY TCP5 192.0.2.9 198.51.100.4 56324 443\r\n',
    'PROXY TCP4 2001:db8::9 2001:db8::4 56324 443\r\n',
    'PROXY TCP6 192.0.2.9 198.51.100.4 56324 443\r\n',
    'PROXY TCP4 192.0.2.9 198.51.100.4 56324\r\n',
    'PROXY TCP4 192.0.2.9 198.51.100.4 56324 443 \r\n',
    'PROXY TCP4  192.0.2.9 198.51.100.4 56324 443\r\n',
    'PROXY TCP4 192.0.2.9\t198.51.100.4 56324 443\r\n',
    'PROXY TCP4 192.0.2.999 198.51.100.4 56324 443\r\n',
    'PROXY TCP4 192.0.2.9 198.51.100.4 65536 443\r\n',
    'PROXY TCP4 192.0.2.9 198.51.100.4 056324 443\r\n',
    'PROXY TCP4 192.0.2.9 198.51.100.4 -1 443\r\n',
    'PROXY TCP4 192.0.2.9 198.51.100.4 56324 443\n\r\n',
    'PROXY \r\n',
    `PROXY UNKNOWN ${'x'.repeat(107)}`,
  ])('refuses %j', (line) => expect(() => v1(line)).toThrow(ProxyHeaderFault));

  it('refuses a line that is longer than the protocol allows', () => {
    const padded = (bytes: number) => `PROXY UNKNOWN ${'x'.repeat(bytes - 16)}\r\n`;
    expect(v1(padded(107))?.length).toBe(107);
    expect(() => v1(padded(108))).toThrow('line too long');
  });
});

describe('PROXY protocol, version 2', () => {
  const ipv4 = Buffer.from([192, 0, 2, 9, 198, 51, 100, 4, 220, 4, 1, 187]);
  const ipv6 = Buffer.from('20010db8000000000000000000000009' + '20010db8000000000000000000000004' + 'dc04' + '01bb', 'hex');
  const mapped = Buffer.from('00000000000000000000ffffc0000209' + '00000000000000000000ffffc6336404' + 'dc04' + '01bb', 'hex');
  const tlvs = Buffer.from([0x02, 0, 5, ...Buffer.from('a.com'), 0x04, 0, 1, 0]);

  it.each([
    ['TCP over IPv4', proxyHeaderV2(0x21, 0x11, ipv4), CLIENT],
    ['TCP over IPv6', proxyHeaderV2(0x21, 0x21, ipv6), ends('2001:db8::9', 56_324, '2001:db8::4', 443)],
    ['IPv4 as IPv6', proxyHeaderV2(0x21, 0x21, mapped), CLIENT],
    ['additions of the proxy', proxyHeaderV2(0x21, 0x11, ipv4, tlvs), CLIENT],
    ['LOCAL', proxyHeaderV2(0x20, 0x00), null],
    ['LOCAL with addresses, which say nothing', proxyHeaderV2(0x20, 0x11, ipv4), null],
    ['an unspecified family', proxyHeaderV2(0x21, 0x00, tlvs), null],
  ])('reads %s', (_, bytes, connection) => {
    expect(readProxyHeader(bytes)).toEqual({ connection, length: bytes.length });
    expect(readProxyHeader(Buffer.concat([bytes, Buffer.from('GET /')]))).toEqual({ connection, length: bytes.length });
    expectWholeOnly(bytes);
  });

  it.each([
    ['another version', proxyHeaderV2(0x11, 0x11, ipv4)],
    ['another command', proxyHeaderV2(0x22, 0x11, ipv4)],
    ['UDP', proxyHeaderV2(0x21, 0x12, ipv4)],
    ['UNIX sockets', proxyHeaderV2(0x21, 0x31, Buffer.alloc(216))],
    ['addresses that are cut off', proxyHeaderV2(0x21, 0x11, ipv4.subarray(0, 11))],
    ['IPv4 addresses that are said to be IPv6', proxyHeaderV2(0x21, 0x21, ipv4)],
    ['a header beyond the limit', proxyHeaderV2(0x21, 0x11, Buffer.alloc(8193)).subarray(0, 16)],
    ['another signature', Buffer.from('\r\n\r\n\0\r\nQUIX\n')],
  ])('refuses %s', (_, bytes) => expect(() => readProxyHeader(bytes)).toThrow(ProxyHeaderFault));
});

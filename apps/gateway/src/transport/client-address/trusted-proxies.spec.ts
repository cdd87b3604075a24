import { describe, expect, it } from 'vitest';
import type { Peer } from '../connection-host.js';
import { AddressRanges } from './address-ranges.js';
import { TrustedProxies } from './trusted-proxies.js';

const ranges = new AddressRanges(['10.0.0.0/8', 'fd00::/8']);
const PROXY: Peer = { address: '10.0.0.1', localPort: 8080, secure: false };
const byFor = new TrustedProxies(ranges, 'x-forwarded-for');
const byForwarded = new TrustedProxies(ranges, 'forwarded');
/** Headers from lines like `Name: value`. */
const headers = (...lines: string[]) =>
  lines.flatMap((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);

describe('security class: spoofed trusted headers: X-Forwarded-For', () => {
  it.each([
    ['one address', ['X-Forwarded-For: 192.0.2.9'], '192.0.2.9'],
    ['any letter case', ['x-FORWARDED-for: 192.0.2.9'], '192.0.2.9'],
    ['the last one that is not trusted', ['X-Forwarded-For: 203.0.113.66, 192.0.2.9, 10.9.9.9,fd00::2'], '192.0.2.9'],
    [
      'several headers in order',
      ['X-Forwarded-For: 203.0.113.66', 'X-Forwarded-For: 192.0.2.9', 'X-Forwarded-For: 10.9.9.9'],
      '192.0.2.9',
    ],
    ['ports', ['X-Forwarded-For: 192.0.2.9:4711, [fd00::2]:80'], '192.0.2.9'],
    ['IPv6', ['X-Forwarded-For: 2001:DB8::9'], '2001:db8::9'],
    ['IPv4 as IPv6', ['X-Forwarded-For: 192.0.2.9, ::ffff:10.0.0.7'], '192.0.2.9'],
    ['trusted addresses only: the first', ['X-Forwarded-For: 10.0.0.9, 10.0.0.8'], '10.0.0.9'],
    ['what a client wrote before is not looked at', ['X-Forwarded-For: ,,garbage"\\, 192.0.2.9'], '192.0.2.9'],
    ['nothing', [], '10.0.0.1'],
    ['an empty list', ['X-Forwarded-For: '], '10.0.0.1'],
    ['a name', ['X-Forwarded-For: client.example'], '10.0.0.1'],
    ['unknown', ['X-Forwarded-For: 192.0.2.9, unknown'], '10.0.0.1'],
    ['a break behind trusted addresses', ['X-Forwarded-For: 192.0.2.9, , 10.0.0.8'], '10.0.0.1'],
    ['another spelling', ['X_Forwarded_For: 192.0.2.9'], '10.0.0.1'],
    ['Forwarded, which this proxy does not write', ['Forwarded: for=192.0.2.9'], '10.0.0.1'],
    ['Forwarded of a client beside it', ['Forwarded: for=203.0.113.66', 'X-Forwarded-For: 192.0.2.9'], '192.0.2.9'],
  ])('%s', (_, lines, address) => expect(byFor.clientOf(PROXY, headers(...lines)).address).toBe(address));

  it('believes nobody else', () => {
    const stranger: Peer = { address: '203.0.113.5', localPort: 8080, secure: false };
    const claims = headers('X-Forwarded-For: 192.0.2.9', 'X-Forwarded-Proto: https', 'Forwarded: for=192.0.2.9;proto=https');
    expect(byFor.clientOf(stranger, claims)).toBe(stranger);
    expect(byForwarded.clientOf(stranger, claims)).toBe(stranger);
  });

  it.each([
    [['X-Forwarded-Proto: https'], { secure: true, localPort: 443 }],
    [['X-Forwarded-Proto: HTTP'], { secure: false, localPort: 80 }],
    [['X-Forwarded-Proto: https', 'X-Forwarded-Port: 8443'], { secure: true, localPort: 8443 }],
    [['X-Forwarded-Port: 8443'], { secure: false, localPort: 8443 }],
    [['X-Forwarded-Proto: gopher', 'X-Forwarded-Port: 65536'], { secure: false, localPort: 8080 }],
    [['X-Forwarded-Port: 0'], { secure: false, localPort: 8080 }],
    // One value for each hop: the client's is the second from the end.
    [['X-Forwarded-Proto: http, https, http'], { secure: true, localPort: 443 }],
    [['X-Forwarded-Proto: https, http', 'X-Forwarded-Port: 1, 2, 3'], { secure: true, localPort: 2 }],
  ])('scheme and port of %j', (lines, expected) => {
    const chain = ['X-Forwarded-For: 203.0.113.66, 192.0.2.9, 10.0.0.8', ...lines];
    expect(byFor.clientOf(PROXY, headers(...chain))).toEqual({ address: '192.0.2.9', ...expected });
  });

  it('keeps the scheme of the connection where the proxy says none', () => {
    const overTls = { ...PROXY, localPort: 8443, secure: true };
    expect(byFor.clientOf(overTls, headers('X-Forwarded-For: 192.0.2.9'))).toEqual({ ...overTls, address: '192.0.2.9' });
  });
});

describe('security class: spoofed trusted headers: Forwarded', () => {
  it.each([
    ['one address', ['Forwarded: for=192.0.2.9'], '192.0.2.9'],
    ['parameters in any case and order', ['Forwarded: By=10.0.0.1 ; PROTO=https;FOR="192.0.2.9:4711"'], '192.0.2.9'],
    ['IPv6', ['Forwarded: for="[2001:db8:cafe::17]:4711"'], '2001:db8:cafe::17'],
    [
      'the last one that is not trusted',
      ['Forwarded: for=203.0.113.66, for=192.0.2.9', 'Forwarded: for="[fd00::2]", for=10.9.9.9'],
      '192.0.2.9',
    ],
    ['a quoted comma', ['Forwarded: for=192.0.2.9;host="a,\\"b\\\\", for=10.9.9.9;host="x,for=203.0.113.66"'], '192.0.2.9'],
    ['an open quote of a client', ['Forwarded: for=", for=192.0.2.9'], '192.0.2.9'],
    ['an escaped quote of a client', ['Forwarded: for="\\", for=192.0.2.9;proto=http'], '192.0.2.9'],
    ['trusted addresses only: the first', ['Forwarded: for=10.0.0.9, for=10.0.0.8'], '10.0.0.9'],
    ['nothing', [], '10.0.0.1'],
    ['an empty list', ['Forwarded: '], '10.0.0.1'],
    ['no address', ['Forwarded: for=192.0.2.9, proto=https'], '10.0.0.1'],
    ['two addresses in one element', ['Forwarded: for=192.0.2.9;for=192.0.2.8'], '10.0.0.1'],
    ['an obfuscated name', ['Forwarded: for=192.0.2.9, for=_hidden'], '10.0.0.1'],
    ['unknown', ['Forwarded: for=unknown'], '10.0.0.1'],
    ['no parameter', ['Forwarded: 192.0.2.9'], '10.0.0.1'],
    ['IPv6 without quotes', ['Forwarded: for=[2001:db8::9]'], '10.0.0.1'],
    ['a break behind trusted addresses', ['Forwarded: for=192.0.2.9,, for=10.0.0.8'], '10.0.0.1'],
    ['X-Forwarded-For, which this proxy does not write', ['X-Forwarded-For: 203.0.113.66'], '10.0.0.1'],
    ['X-Forwarded-For of a client beside it', ['X-Forwarded-For: 203.0.113.66', 'Forwarded: for=192.0.2.9'], '192.0.2.9'],
  ])('%s', (_, lines, address) => expect(byForwarded.clientOf(PROXY, headers(...lines)).address).toBe(address));

  it('takes the scheme of the element that names the client, and its port', () => {
    const chain = headers('Forwarded: for=203.0.113.66;proto=http, for=192.0.2.9;proto=https, for=10.0.0.8;proto=http');
    expect(byForwarded.clientOf(PROXY, chain)).toEqual({ address: '192.0.2.9', secure: true, localPort: 443 });
  });
});

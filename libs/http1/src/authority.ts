import { consistsOf, HEX_VALUE, HOST_NAME, isDigit } from './byte-classes.js';

/** Whether a text is a host with or without a port (RFC 9110, 7.2): a name, an IPv4 address or an IPv6 one in brackets. */
export function isAuthority(text: string): boolean {
  const colon = text.lastIndexOf(':');
  if (text.charCodeAt(0) === 0x5b) {
    const bracket = text.indexOf(']');
    return isIpv6(text.slice(1, bracket)) && isPort(text.slice(bracket + 1));
  }
  if (colon < 0) return consistsOf(HOST_NAME, text);
  return consistsOf(HOST_NAME, text.slice(0, colon)) && isPort(text.slice(colon));
}

/** Characters only: an address that does not exist is nobody's. */
function isIpv6(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 0x3a && code !== 0x2e && (HEX_VALUE[code] ?? 255) > 15) return false;
  }
  return text.includes(':');
}

/** Empty, or a colon and at most five digits. */
function isPort(text: string): boolean {
  if (text === '') return true;
  if (text.charCodeAt(0) !== 0x3a || text.length > 6) return false;
  for (let i = 1; i < text.length; i++) if (!isDigit(text.charCodeAt(i))) return false;
  return true;
}

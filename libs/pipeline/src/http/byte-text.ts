import { isUtf8 } from 'node:buffer';
import { hexByte, isUnreserved, percentEncoded } from './request-target.js';

/**
 * Values that mappings carry are byte texts: one character per byte (latin1), as headers are on the wire, so that a value keeps its bytes
 * whatever encoding a client chose.
 */
export type ByteText = string;

/** The UTF-8 bytes of a text. */
export function utf8Bytes(text: string): ByteText {
  return isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The text that bytes are: UTF-8 where they are that, else one character a byte (Latin-1), so that none is lost. */
export function textOf(bytes: ByteText): string {
  if (isAscii(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : bytes;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Decodes `%XX` and `+` of a query's name or value; what is no encoding stays as it is. */
export function decodeQueryComponent(text: string): ByteText {
  if (!text.includes('%') && !text.includes('+')) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    const byte = char === '%' ? hexByte(text, i + 1) : -1;
    if (byte >= 0) {
      out += String.fromCharCode(byte);
      i += 2;
    } else out += char === '+' ? ' ' : char;
  }
  return out;
}

/** Decodes `%XX`; what is no encoding stays as it is. */
export function decodeComponent(text: string): ByteText {
  return text.includes('%') ? decodeQueryComponent(text.replaceAll('+', '%2B')) : text;
}

/** Percent-encodes every byte but the unreserved ones: the result is one path segment or one query component. */
export function encodeComponent(bytes: ByteText): string {
  let i = 0;
  while (i < bytes.length && isUnreserved(bytes.charCodeAt(i))) i++;
  if (i === bytes.length) return bytes;
  let out = bytes.slice(0, i);
  for (; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    out += isUnreserved(code) ? bytes[i] : percentEncoded(code);
  }
  return out;
}

/** Percent-encodes what may not stand in the path or query of a URI at all (RFC 3986); delimiters stay. */
export function encodeUnsafe(bytes: ByteText): string {
  let out = '';
  for (const char of bytes) {
    const code = char.charCodeAt(0);
    out += code <= 0x20 || code >= 0x7f || UNSAFE.includes(char) ? percentEncoded(code) : char;
  }
  return out;
}

const UNSAFE = '"<>\\^`{|}';

/** Whether a header may hold these bytes (RFC 9110, 5.5): no CR, LF, NUL or other control byte but the tab. */
export function isHeaderValue(bytes: ByteText): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > 0xff) return false;
  }
  return true;
}

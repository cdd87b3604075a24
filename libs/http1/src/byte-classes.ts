export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const SLASH = 0x2f;
export const COLON = 0x3a;
export const SEMICOLON = 0x3b;

/** For each byte 1 where it belongs to the class, else 0. */
function classOf(belongs: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (belongs(byte) ? 1 : 0));
}

const SYMBOLS_OF_TOKENS = new Set(Buffer.from("!#$%&'*+-.^_`|~"));

export const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
const isAlphanumeric = (byte: number) => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a);

/** `tchar` (RFC 9110, 5.6.2). */
export const TOKEN = classOf((byte) => isAlphanumeric(byte) || SYMBOLS_OF_TOKENS.has(byte));

/** What a field's value and a reason phrase are made of: visible bytes, blanks, and everything above ASCII (RFC 9110, 5.5). */
export const TEXT = classOf((byte) => byte === TAB || (byte >= SPACE && byte !== 0x7f));

/**
 * What a request's target is made of: visible ASCII but `#`. Bytes above ASCII are not of a URI's grammar, and other parsers refuse them. Whether a
 * target is a path in canonical form is not decided here.
 */
export const TARGET = classOf((byte) => byte > SPACE && byte < 0x7f && byte !== 0x23);

/** What the name in an authority is made of. Of RFC 3986's `reg-name` without percent-encoding and sub-delims: no host is called so, and they can be read in two ways. */
export const HOST_NAME = classOf(
  (byte) => isAlphanumeric(byte) || byte === 0x2d || byte === 0x2e || byte === 0x5f || byte === 0x7e,
);

/** Inside of a quoted string, but for quoted pairs (RFC 9110, 5.6.4). */
export const QUOTED_TEXT = classOf((byte) => TEXT[byte] === 1 && byte !== 0x22 && byte !== 0x5c);

/** The value of a hexadecimal digit, 255 for other bytes. */
export const HEX_VALUE = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = isDigit(byte) ? byte - 0x30 : byte < 0x80 && isAlphanumeric(byte) ? (byte | 0x20) - 0x57 : 255;
  return value < 16 ? value : 255;
});

/** Whether a text that is not empty has characters of the class only. */
export function consistsOf(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[text.charCodeAt(i)] !== 1) return false;
  return text.length > 0;
}

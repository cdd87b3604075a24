const UNRESERVED = new Set(Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'));
const SLASH = 0x2f;

/** What one byte becomes: itself when it is unreserved (RFC 3986, section 2.3), else `%` and two capital hexadecimal digits. */
const ENCODED = Array.from({ length: 256 }, (_, byte) =>
  UNRESERVED.has(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
);
const ENCODED_IN_PATH = ENCODED.map((text, byte) => (byte === SLASH ? '/' : text));

const NEEDS_ENCODING = /[^A-Za-z0-9\-._~]/;
const NEEDS_ENCODING_IN_PATH = /[^A-Za-z0-9\-._~/]/;

/** Latin1 text, one character for each byte: what Node gives for a request target. */
function encodeBytes(text: string, table: readonly string[]): string {
  let encoded = '';
  for (let at = 0; at < text.length; at++) encoded += table[text.charCodeAt(at) & 0xff];
  return encoded;
}

/** Encodes every byte of a received path except `/` and the unreserved ones; a `%` that is already there becomes `%25`. */
export function encodePath(rawPath: string): string {
  return NEEDS_ENCODING_IN_PATH.test(rawPath) ? encodeBytes(rawPath, ENCODED_IN_PATH) : rawPath;
}

/** The bytes that a received path stands for. */
export function decodePath(rawPath: string): string {
  return rawPath.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

/**
 * Writes a name or value of a received query the one way in which signatures know it: escapes in capital letters, exactly the unreserved
 * bytes bare. `+` is a space, as it is for the parser of queries; were it anything else, `+` could be swapped for `%2B` under one signature.
 */
export function canonicalQueryPart(raw: string): string {
  if (!NEEDS_ENCODING.test(raw)) return raw;
  const bytes = raw
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  return encodeBytes(bytes, ENCODED);
}

/** The target of a request, read once: the router, logs, mappings and backends all see this form and no other. */
export interface RequestTarget {
  /** Authority of an absolute-form target (RFC 9112, 3.2.2), which replaces the Host header; else null. */
  readonly authority: string | null;
  /**
   * Path in canonical form: begins with exactly one slash; percent-encoded unreserved characters are decoded, all other encodings are kept
   * with upper-case digits; free of dot segments, backslashes and control bytes, plain or encoded.
   */
  readonly path: string;
  /** Query without its question mark, still encoded; parameters are separated by `&` only. */
  readonly query: string;
}

/** Most parameters that one query may have; a count above it is refused before anything parses them. */
export const MAX_QUERY_PARAMETERS = 1024;

/** Reads a request target. Null when it has no canonical form: such a request is answered 400 before routing. */
export function parseRequestTarget(raw: string): RequestTarget | null {
  let authority: string | null = null;
  let rest = raw;
  if (raw.charCodeAt(0) !== SLASH) {
    const start = absoluteFormAuthority(raw);
    if (start < 0) return null;
    let end = start;
    while (end < raw.length && raw[end] !== '/' && raw[end] !== '?' && raw[end] !== '#') end++;
    authority = raw.slice(start, end);
    if (authority === '' || authority.includes('@')) return null;
    rest = raw.slice(end);
    if (rest.charCodeAt(0) !== SLASH) rest = `/${rest}`;
  }
  const mark = rest.indexOf('?');
  const path = canonicalPath(mark < 0 ? rest : rest.slice(0, mark));
  if (path === null) return null;
  const query = mark < 0 ? '' : canonicalQuery(rest.slice(mark + 1));
  return query === null ? null : { authority, path, query };
}

const SLASH = 0x2f;
const DOT = 0x2e;
const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const SEMICOLON = 0x3b;

function absoluteFormAuthority(raw: string): number {
  const scheme = raw.slice(0, 8).toLowerCase();
  return scheme === 'https://' ? 8 : scheme.startsWith('http://') ? 7 : -1;
}

function canonicalPath(raw: string): string | null {
  let encoded = false;
  let dotted = false;
  let before = 0;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (isForbidden(code) || code === BACKSLASH) return null;
    if (code === PERCENT || code > 0x7e) encoded = true;
    else if (code === DOT && before === SLASH) dotted = true;
    before = code;
  }
  const plain = encoded ? normaliseEncoding(raw) : raw;
  if (plain === null) return null;
  let start = 1;
  while (plain.charCodeAt(start) === SLASH) start++;
  const path = start === 1 ? plain : plain.slice(start - 1);
  // A backend that decodes %2F sees the segments between encoded slashes too.
  if ((dotted || encoded) && hasDotSegment(encoded ? path.replaceAll('%2F', '/') : path)) return null;
  return path;
}

/** Blanks and control bytes, and `#`, which never belongs in a request target. */
function isForbidden(code: number): boolean {
  return code <= 0x20 || code === 0x7f || code === 0x23;
}

/** Null for malformed percent-encoding, and for encoded control bytes and backslashes. */
function normaliseEncoding(raw: string): string | null {
  let out = '';
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code === PERCENT) {
      const byte = hexByte(raw, i + 1);
      if (byte < 0x20 || byte === 0x7f || byte === BACKSLASH) return null;
      out += isUnreserved(byte) ? String.fromCharCode(byte) : percentEncoded(byte);
      i += 2;
    } else if (code > 0x7e) {
      if (code > 0xff) return null;
      out += percentEncoded(code);
    } else out += raw[i];
  }
  return out;
}

/** The byte of two hexadecimal digits, or -1. */
export function hexByte(text: string, at: number): number {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return -1;
}

/** Letters, digits and `-._~` (RFC 3986, 2.3). */
export function isUnreserved(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true;
  if (code >= 0x41 && code <= 0x5a) return true;
  if (code >= 0x30 && code <= 0x39) return true;
  return code === 0x2d || code === DOT || code === 0x5f || code === 0x7e;
}

/** `%` and two upper-case hexadecimal digits. */
export function percentEncoded(byte: number): string {
  return (byte < 16 ? '%0' : '%') + byte.toString(16).toUpperCase();
}

/** A segment `.` or `..`, also where parameters follow it (`..;x`), which some backends cut off before they resolve dots. */
export function hasDotSegment(path: string): boolean {
  return nextDotSegment(path, 0) >= 0;
}

/** How many of them a path has. */
export function countDotSegments(path: string): number {
  let count = 0;
  for (let i = nextDotSegment(path, 0); i >= 0; i = nextDotSegment(path, i + 1)) count++;
  return count;
}

function nextDotSegment(path: string, from: number): number {
  for (let i = path.indexOf('/.', from); i >= 0; i = path.indexOf('/.', i + 1)) {
    let end = i + 2;
    if (path.charCodeAt(end) === DOT) end++;
    const next = path.charCodeAt(end);
    if (end === path.length || next === SLASH || next === SEMICOLON) return i;
  }
  return -1;
}

function canonicalQuery(raw: string): string | null {
  let separators = 0;
  let semicolons = false;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    // Unencoded `{`, `|` and `}` are refused by AWS.
    if (isForbidden(code) || (code >= 0x7b && code <= 0x7d)) return null;
    if (code === 0x26) separators++;
    else if (code === SEMICOLON) {
      separators++;
      semicolons = true;
    }
  }
  if (separators >= MAX_QUERY_PARAMETERS) return null;
  return semicolons ? raw.replaceAll(';', '&') : raw;
}

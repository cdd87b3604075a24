import { hasTextAt } from './byte-text.js';

/**
 * The methods that are read and written, the frequent ones first: those that other parsers of HTTP/1.1 know too. Of one that the next parser does not know
 * nobody can say how the message goes on. CONNECT is not among them.
 */
const METHODS = [
  ...[
    'GET',
    'POST',
    'PUT',
    'DELETE',
    'HEAD',
    'PATCH',
    'OPTIONS',
    'TRACE',
    'QUERY',
    'SEARCH',
    'REPORT',
    'PURGE',
    'LINK',
    'UNLINK',
  ],
  ...['COPY', 'MOVE', 'LOCK', 'UNLOCK', 'MKCOL', 'PROPFIND', 'PROPPATCH', 'ACL', 'BIND', 'REBIND', 'UNBIND', 'MERGE', 'CHECKOUT'],
  ...['MKACTIVITY', 'MKCALENDAR', 'M-SEARCH', 'NOTIFY', 'SUBSCRIBE', 'UNSUBSCRIBE'],
];
const KNOWN = new Set(METHODS);

const LONGEST = Math.max(...METHODS.map((method) => method.length));
const BY_LENGTH = Array.from({ length: LONGEST + 1 }, (_, length) => METHODS.filter((method) => method.length === length));

/** Asks for a tunnel. */
export const TUNNEL_METHOD = 'CONNECT';
/** Stands for a method in the preface of HTTP/2 (RFC 9113, 3.4). */
export const PREFACE_METHOD = 'PRI';
const RECOGNISED = [...METHODS, TUNNEL_METHOD, PREFACE_METHOD];

/** Methods are compared by case (RFC 9110, 9.1). */
export function isMethod(text: string): boolean {
  return KNOWN.has(text);
}

/** The method between `start` and `end`; null for any other text. */
export function methodAt(bytes: Buffer, start: number, end: number): string | null {
  const candidates = BY_LENGTH[end - start];
  if (candidates === undefined) return null;
  for (let i = 0; i < candidates.length; i++) {
    const method = candidates[i] as string;
    if (hasTextAt(bytes, start, method)) return method;
  }
  return null;
}

/** Whether a text may become a method, or one of the two that are refused for what they are. */
export function beginsMethod(text: string): boolean {
  return RECOGNISED.some((method) => method.startsWith(text));
}

import { isAuthority } from './authority.js';
import { SLASH } from './byte-classes.js';
import { PREFACE_METHOD } from './method.js';

const QUESTION_MARK = 0x3f;

/**
 * Whether a target, made of bytes that targets may have, has one of the forms that a server gets (RFC 9112, 3.2): a path with its query, an absolute
 * `http` or `https` URI without user information, or `*` for OPTIONS
 * (and in the preface of HTTP/2).
 */
export function isTargetOf(method: string, target: string): boolean {
  if (target.charCodeAt(0) === SLASH) return true;
  if (target === '*') return method === 'OPTIONS' || method === PREFACE_METHOD;
  const scheme = target.slice(0, 8).toLowerCase();
  const start = scheme === 'https://' ? 8 : scheme.startsWith('http://') ? 7 : -1;
  if (start < 0) return false;
  let end = start;
  while (end < target.length && target.charCodeAt(end) !== SLASH && target.charCodeAt(end) !== QUESTION_MARK) end++;
  return isAuthority(target.slice(start, end));
}

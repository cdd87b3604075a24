import { decodeComponent } from '../http/byte-text.js';

const SLASH = 0x2f;
const PERCENT = 0x25;
const SEMICOLON = 0x3b;

/**
 * The part of a canonical path from `start` on as a backend reads it that decodes it, cuts the parameters off its segments (`;x`) and joins slashes: some do, and to them it
 * is the same as another path. Null where it is what it is to everyone.
 */
export function otherReading(path: string, start = 0): string | null {
  if (!isOdd(path, start)) return null;
  const decoded = decodeComponent(path.slice(start));
  const end = decoded.search(/[?#]/);
  const whole = end < 0 ? decoded : decoded.slice(0, end);
  return whole.replaceAll(/;[^/]*/g, '').replaceAll(/\/{2,}/g, '/');
}

function isOdd(path: string, start: number): boolean {
  let before = 0;
  for (let i = start; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code === PERCENT || code === SEMICOLON || (code === SLASH && before === SLASH)) return true;
    before = code;
  }
  return false;
}

/** A bracket or `&&` within a character class: Java nests and intersects classes, JavaScript takes the characters as they are. */
const NESTED_CLASS = /\[[^\]]*(?:\[|&&)/;

/**
 * Tells whether a selection pattern, a Java regular expression over a status code, means the same as a JavaScript one. The check is that of
 * the `u` flag, which refuses escapes that JavaScript does not know (`\Q`, `\A`, `\z`) instead of taking them for letters.
 * Matching costs at most 500 runs over three digits, done when the gateway builds its table, so no pattern can slow a request.
 */
export function isPortablePattern(pattern: string): boolean {
  if (NESTED_CLASS.test(pattern)) return false;
  try {
    new RegExp(`^(?:${pattern})$`, 'u');
    return true;
  } catch {
    return false;
  }
}

/**
 * The unescaped segments of a JSON pointer (RFC 6901): `/a~1b/c` -> `['a/b', 'c']`.
 * Undefined when the text is no pointer to a member: empty, without leading slash, or with a tilde that escapes nothing.
 */
export function pointerSegments(pointer: string): string[] | undefined {
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One segment as a pointer writes it: `application/json` -> `application~1json`. */
export function escapeSegment(segment: string): string {
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

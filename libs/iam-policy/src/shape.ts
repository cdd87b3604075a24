import { MalformedPolicy } from './malformed-policy.js';

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One text or a list of them; numbers and booleans stand for how they are written. Throws `MalformedPolicy`, naming `place`, for anything else and for none. */
export function textsOf(value: unknown, place: string): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new MalformedPolicy(`Syntax errors in policy: ${place} is empty.`);
  return values.map((each) => {
    if (typeof each === 'string') return each;
    if (typeof each === 'number' || typeof each === 'boolean') return String(each);
    throw new MalformedPolicy(`Syntax errors in policy: ${place} is neither text nor a list of texts.`);
  });
}

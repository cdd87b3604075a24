import type { ValueSpec } from './value-spec.js';

/** Recorded from the real service, which does not say where the value is. */
export const RECORDED = {
  boolean: 'class java.lang.Boolean can not be converted to an String',
  number: 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String',
} as const;

/**
 * AWS's words for a JSON value of the wrong type. The two for strings were recorded from the real service; the others are worded as AWS's JSON
 * reader words them. `spec` may describe the elements of a list that holds the wrong value.
 */
export function cannotConvert(spec: ValueSpec, value: unknown): string {
  if (Array.isArray(value) && spec.type !== 'list') {
    const wrong = value.find((each) => !looksRight(spec, each));
    if (wrong !== undefined && !Array.isArray(wrong)) return cannotConvert(spec, wrong);
    return 'Start of list found where not expected';
  }
  if (typeof spec.type === 'function' || spec.type === 'map') return `Expected a structure or map, found ${tokenOf(value)}`;
  if (spec.type === 'list')
    return typeof value === 'object'
      ? 'Start of structure or map found where not expected'
      : `Expected a list, found ${tokenOf(value)}`;
  if (typeof value === 'object' && value !== null) return 'Start of structure or map found where not expected';
  if (spec.type === 'string' && typeof value === 'boolean') return RECORDED.boolean;
  if (spec.type === 'string' && typeof value === 'number') return RECORDED.number;
  return `${tokenOf(value)} can not be converted to ${JAVA_NAMES[spec.type]}`;
}

const JAVA_NAMES = {
  string: 'a String',
  integer: 'an Integer',
  long: 'a Long',
  double: 'a Double',
  boolean: 'a Boolean',
  timestamp: 'milliseconds since epoch',
  blob: 'a Blob',
  stream: 'a Blob',
} as const;

function tokenOf(value: unknown): string {
  if (value === null) return 'NULL_VALUE';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
  if (typeof value === 'string') return 'STRING_VALUE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}

function looksRight(spec: ValueSpec, value: unknown): boolean {
  if (typeof spec.type === 'function') return value instanceof spec.type;
  if (spec.type === 'string' || spec.type === 'boolean') return typeof value === spec.type;
  return typeof value === 'number';
}

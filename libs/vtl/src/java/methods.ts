import { isJavaNumber } from '@gatehouse/json-path';
import type { Run } from '../run/run.js';
import { BOOLEAN_METHODS } from './boolean-methods.js';
import { hashCode, javaEquals } from './equality.js';
import { LIST_METHODS } from './list-methods.js';
import { MAP_METHODS } from './map-methods.js';
import { type Method, plain, unary } from './method.js';
import { NUMBER_METHODS } from './number-methods.js';
import { STRING_METHODS } from './string-methods.js';
import { JavaList, VtlObject, type VtlValue } from './value.js';

/** java.lang.Object, without what leads to classes. */
const OBJECT_METHODS = new Map<string, Method<VtlValue>>([
  ['toString', plain((value, run) => run.print(value))],
  ['equals', unary((value, other, run) => javaEquals(value, other, run))],
  ['hashCode', plain((value, run) => hashCode(value, run))],
]);

/**
 * `$value.name(args)` for any value that is not null. Which methods there are is decided here, once for each place in a template that calls one; undefined where
 * the value has none of that name with such arguments.
 */
export function methodCaller(name: string): (value: VtlValue, args: readonly VtlValue[], run: Run) => VtlValue | undefined {
  const ofString = STRING_METHODS.get(name);
  const ofList = LIST_METHODS.get(name);
  const ofMap = MAP_METHODS.get(name);
  const ofNumber = NUMBER_METHODS.get(name);
  const ofBoolean = BOOLEAN_METHODS.get(name);
  const ofObject = OBJECT_METHODS.get(name);
  return (value, args, run) => {
    if (typeof value === 'string') return (ofString ?? ofObject)?.(value, args, run);
    if (Array.isArray(value) || value instanceof JavaList) return (ofList ?? ofObject)?.(value, args, run);
    if (value instanceof Map) return (ofMap ?? ofObject)?.(value, args, run);
    if (value instanceof VtlObject) return value.invoke(name, args, run) ?? ofObject?.(value, args, run);
    if (isJavaNumber(value)) return (ofNumber ?? ofObject)?.(value, args, run);
    return typeof value === 'boolean' ? (ofBoolean ?? ofObject)?.(value, args, run) : undefined;
  };
}

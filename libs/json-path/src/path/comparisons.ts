import type { JsonValue } from '../json/json-value.js';
import { isJavaNumber, type JavaNumber, JavaDecimal, JavaDouble, numberOf } from '../json/number.js';
import type { Comparison } from './path-ast.js';

/** A value, or undefined where a path leads nowhere. */
type Found = JsonValue | undefined;

/** Called for each value that is looked at; throws when there were too many. */
type Pay = () => void;

/** What each comparison of a filter says. Source: Jayway's EvaluatorFactory. */
export const COMPARE: Record<Comparison, (left: Found, right: Found, pay: Pay) => boolean> = {
  '==': (left, right, pay) => sameOrBothMissing(left, right, pay),
  '!=': (left, right, pay) => !sameOrBothMissing(left, right, pay),
  '<': (left, right) => order(left, right) === -1,
  '<=': (left, right) => (order(left, right) ?? 1) <= 0,
  '>': (left, right) => order(left, right) === 1,
  '>=': (left, right) => (order(left, right) ?? -1) >= 0,
  in: (left, right, pay) => left !== undefined && Array.isArray(right) && holds(right, left, pay),
  nin: (left, right, pay) => Array.isArray(right) && (left === undefined || !holds(right, left, pay)),
  subsetof: (left, right, pay) => Array.isArray(left) && Array.isArray(right) && left.every((item) => holds(right, item, pay)),
  anyof: (left, right, pay) => Array.isArray(left) && Array.isArray(right) && left.some((item) => holds(right, item, pay)),
  noneof: (left, right, pay) => Array.isArray(left) && Array.isArray(right) && !left.some((item) => holds(right, item, pay)),
  contains: (left, right, pay) => contains(left, right, pay),
  size: (left, right) => right !== undefined && typeof right === 'number' && sizeOf(left) === right,
  empty: (left, right) => typeof right === 'boolean' && sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
};

function contains(left: Found, right: Found, pay: Pay): boolean {
  if (right === undefined) return false;
  if (Array.isArray(left)) return holds(left, right, pay);
  return typeof left === 'string' && typeof right === 'string' && left.includes(right);
}

function sizeOf(value: Found): number | undefined {
  if (Array.isArray(value) || typeof value === 'string') return value.length;
  return value instanceof Map ? value.size : undefined;
}

const holds = (list: readonly JsonValue[], value: JsonValue, pay: Pay) => list.some((item) => sameJson(item, value, pay));

/** Beside a text, a number is one; beside a number, a text is one where it can be. */
function sameOrBothMissing(left: Found, right: Found, pay: Pay): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (isJavaNumber(left) && typeof right === 'string') return right.trim() !== '' && Number(right) === numberOf(left);
  if (typeof left === 'string' && isJavaNumber(right)) return left === String(right);
  return sameJson(left, right, pay);
}

/** Whether two values are equal; numbers are by value, whatever their type. */
export function sameJson(left: JsonValue, right: JsonValue, pay: Pay): boolean {
  pay();
  if (left === right) return true;
  if (isJavaNumber(left) && isJavaNumber(right)) return compareNumbers(left, right) === 0;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, n) => sameJson(item, right[n] as JsonValue, pay))
    );
  }
  if (left instanceof Map) {
    if (!(right instanceof Map) || left.size !== right.size) return false;
    for (const [name, member] of left) {
      const other = right.get(name);
      if (other === undefined || !sameJson(member, other, pay)) return false;
    }
    return true;
  }
  return false;
}

function order(left: Found, right: Found): number | undefined {
  if (isJavaNumber(left) && isJavaNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return undefined;
}

function compareNumbers(left: JavaNumber, right: JavaNumber): number | undefined {
  const [a, b] = isFraction(left) || isFraction(right) ? [numberOf(left), numberOf(right)] : [left, right];
  if (a < b) return -1;
  if (a > b) return 1;
  // NaN is neither.
  return a == b ? 0 : undefined; // eslint-disable-line eqeqeq -- an Integer and a Long of the same value
}

const isFraction = (value: JavaNumber): value is JavaDouble | JavaDecimal => typeof value === 'object';

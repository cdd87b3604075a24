import { isInteger32, isJavaNumber, JavaDecimal, JavaDouble, type JavaNumber, numberOf, wholeNumber } from '@gatehouse/json-path';
import type { Operator } from '../parse/ast.js';
import type { Run } from '../run/run.js';
import { javaEquals, sameText } from './equality.js';
import { listItems, type VtlValue, VtlObject } from './value.js';

/** Products of products would grow without end. */
const LARGEST = 1n << 4096n;

/** Operators on two values; null where they have no result. Source: Velocity 1.7, MathUtils and the nodes of its operators. */
export function operate(operator: Operator, left: VtlValue, right: VtlValue, run: Run): VtlValue {
  run.step();
  switch (operator) {
    case '==':
      return sameValue(left, right, run);
    case '!=':
      return !sameValue(left, right, run);
    case '<':
      return ordered(left, right, (order) => order < 0);
    case '<=':
      return ordered(left, right, (order) => order <= 0);
    case '>':
      return ordered(left, right, (order) => order > 0);
    case '>=':
      return ordered(left, right, (order) => order >= 0);
    case '+':
      if (isJavaNumber(left) && isJavaNumber(right)) return arithmetic('+', left, right);
      if ((typeof left !== 'string' && typeof right !== 'string') || left === null || right === null) return null;
      return run.text(run.textOf(left) + run.textOf(right));
    default:
      return isJavaNumber(left) && isJavaNumber(right) ? arithmetic(operator, left, right) : null;
  }
}

export type Arithmetic = '+' | '-' | '*' | '/' | '%';

/** Numbers by Java's rules of which type the result has; null where there is none. */
export function arithmetic(operator: Arithmetic, left: JavaNumber, right: JavaNumber): JavaNumber | null {
  if (typeof left === 'number' && typeof right === 'number') {
    const result = ofIntegers(operator, left, right);
    if (result === null || isInteger32(result)) return result;
  }
  const isWhole = !isFraction(left) && !isFraction(right);
  if (isWhole) {
    const isLong = typeof left === 'bigint' || typeof right === 'bigint';
    const result = whole(operator, BigInt(left), BigInt(right));
    return result === null || isLong ? result : wholeNumber(result);
  }
  if (left instanceof JavaDecimal || right instanceof JavaDecimal || isBig(left) || isBig(right)) {
    return decimal(operator, decimalOf(left), decimalOf(right));
  }
  return double(operator, numberOf(left), numberOf(right));
}

/** Exact where the result is an Integer, which has fewer digits than JavaScript's numbers. */
function ofIntegers(operator: Arithmetic, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right + 0;
    case '/':
      return right === 0 ? null : Math.trunc(left / right) + 0;
    case '%':
      return right === 0 ? null : (left % right) + 0;
  }
}

const isFraction = (value: JavaNumber): value is JavaDouble | JavaDecimal => typeof value === 'object';
/** A BigInteger. */
const isBig = (value: JavaNumber) => typeof value === 'bigint' && value !== BigInt.asIntN(64, value);

function whole(operator: Arithmetic, left: bigint, right: bigint): bigint | null {
  if (left > LARGEST || left < -LARGEST || right > LARGEST || right < -LARGEST) return null;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0n ? null : left / right;
    case '%':
      return right === 0n ? null : left % right;
  }
}

function double(operator: Arithmetic, left: number, right: number): JavaDouble | null {
  switch (operator) {
    case '+':
      return new JavaDouble(left + right);
    case '-':
      return new JavaDouble(left - right);
    case '*':
      return new JavaDouble(left * right);
    case '/':
      return right === 0 ? null : new JavaDouble(left / right);
    case '%':
      return right === 0 ? null : new JavaDouble(left % right);
  }
}

function decimalOf(value: JavaNumber): JavaDecimal {
  if (value instanceof JavaDecimal) return value;
  if (value instanceof JavaDouble) return exactDecimal(value.value);
  return new JavaDecimal(BigInt(value), 0);
}

/** Source: new BigDecimal(double), which has all binary digits. */
function exactDecimal(value: number): JavaDecimal {
  let scale = 0;
  let scaled = value;
  while (!Number.isInteger(scaled) && scale < 1074) {
    scaled *= 2;
    scale++;
  }
  return Number.isFinite(scaled) ? new JavaDecimal(BigInt(scaled) * 5n ** BigInt(scale), scale) : new JavaDecimal(0n, 0);
}

function decimal(operator: Arithmetic, left: JavaDecimal, right: JavaDecimal): JavaDecimal | null {
  if (Math.abs(left.scale) > 5000 || Math.abs(right.scale) > 5000) return null;
  const scale = Math.max(left.scale, right.scale);
  const [a, b] = [atScale(left, scale), atScale(right, scale)];
  switch (operator) {
    case '+':
      return new JavaDecimal(a + b, scale);
    case '-':
      return new JavaDecimal(a - b, scale);
    case '*':
      return new JavaDecimal(left.unscaled * right.unscaled, left.scale + right.scale);
    case '/':
      return right.unscaled === 0n
        ? null
        : new JavaDecimal(halfDown(a * 10n ** BigInt(Math.max(left.scale, 0)), b), Math.max(left.scale, 0));
    case '%':
      return null;
  }
}

const atScale = ({ unscaled, scale }: JavaDecimal, to: number) => unscaled * 10n ** BigInt(to - scale);

function halfDown(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  if (twice <= (divisor < 0n ? -divisor : divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** `==`: numbers by value, things of one class by equals, others by their texts. */
function sameValue(left: VtlValue, right: VtlValue, run: Run): boolean {
  if (isJavaNumber(left) && isJavaNumber(right)) return compareNumbers(left, right) === 0;
  if (left instanceof VtlObject && left.isNull) return right === null || left.equals(right, run);
  if (right instanceof VtlObject && right.isNull) return left === null || right.equals(left, run);
  if (left === null || right === null) return left === right;
  if (typeof left === 'string' && typeof right === 'string') return sameText(left, right, run);
  if (isOneClass(left, right)) return javaEquals(left, right, run);
  return run.print(left) === run.print(right);
}

function isOneClass(left: VtlValue, right: VtlValue): boolean {
  if (left instanceof Map) return right instanceof Map;
  if (listItems(left) !== undefined) return listItems(right) !== undefined;
  return typeof left === typeof right && typeof left !== 'object';
}

/** Other things than numbers have no order. */
function ordered(left: VtlValue, right: VtlValue, decide: (order: number) => boolean): boolean {
  return isJavaNumber(left) && isJavaNumber(right) && decide(compareNumbers(left, right));
}

/** Below, equal or above zero. NaN is above nothing and below nothing, and so equal to all, as in Velocity. */
export function compareNumbers(left: JavaNumber, right: JavaNumber): number {
  const [a, b] = isFraction(left) || isFraction(right) ? [numberOf(left), numberOf(right)] : [left, right];
  return a < b ? -1 : a > b ? 1 : 0;
}

import { type JavaNumber, JavaDecimal, JavaDouble, numberOf } from '@gatehouse/json-path';
import { arithmetic, compareNumbers } from './arithmetic.js';
import { JavaException } from './java-exception.js';
import { type Method, type MethodTable, ofText, plain, unary } from './method.js';
import type { VtlValue } from './value.js';

/** java.lang.Integer, Long, Double, java.math.BigInteger and BigDecimal; static methods are reached through any number of their class, as in Java. */
export const NUMBER_METHODS: MethodTable<JavaNumber> = new Map<string, Method<JavaNumber>>([
  ['intValue', plain((number) => Number(BigInt.asIntN(32, wholeOf(number))))],
  ['longValue', plain((number) => BigInt.asIntN(64, wholeOf(number)))],
  ['shortValue', plain((number) => Number(BigInt.asIntN(16, wholeOf(number))))],
  ['byteValue', plain((number) => Number(BigInt.asIntN(8, wholeOf(number))))],
  ['doubleValue', plain((number) => new JavaDouble(numberOf(number)))],
  ['floatValue', plain((number) => new JavaDouble(Number(Math.fround(numberOf(number)).toPrecision(8))))],
  ['isNaN', (number, args) => (number instanceof JavaDouble && args.length === 0 ? Number.isNaN(number.value) : undefined)],
  [
    'isInfinite',
    (number, args) => (number instanceof JavaDouble && args.length === 0 ? Math.abs(number.value) === Infinity : undefined),
  ],
  ['compareTo', unary((number, other) => (isSameClass(number, other) ? compareNumbers(number, other as JavaNumber) : undefined))],
  ['compare', (number, args) => ofTwo(number, args, (left, right) => compareNumbers(left, right))],
  ['max', (number, args) => ofTwo(number, args, (left, right) => (compareNumbers(left, right) >= 0 ? left : right))],
  ['min', (number, args) => ofTwo(number, args, (left, right) => (compareNumbers(left, right) <= 0 ? left : right))],
  ['sum', (number, args) => ofTwo(number, args, (left, right) => arithmetic('+', left, right) as JavaNumber)],
  ['parseInt', (number, args) => (typeof number === 'number' ? parseWhole(args, 32) : undefined)],
  ['parseLong', (number, args) => (typeof number === 'bigint' ? parseWhole(args, 64) : undefined)],
  ['parseDouble', ofText((number, text) => (number instanceof JavaDouble ? parseDouble(text) : null))],
  ['valueOf', (number, args) => valueOf(number, args)],
  ['toBinaryString', unary((_number, value) => inRadix(value, 2))],
  ['toOctalString', unary((_number, value) => inRadix(value, 8))],
  ['toHexString', unary((_number, value) => inRadix(value, 16))],
  ['toString', (number, args) => toText(number, args)],
]);

function wholeOf(number: JavaNumber): bigint {
  if (typeof number === 'number' || typeof number === 'bigint') return BigInt(number);
  const value = numberOf(number);
  return Number.isNaN(value) ? 0n : BigInt(Math.trunc(Math.min(Math.max(value, -(2 ** 63)), 2 ** 63 - 1024)));
}

function isSameClass(number: JavaNumber, other: VtlValue): boolean {
  if (typeof number !== 'object') return typeof other === typeof number;
  return number instanceof JavaDouble ? other instanceof JavaDouble : other instanceof JavaDecimal;
}

function ofTwo(
  number: JavaNumber,
  args: readonly VtlValue[],
  method: (left: JavaNumber, right: JavaNumber) => JavaNumber,
): JavaNumber | undefined {
  const [left, right] = args;
  if (args.length !== 2 || !isSameClass(number, left as VtlValue) || !isSameClass(number, right as VtlValue)) return undefined;
  return method(left as JavaNumber, right as JavaNumber);
}

function parseWhole(args: readonly VtlValue[], bits: 32 | 64): number | bigint | undefined {
  const [text, radix = 10] = args;
  if (typeof text !== 'string' || typeof radix !== 'number' || args.length > 2) return undefined;
  const value = wholeFrom(text, radix);
  const fits = value !== undefined && value === BigInt.asIntN(bits, value);
  const javaClass = bits === 32 ? 'java.lang.Integer' : 'java.lang.Long';
  if (!fits) throw new JavaException(javaClass, `java.lang.NumberFormatException: For input string: "${text.slice(0, 100)}"`);
  return bits === 32 ? Number(value) : value;
}

function wholeFrom(text: string, radix: number): bigint | undefined {
  if (text.length > 70 || !/^[+-]?[0-9a-zA-Z]+$/.test(text) || radix < 2 || radix > 36) return undefined;
  let value = 0n;
  for (const digit of text.replace(/^[+-]/, '')) {
    const worth = parseInt(digit, radix);
    if (Number.isNaN(worth)) return undefined;
    value = value * BigInt(radix) + BigInt(worth);
  }
  return text.startsWith('-') ? -value : value;
}

function parseDouble(text: string): JavaDouble {
  const trimmed = text.trim();
  if (/^[+-]?(NaN|Infinity)$/.test(trimmed)) return new JavaDouble(Number(trimmed.replace(/^[+-](?=NaN)/, '')));
  const [digits] = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,9})?(?=[dDfF]?$)/.exec(trimmed.slice(0, 1000)) ?? [];
  if (digits !== undefined) return new JavaDouble(Number(digits));
  throw new JavaException('java.lang.Double', `java.lang.NumberFormatException: For input string: "${text.slice(0, 100)}"`);
}

function valueOf(number: JavaNumber, args: readonly VtlValue[]): VtlValue | undefined {
  const [value] = args;
  if (typeof value === 'string') {
    if (typeof number === 'number') return parseWhole(args, 32);
    if (typeof number === 'bigint') return parseWhole(args, 64);
    return number instanceof JavaDouble && args.length === 1 ? parseDouble(value) : undefined;
  }
  return args.length === 1 && isSameClass(number, value as VtlValue) ? value : undefined;
}

function inRadix(value: VtlValue, radix: number): string | undefined {
  if (typeof value === 'number') return (value >>> 0).toString(radix);
  return typeof value === 'bigint' ? BigInt.asUintN(64, value).toString(radix) : undefined;
}

function toText(number: JavaNumber, args: readonly VtlValue[]): string | undefined {
  const [value, radix = 10] = args;
  if (args.length === 0) return String(number);
  const isWhole = typeof value === 'number' || typeof value === 'bigint';
  if (args.length > 2 || !isWhole || typeof radix !== 'number') return undefined;
  return value.toString(radix >= 2 && radix <= 36 ? radix : 10);
}

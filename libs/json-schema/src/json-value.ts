import { canonicalDecimal, decimalOf, type Decimal } from './decimal.js';

/** A value of JSON. Numbers that a double does not hold as they are written are `ExactNumber`. */
export type JsonValue = null | boolean | string | number | ExactNumber | readonly JsonValue[] | JsonObject;
export type JsonArray = readonly JsonValue[];
/** As `JSON.parse` makes them: names are anybody's, `__proto__` and `constructor` among them. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** A number that is written with an exponent, with zeros at the end of its fraction, or with more than 15 digits. */
export class ExactNumber {
  readonly decimal: Decimal;

  constructor(readonly literal: string) {
    this.decimal = decimalOf(literal);
  }

  /** Draft 4: a number without a fraction or an exponent, so that `1.0` is none. */
  get isInteger(): boolean {
    return !/[.eE]/.test(this.literal);
  }
}

/** The primitive types of JSON schemas, in the order in which messages list them. */
export const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;
export type TypeName = (typeof TYPES)[number];
export const ARRAY = 0;
export const BOOLEAN = 1;
export const INTEGER = 2;
export const NULL = 3;
export const NUMBER = 4;
export const OBJECT = 5;
export const STRING = 6;
/** Place of a type in `TYPES`. */
export type TypeNumber = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** The type of a value. */
export function typeOf(value: JsonValue): TypeNumber {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
      return Number.isInteger(value) ? INTEGER : NUMBER;
    case 'boolean':
      return BOOLEAN;
    default:
      if (value === null) return NULL;
      if (Array.isArray(value)) return ARRAY;
      if (value instanceof ExactNumber) return value.isInteger ? INTEGER : NUMBER;
      return OBJECT;
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && typeOf(value) === OBJECT;
}

/** The member of that name; undefined where there is none, whatever prototypes have. */
export function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The number as a decimal. */
export function toDecimal(value: number | ExactNumber): Decimal {
  return typeof value === 'number' ? decimalOf(String(value)) : value.decimal;
}

/** The value as JSON without blanks, numbers as they were written as far as that is known. */
export function printJson(value: JsonValue): string {
  return print(value, (members) => members);
}

/** The same, with the members of objects in the order of their names. */
export function printSorted(value: JsonValue): string {
  return print(value, inOrder);
}

type Members = [name: string, value: JsonValue][];

const inOrder = (members: Members) => members.sort(([a], [b]) => (a < b ? -1 : 1));

function print(value: JsonValue, arranged: (members: Members) => Members): string {
  if (value instanceof ExactNumber) return value.literal;
  if (Array.isArray(value)) return `[${(value as JsonArray).map((each) => print(each, arranged)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = arranged(Object.entries(value)).map(([name, member]) => `${JSON.stringify(name)}:${print(member, arranged)}`);
  return `{${members.join(',')}}`;
}

/**
 * A text that is the same for values that are equal as JSON schemas have it: numbers by their value, objects without order.
 *
 * @param work told of what is looked at
 */
export function canonicalText(value: JsonValue, work: { read(text: string): void } = UNBOUNDED): string {
  const text = canonical(value, (inner) => canonicalText(inner, work));
  work.read(text);
  return text;
}

function canonical(value: JsonValue, textOf: (inner: JsonValue) => string): string {
  if (typeof value === 'number' || value instanceof ExactNumber) {
    return Number.isSafeInteger(value) ? String(value === 0 ? 0 : value) : canonicalNumber(value);
  }
  if (Array.isArray(value)) return `[${(value as JsonArray).map(textOf).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = inOrder(Object.entries(value));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${textOf(member)}`).join(',')}}`;
}

/** Whole numbers that doubles hold are written as such whatever their literal. */
function canonicalNumber(value: number | ExactNumber): string {
  const decimal = toDecimal(value);
  const { units, scale } = decimal;
  if (units % 10n ** BigInt(Math.max(scale, 0)) === 0n) {
    const whole = scale > 0 ? units / 10n ** BigInt(scale) : units * 10n ** BigInt(-scale);
    if (whole >= BigInt(Number.MIN_SAFE_INTEGER) && whole <= BigInt(Number.MAX_SAFE_INTEGER)) return String(whole);
  }
  return canonicalDecimal(decimal);
}

/** For values that nobody else chooses. */
const UNBOUNDED = { read: () => undefined };

import { JsonPathEvaluationError } from '../errors.js';
import type { JsonValue } from '../json/json-value.js';
import { isJavaNumber, JavaDouble, numberOf } from '../json/number.js';

/** A function at the end of a path: of the value before it and of its parameters; undefined where it has no value. */
export type PathFunction = (value: JsonValue, parameters: readonly JsonValue[]) => JsonValue | undefined;

/** Source: Jayway's PathFunctionFactory. */
export const FUNCTIONS = new Map<string, PathFunction>([
  ['length', (value) => lengthOf(value)],
  ['size', (value) => lengthOf(value)],
  ['keys', (value) => (value instanceof Map ? [...value.keys()] : undefined)],
  ['min', (value, parameters) => overNumbers(value, parameters, (all) => all.reduce((a, b) => Math.min(a, b)))],
  ['max', (value, parameters) => overNumbers(value, parameters, (all) => all.reduce((a, b) => Math.max(a, b)))],
  ['sum', (value, parameters) => overNumbers(value, parameters, sum)],
  ['avg', (value, parameters) => overNumbers(value, parameters, (all) => sum(all) / all.length)],
  ['stddev', (value, parameters) => overNumbers(value, parameters, deviation)],
  ['concat', (value, parameters) => [...(Array.isArray(value) ? value.filter(isText) : []), ...parameters.map(textOf)].join('')],
  ['append', (value, parameters) => (Array.isArray(value) ? [...value, ...parameters] : undefined)],
  ['first', (value) => (Array.isArray(value) ? value[0] : undefined)],
  ['last', (value) => (Array.isArray(value) ? value.at(-1) : undefined)],
  ['index', (value, [at]) => (Array.isArray(value) && typeof at === 'number' ? value.at(at) : undefined)],
]);

function lengthOf(value: JsonValue): number | undefined {
  if (Array.isArray(value) || typeof value === 'string') return value.length;
  return value instanceof Map ? value.size : undefined;
}

function overNumbers(value: JsonValue, parameters: readonly JsonValue[], of: (numbers: number[]) => number): JavaDouble {
  const numbers = [...(Array.isArray(value) ? value : []), ...parameters.flat()].filter(isJavaNumber).map(numberOf);
  if (numbers.length === 0)
    throw new JsonPathEvaluationError('Aggregation function attempted to calculate value using empty array');
  return new JavaDouble(of(numbers));
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

function deviation(numbers: readonly number[]): number {
  const mean = sum(numbers) / numbers.length;
  return Math.sqrt(sum(numbers.map((n) => n * n)) / numbers.length - mean * mean);
}

const isText = (value: JsonValue) => typeof value === 'string';
const textOf = (value: JsonValue) => (value === null || typeof value === 'object' ? '' : String(value));

import { JsonPathEvaluationError } from '../errors.js';
import type { JsonValue } from './json-value.js';

/** Objects and arrays within one another. */
const MOST_DEPTH = 500;
/** What must not stand in JSON as it is, and what json-smart escapes besides: control characters and the block of punctuation that holds line separators. */
const ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/;
const EACH_ESCAPED = /["\\\u0000-\u001f\u007f-\u009f\u2000-\u20ff]/g;
const SHORT = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Compact JSON, as `$input.json` gives it: members in their order, numbers as Java prints them. Source: json-smart.
 *
 * @throws JsonPathEvaluationError for a value that is nested deeper than 500, which one that holds itself is
 */
export function writeJson(value: JsonValue): string {
  return write(value, jsonText, 0);
}

/**
 * The same with `/` as `\/`: what an array of JSON is as a text. Source: json-smart, JSONArray.toString.
 *
 * @throws JsonPathEvaluationError as writeJson
 */
export function writeJsonForWeb(value: JsonValue): string {
  return write(value, (text) => jsonText(text).replaceAll('/', '\\/'), 0);
}

function write(value: JsonValue, textOf: (text: string) => string, depth: number): string {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (depth > MOST_DEPTH) throw new JsonPathEvaluationError('a value is nested too deeply to be written as JSON');
  if (Array.isArray(value)) {
    let text = '[';
    for (let n = 0; n < value.length; n++) text += (n === 0 ? '' : ',') + write(value[n] as JsonValue, textOf, depth + 1);
    return `${text}]`;
  }
  if (value instanceof Map) {
    let text = '{';
    for (const [name, member] of value) text += `${text === '{' ? '' : ','}${textOf(name)}:${write(member, textOf, depth + 1)}`;
    return `${text}}`;
  }
  return value.toString();
}

/** A text in quotes. */
export function jsonText(text: string): string {
  return ESCAPED.test(text) ? `"${text.replace(EACH_ESCAPED, escaped)}"` : `"${text}"`;
}

function escaped(char: string): string {
  return SHORT.get(char) ?? `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

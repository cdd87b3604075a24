import { ExactNumber, type JsonValue } from './json-value.js';

/** A text that is no JSON, or more than is read of one. */
export class InvalidJson extends Error {}

/** Objects and lists within one another. Source: Jackson's default, which AWS's validator reads with. */
export const MOST_LEVELS = 1000;
/** Characters of a number; the same. */
const MOST_DIGITS = 1000;
/** Of a number's exponent: what the arithmetic with it costs grows with it. */
const HIGHEST_EXPONENT = 1000;

/** A literal that a double does not hold as it is written: long, with zeros at the end of its fraction, with an exponent. Bounded first, so that the rest is. */
const ODD = '[\\d.]{17}|\\d{16}|\\d+\\.\\d*0(?!\\d)|\\d+(?:\\.\\d+)?[eE]';
/** May be such a number: it may also stand in a text. */
const MAY_BE_ODD = new RegExp(`(?:^|[\\[,:\\s])-?(?=\\d)(?:${ODD})`);
const IS_ODD = new RegExp(`^-?(?:${ODD})`);

/**
 * Reads JSON (RFC 8259) strictly: no BOM, no NaN, no commas at the end, no comments, nothing behind the value. Of members with one name the last counts, as with Jackson.
 *
 * @throws InvalidJson
 */
export function readJson(text: string): JsonValue {
  if (opensMoreThan(MOST_LEVELS, text) && isDeeperThan(MOST_LEVELS, text)) throw new InvalidJson('nested too deep');
  try {
    return MAY_BE_ODD.test(text) ? parseExactly(text) : (JSON.parse(text) as JsonValue);
  } catch (error) {
    throw error instanceof InvalidJson ? error : new InvalidJson('not JSON', { cause: error });
  }
}

/** ECMA-262's JSON.parse with source text, which TypeScript's library does not know yet. */
type ParseWithSource = (
  text: string,
  revive: (name: string, value: JsonValue, context: { source?: string }) => JsonValue,
) => JsonValue;

function parseExactly(text: string): JsonValue {
  return (JSON.parse as ParseWithSource)(text, (_, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || !IS_ODD.test(source)) return value;
    if (source.length > MOST_DIGITS) throw new InvalidJson('a number that is too long');
    const exponent = /[eE](.+)$/.exec(source)?.[1] ?? '0';
    if (Math.abs(Number(exponent)) > HIGHEST_EXPONENT) throw new InvalidJson('an exponent that is too large');
    return new ExactNumber(source);
  });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether there are so many brackets at all: few texts have to be looked at more closely. */
function opensMoreThan(levels: number, text: string): boolean {
  if (text.length <= 2 * levels) return false;
  let left = levels;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) if (--left < 0) return true;
  }
  return false;
}

/** Counts brackets outside of texts; whatever it says of what is no JSON, that is refused. */
function isDeeperThan(levels: number, text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at++;
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > levels) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

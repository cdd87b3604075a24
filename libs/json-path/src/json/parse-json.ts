import { JsonSyntaxError } from '../errors.js';
import type { JsonObject, JsonValue } from './json-value.js';
import { isInteger32, JavaDecimal, JavaDouble, wholeNumber } from './number.js';

/** Objects and arrays within one another. */
const MOST_DEPTH = 400;
/** Digits, signs and points of a number from which Java's reader keeps it as BigDecimal. */
const PRECISE_LENGTH = 18;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const MINUS = 0x2d;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const ESCAPES = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const NUMBER = /^(-?\d+(\.\d*)?|-\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads JSON as leniently as API Gateway does: names and texts without quotes or in apostrophes, commas too many or too few, line ends within texts, anything
 * behind the value. A text that is no JSON at all is a string. Source: json-smart's permissive mode, which Jayway's JsonPath uses; AWS's recorded MOCK templates.
 *
 * @throws JsonSyntaxError for what ends in the middle, or is nested deeper than 400
 */
export function parseJson(text: string): JsonValue {
  return new JsonReader(text).read();
}

class JsonReader {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  read(): JsonValue {
    this.blank();
    const first = this.text.charCodeAt(this.at);
    if (first === OPEN_OBJECT || first === OPEN_ARRAY || first === QUOTE || first === APOSTROPHE) return this.value(false, false);
    if (first === CLOSE_OBJECT || first === CLOSE_ARRAY || first === COLON) throw this.wrong();
    return unquoted(trimmed(this.text, 0, this.text.length));
  }

  /** @param inArray where a value without quotes ends at `]` @param inObject where it ends at `}` */
  private value(inArray: boolean, inObject: boolean): JsonValue {
    switch (this.text.charCodeAt(this.at)) {
      case OPEN_OBJECT:
        return this.object();
      case OPEN_ARRAY:
        return this.array();
      case QUOTE:
      case APOSTROPHE:
        return this.string();
      default:
        return unquoted(this.bare(inArray, inObject));
    }
  }

  private object(): JsonObject {
    this.enter();
    const object: JsonObject = new Map();
    for (;;) {
      this.blank();
      const char = this.text.charCodeAt(this.at);
      if (char === COMMA) {
        this.at++;
        continue;
      }
      if (char === CLOSE_OBJECT) break;
      if (Number.isNaN(char) || char === COLON || char === CLOSE_ARRAY || char === OPEN_ARRAY || char === OPEN_OBJECT)
        throw this.wrong();
      const name = char === QUOTE || char === APOSTROPHE ? this.string() : this.bareName();
      this.blank();
      if (this.text.charCodeAt(this.at) !== COLON) throw this.wrong();
      this.at++;
      this.blank();
      const next = this.text.charCodeAt(this.at);
      if (next === CLOSE_OBJECT || next === CLOSE_ARRAY || next === COLON || Number.isNaN(next)) throw this.wrong();
      object.set(name, this.value(false, true));
      this.blank();
      const after = this.text.charCodeAt(this.at);
      if (after !== COMMA && after !== CLOSE_OBJECT) throw this.wrong();
    }
    this.at++;
    this.depth--;
    return object;
  }

  private array(): JsonValue[] {
    this.enter();
    const array: JsonValue[] = [];
    for (;;) {
      this.blank();
      const char = this.text.charCodeAt(this.at);
      if (char === COMMA) {
        this.at++;
        continue;
      }
      if (char === CLOSE_ARRAY) break;
      if (Number.isNaN(char) || char === COLON || char === CLOSE_OBJECT) throw this.wrong();
      array.push(this.value(true, false));
    }
    this.at++;
    this.depth--;
    return array;
  }

  private enter(): void {
    if (++this.depth > MOST_DEPTH) throw new JsonSyntaxError(`JSON is nested deeper than ${MOST_DEPTH}`);
    this.at++;
  }

  private string(): string {
    const quote = this.text.charCodeAt(this.at);
    const start = ++this.at;
    const { text } = this;
    for (; this.at < text.length; this.at++) {
      const char = text.charCodeAt(this.at);
      if (char === quote) return text.slice(start, this.at++);
      if (char === BACKSLASH) return this.escapedString(text.slice(start, this.at), quote);
    }
    throw this.wrong();
  }

  private escapedString(before: string, quote: number): string {
    let result = before;
    const { text } = this;
    let from = this.at;
    while (this.at < text.length) {
      const char = text.charCodeAt(this.at);
      if (char === quote) return result + text.slice(from, this.at++);
      if (char !== BACKSLASH) {
        this.at++;
        continue;
      }
      result += text.slice(from, this.at) + this.escape();
      from = this.at;
    }
    throw this.wrong();
  }

  private escape(): string {
    const char = this.text[this.at + 1];
    if (char === undefined) throw this.wrong();
    this.at += 2;
    if (char === 'u') return this.hexadecimal(4);
    if (char === 'x') return this.hexadecimal(2);
    // A backslash takes what it does not know with it.
    return ESCAPES.get(char) ?? '';
  }

  private hexadecimal(digits: number): string {
    const code = this.text.slice(this.at, this.at + digits);
    if (code.length < digits || !/^[0-9a-fA-F]+$/.test(code)) throw this.wrong();
    this.at += digits;
    return String.fromCharCode(parseInt(code, 16));
  }

  private bareName(): string {
    const start = this.at;
    while (this.at < this.text.length) {
      const char = this.text.charCodeAt(this.at);
      if (char === COLON) break;
      this.at++;
    }
    return trimmed(this.text, start, this.at);
  }

  private bare(inArray: boolean, inObject: boolean): string {
    const start = this.at;
    while (this.at < this.text.length) {
      const char = this.text.charCodeAt(this.at);
      if (char === COMMA || (inArray && char === CLOSE_ARRAY) || (inObject && char === CLOSE_OBJECT)) break;
      this.at++;
    }
    return trimmed(this.text, start, this.at);
  }

  private blank(): void {
    const { text } = this;
    for (;;) {
      const char = text.charCodeAt(this.at);
      if (char !== SPACE && char !== LINE_FEED && char !== CARRIAGE_RETURN && char !== TAB) return;
      this.at++;
    }
  }

  private wrong(): JsonSyntaxError {
    return this.at >= this.text.length
      ? new JsonSyntaxError('JSON ends in the middle')
      : new JsonSyntaxError(`JSON has an unexpected character at position ${this.at + 1}`);
  }
}

/** Without blanks and control characters around it. */
function trimmed(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && text.charCodeAt(start) <= SPACE) start++;
  while (end > start && text.charCodeAt(end - 1) <= SPACE) end--;
  return text.slice(start, end);
}

/** What a value without quotes stands for. */
function unquoted(text: string): JsonValue {
  switch (text) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'null':
      return null;
    case 'NaN':
      return new JavaDouble(NaN);
  }
  const first = text.charCodeAt(0);
  const isNumber = (first === MINUS || (first >= 0x30 && first <= 0x39)) && NUMBER.test(text);
  return isNumber ? numberValue(text) : text;
}

function numberValue(text: string): JsonValue {
  if (text.length < 10) {
    const value = Number(text);
    if (!Number.isInteger(value) || /[.eE]/.test(text)) return new JavaDouble(value);
    return value === 0 ? 0 : value;
  }
  if (!/[.eE]/.test(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) && isInteger32(value) ? value : wholeNumber(BigInt(text));
  }
  return text.length > PRECISE_LENGTH ? JavaDecimal.parse(text) : new JavaDouble(Number(text));
}

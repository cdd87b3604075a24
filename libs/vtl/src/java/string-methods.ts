import type { Run } from '../run/run.js';
import { elementsOf } from './collections.js';
import { sameText } from './equality.js';
import { format } from './format.js';
import { JavaException } from './java-exception.js';
import { isNull, type Method, type MethodTable, ofText, plain, unary } from './method.js';
import { matchesAll, replaceMatches, splitBy } from './regex/pattern-methods.js';
import { JavaList, type VtlValue } from './value.js';

/** java.lang.String. A char is a text of one character. */
export const STRING_METHODS: MethodTable<string> = new Map<string, Method<string>>([
  ['length', plain((text) => text.length)],
  ['isEmpty', plain((text) => text === '')],
  ['charAt', unary((text, index) => (typeof index === 'number' ? charAt(text, index) : undefined))],
  [
    'codePointAt',
    unary((text, index) => (typeof index === 'number' ? (charAt(text, index), text.codePointAt(index)) : undefined)),
  ],
  ['substring', (text, args) => substring(text, args)],
  ['subSequence', (text, args) => (args.length === 2 ? substring(text, args) : undefined)],
  ['indexOf', (text, args, run) => find(args, run, text, (what, from) => text.indexOf(what, from))],
  [
    'lastIndexOf',
    (text, args, run) => find(args, run, text, (what, from = Infinity) => (from < 0 ? -1 : text.lastIndexOf(what, from))),
  ],
  ['contains', ofText((text, what, run) => (paySearch(text, what, run), text.includes(what)))],
  ['startsWith', (text, args, run) => startsWith(text, args, run)],
  ['endsWith', ofText((text, end, run) => (run.step(end.length >> 6), text.endsWith(end)))],
  ['equals', unary((text, other, run) => typeof other === 'string' && sameText(text, other, run))],
  ['contentEquals', ofText((text, other, run) => sameText(text, other, run))],
  [
    'equalsIgnoreCase',
    unary((text, other, run) =>
      typeof other === 'string' ? caseless(text, run) === caseless(other, run) : other === null ? false : undefined,
    ),
  ],
  ['compareTo', ofText((text, other, run) => compare(text, other, run))],
  ['compareToIgnoreCase', ofText((text, other, run) => compare(caseless(text, run), caseless(other, run), run))],
  ['concat', ofText((text, other, run) => run.text(text + other))],
  ['trim', plain((text, run) => (run.step(text.length >> 6), trim(text)))],
  ['toLowerCase', plain((text, run) => run.text(text.toLowerCase()))],
  ['toUpperCase', plain((text, run) => run.text(text.toUpperCase()))],
  ['intern', plain((text) => text)],
  ['toString', plain((text) => text)],
  ['toCharArray', plain((text, run) => (run.room(text.length), run.step(text.length), new JavaList(text.split(''))))],
  ['replace', (text, args, run) => ofTwoTexts(args, (what, by) => replaceAll(text, what, by, run))],
  ['replaceAll', (text, args, run) => ofTwoTexts(args, (pattern, by) => replaceMatches(text, pattern, by, true, run))],
  ['replaceFirst', (text, args, run) => ofTwoTexts(args, (pattern, by) => replaceMatches(text, pattern, by, false, run))],
  ['matches', ofText((text, pattern, run) => matchesAll(text, pattern, run))],
  ['split', (text, args, run) => split(text, args, run)],
  // Static ones.
  ['valueOf', unary((_text, value, run) => run.textOf(value))],
  ['join', (_text, args, run) => join(args, run)],
  [
    'format',
    (_text, [pattern, ...args], run) => (typeof pattern === 'string' ? run.text(format(pattern, args, run)) : undefined),
  ],
]);

function stringBounds(index: number, length: number): JavaException {
  return new JavaException('java.lang.String', `java.lang.StringIndexOutOfBoundsException: index ${index}, length ${length}`);
}

function caseless(text: string, run: Run): string {
  run.step(text.length >> 4);
  return text.toUpperCase().toLowerCase();
}

function charAt(text: string, index: number): string {
  if (index < 0 || index >= text.length) throw stringBounds(index, text.length);
  return text.charAt(index);
}

function substring(text: string, args: readonly VtlValue[]): string | undefined {
  const [begin, end = text.length] = args;
  if (typeof begin !== 'number' || typeof end !== 'number' || args.length > 2) return undefined;
  if (begin < 0 || end > text.length || begin > end) {
    throw new JavaException(
      'java.lang.String',
      `java.lang.StringIndexOutOfBoundsException: begin ${begin}, end ${end}, length ${text.length}`,
    );
  }
  return text.slice(begin, end);
}

/** What is looked for is a text, or the number of a character. */
function find(
  args: readonly VtlValue[],
  run: Run,
  text: string,
  method: (what: string, from: number | undefined) => number,
): number | undefined {
  const [what, from] = args;
  if (args.length < 1 || args.length > 2 || (from !== undefined && typeof from !== 'number')) return undefined;
  paySearch(text, typeof what === 'string' ? what : '', run);
  if (typeof what === 'number') return what >= 0 && what <= 0x10ffff ? method(String.fromCodePoint(what), from) : -1;
  return typeof what === 'string' ? method(what, from) : undefined;
}

/** A long text that is looked for may be compared at every place of the other one. */
function paySearch(text: string, what: string, run: Run): void {
  run.step((text.length >> 6) + (what.length > LONG ? Math.ceil((text.length / 1_024) * what.length) : 0));
}

const LONG = 256;

function startsWith(text: string, args: readonly VtlValue[], run: Run): boolean | undefined {
  const [prefix, from = 0] = args;
  run.step(typeof prefix === 'string' ? prefix.length >> 6 : 0);
  if (typeof prefix !== 'string' || typeof from !== 'number' || args.length > 2) return undefined;
  return from >= 0 && from <= text.length && text.startsWith(prefix, from);
}

function compare(text: string, other: string, run: Run): number {
  const most = Math.min(text.length, other.length);
  run.step(most >> 4);
  for (let n = 0; n < most; n++) {
    const difference = text.charCodeAt(n) - other.charCodeAt(n);
    if (difference !== 0) return difference;
  }
  return text.length - other.length;
}

/** Java trims everything up to the space, and no other blanks. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

function ofTwoTexts(args: readonly VtlValue[], method: (first: string, second: string) => string): string | undefined {
  const [first, second] = args;
  if (args.length !== 2) return undefined;
  if (first === null || second === null) return isNull();
  return typeof first === 'string' && typeof second === 'string' ? method(first, second) : undefined;
}

/** Counts what comes out before it is made. */
function replaceAll(text: string, what: string, by: string, run: Run): string {
  run.step(text.length >> 4);
  if (what === '') {
    run.fits((text.length + 1) * by.length + text.length);
    return run.text(
      by +
        text
          .split('')
          .map((char) => char + by)
          .join(''),
    );
  }
  paySearch(text, what, run);
  const parts = text.split(what);
  run.fits(text.length + (parts.length - 1) * (by.length - what.length));
  return run.text(parts.join(by));
}

function split(text: string, args: readonly VtlValue[], run: Run): JavaList | undefined {
  const [pattern, limit = 0] = args;
  if (typeof pattern !== 'string' || typeof limit !== 'number' || args.length > 2) return undefined;
  return new JavaList(splitBy(text, pattern, limit, run));
}

function join(args: readonly VtlValue[], run: Run): string | undefined {
  const [delimiter, ...rest] = args;
  if (typeof delimiter !== 'string' || rest.length === 0) return undefined;
  const elements = rest.length === 1 ? elementsOf(rest[0] as VtlValue) : rest;
  if (elements === undefined) return undefined;
  run.step(elements.length);
  let joined = '';
  for (const [n, element] of elements.entries()) {
    joined += (n === 0 ? '' : delimiter) + run.textOf(element);
    run.fits(joined.length);
  }
  return run.text(joined);
}

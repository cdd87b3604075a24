import type { PatternProgram } from '@gatehouse/snapshot';
import { complement, merged, shifted, type Range } from './code-ranges.js';
import type { PatternNode } from './pattern-node.js';
import { ProgramWriter } from './program-writer.js';
import { UnsupportedPattern } from './unsupported-pattern.js';

/** Characters. */
const MAXIMUM_LENGTH = 1000;
const LAST_CODE_POINT = 0x10ffff;

const DIGITS: Range[] = [[0x30, 0x39]];
const WORD: Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACES: Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
/** What ends a line, and so is no `.`. */
const LINE_TERMINATORS: Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
const CLASS_ESCAPES = new Map([
  ['d', DIGITS],
  ['D', complement(DIGITS, LAST_CODE_POINT)],
  ['w', WORD],
  ['W', complement(WORD, LAST_CODE_POINT)],
  ['s', SPACES],
  ['S', complement(SPACES, LAST_CODE_POINT)],
]);
const CONTROL_ESCAPES = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['r', 0x0d],
  ['f', 0x0c],
  ['a', 0x07],
  ['e', 0x1b],
]);
const ANCHOR_ESCAPES = new Map([
  ['A', 'begin'],
  ['Z', 'line-end'],
  ['z', 'end'],
] as const);

/**
 * Compiles a Java regular expression (java.util.regex, no flags) into a machine that decides whether a whole text matches; undefined for one that is none, or
 * that cannot be decided exactly in linear time: look-around, back references, word boundaries, possessive quantifiers, atomic groups, nested classes, properties,
 * flags elsewhere than at the beginning, more than 1000 characters or 500 instructions.
 */
export function compileJavaPattern(pattern: string): PatternProgram | undefined {
  if (pattern.length > MAXIMUM_LENGTH) return undefined;
  try {
    const { sets, code } = new ProgramWriter(new PatternReader(pattern).read()).program;
    // What this dialect's reader gives has none of the operations that are not published.
    return { sets, code: code as PatternProgram['code'] };
  } catch (error) {
    if (error instanceof UnsupportedPattern) return undefined;
    throw error;
  }
}

/** Reads a pattern into its parts. */
class PatternReader {
  private readonly chars: readonly string[];
  private at = 0;
  private readonly ignoresCase: boolean;
  private readonly dot: Range[];

  constructor(pattern: string) {
    const flags = /^\(\?([is]+)\)/.exec(pattern);
    this.chars = [...pattern.slice(flags?.[0].length ?? 0)];
    this.ignoresCase = flags?.[1]?.includes('i') ?? false;
    this.dot = flags?.[1]?.includes('s') ? [[0, LAST_CODE_POINT]] : complement(LINE_TERMINATORS, LAST_CODE_POINT);
  }

  read(): PatternNode {
    const node = this.choice();
    if (this.at < this.chars.length) throw new UnsupportedPattern('a bracket that closes nothing');
    return node;
  }

  private choice(): PatternNode {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: 'choice', parts };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.chars.length && this.chars[this.at] !== '|' && this.chars[this.at] !== ')') {
      if (this.takeText('\\Q')) parts.push(...this.quoted());
      else parts.push(this.quantified(this.atom()));
    }
    return { kind: 'sequence', parts };
  }

  /** What stands between `\Q` and `\E`. A quantifier behind it is of its last character. */
  private quoted(): PatternNode[] {
    const nodes: PatternNode[] = [];
    while (this.at < this.chars.length && !this.takeText('\\E')) nodes.push(this.literal(codeOf(this.next())));
    const last = nodes.pop();
    return last === undefined ? [] : [...nodes, this.quantified(last)];
  }

  private quantified(node: PatternNode): PatternNode {
    const quantity = this.quantity();
    if (quantity === null) return node;
    // It is the same whether a quantifier takes much or little, as long as all of the text is to match. A possessive one gives nothing back.
    this.take('?');
    if (/^[*+?{]$/.test(this.chars[this.at] ?? '')) throw new UnsupportedPattern('a quantifier of a quantifier');
    const [least, most] = quantity;
    return { kind: 'repeat', node, least, most };
  }

  private quantity(): [number, number] | null {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    if (this.chars[this.at] !== '{') return null;
    const [whole, first, comma, last] =
      /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(this.chars.slice(this.at, this.at + 12).join('')) ?? [];
    if (whole === undefined || (comma === '' && last !== '')) throw new UnsupportedPattern('a brace that is no quantifier');
    this.at += whole.length;
    const least = Number(first);
    const most = comma === '' ? least : last === '' ? Infinity : Number(last);
    if (most < least) throw new UnsupportedPattern('a quantifier that ends before it begins');
    return [least, most];
  }

  private atom(): PatternNode {
    const char = this.next();
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'set', ranges: this.charClass() };
      case '.':
        return { kind: 'set', ranges: this.dot };
      case '^':
        return { kind: 'begin' };
      case '$':
        return { kind: 'line-end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
      case '{':
        throw new UnsupportedPattern('a quantifier of nothing');
      default:
        return this.literal(codeOf(char));
    }
  }

  private group(): PatternNode {
    if (this.take('?') && !this.take(':')) {
      const name = /^<[A-Za-z][A-Za-z0-9]*>/.exec(this.chars.slice(this.at, this.at + 64).join(''))?.[0];
      if (name === undefined) throw new UnsupportedPattern('a group that is more than a group');
      this.at += name.length;
    }
    const node = this.choice();
    if (!this.take(')')) throw new UnsupportedPattern('a bracket that is not closed');
    return node;
  }

  private escape(): PatternNode {
    const char = this.next();
    const anchor = ANCHOR_ESCAPES.get(char as 'A');
    if (anchor !== undefined) return { kind: anchor };
    const ranges = CLASS_ESCAPES.get(char);
    return ranges === undefined ? this.literal(this.escaped(char)) : { kind: 'set', ranges };
  }

  /** The character that a backslash and `char` stand for. */
  private escaped(char: string): number {
    const control = CONTROL_ESCAPES.get(char);
    if (control !== undefined) return control;
    if (char === 'x') return this.hexadecimal(2);
    if (char === 'u') return this.hexadecimal(4);
    if (/^[A-Za-z0-9]$/.test(char)) throw new UnsupportedPattern(`the escape ${char}`);
    return codeOf(char);
  }

  private hexadecimal(digits: number): number {
    const text = this.chars.slice(this.at, this.at + digits).join('');
    if (text.length !== digits || !/^[0-9A-Fa-f]+$/.test(text)) throw new UnsupportedPattern('an escape without its digits');
    this.at += digits;
    const code = parseInt(text, 16);
    // Java puts two of them together to one character.
    if (code >= 0xd800 && code <= 0xdfff) throw new UnsupportedPattern('half a character');
    return code;
  }

  private charClass(): Range[] {
    const negated = this.take('^');
    const ranges: Range[] = [];
    if (this.chars[this.at] === ']') throw new UnsupportedPattern('an empty class');
    while (!this.take(']')) {
      const first = this.member();
      if (typeof first !== 'number') {
        ranges.push(...first);
        // As an end of a range such a set means one thing in Java and nothing elsewhere.
        if (this.chars[this.at] === '-' && this.chars[this.at + 1] !== ']') throw new UnsupportedPattern('a range of sets');
        continue;
      }
      let last = first;
      if (this.chars[this.at] === '-' && this.chars[this.at + 1] !== ']') {
        this.at++;
        const end = this.member();
        if (typeof end !== 'number' || end < first) throw new UnsupportedPattern('a range that is none');
        last = end;
      }
      ranges.push([first, last]);
    }
    const all = this.inBothCases(ranges);
    return negated ? complement(all, LAST_CODE_POINT) : merged(all);
  }

  /** A character of a class, or a set of them. */
  private member(): number | Range[] {
    const char = this.next();
    if (char === '[' || (char === '&' && this.chars[this.at] === '&')) throw new UnsupportedPattern('a class within a class');
    if (char !== '\\') return codeOf(char);
    const escaped = this.next();
    return CLASS_ESCAPES.get(escaped) ?? this.escaped(escaped);
  }

  private literal(code: number): PatternNode {
    return { kind: 'set', ranges: merged(this.inBothCases([[code, code]])) };
  }

  /** With the other case of ASCII letters, where the pattern ignores case: Java ignores that of others only when told to. */
  private inBothCases(ranges: Range[]): Range[] {
    if (!this.ignoresCase) return ranges;
    return ranges.flatMap((range) => [range, ...shifted(range, 0x41, 0x5a, 0x20), ...shifted(range, 0x61, 0x7a, -0x20)]);
  }

  private next(): string {
    const char = this.chars[this.at++];
    if (char === undefined) throw new UnsupportedPattern('an end in the middle');
    return char;
  }

  private take(char: string): boolean {
    if (this.chars[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private takeText(two: string): boolean {
    if (this.chars[this.at] !== two[0] || this.chars[this.at + 1] !== two[1]) return false;
    this.at += 2;
    return true;
  }
}

const codeOf = (char: string) => char.codePointAt(0) as number;

import { complement, merged, type Range } from './code-ranges.js';
import type { PatternNode } from './pattern-node.js';
import { ProgramWriter, Room, type LookingProgram } from './program-writer.js';
import { UnsupportedPattern } from './unsupported-pattern.js';

/** Characters. */
const MAXIMUM_LENGTH = 4000;
/** Instructions: room for repeats of a few thousand characters. */
const MOST_INSTRUCTIONS = 5000;
const LAST_UNIT = 0xffff;

const DIGITS: Range[] = [[0x30, 0x39]];
const WORD: Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** ECMA-262, WhiteSpace and LineTerminator. */
const SPACES: Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_TERMINATORS: Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const DOT = complement(LINE_TERMINATORS, LAST_UNIT);
const CLASS_ESCAPES = new Map([
  ['d', DIGITS],
  ['D', complement(DIGITS, LAST_UNIT)],
  ['w', WORD],
  ['W', complement(WORD, LAST_UNIT)],
  ['s', SPACES],
  ['S', complement(SPACES, LAST_UNIT)],
]);
const CONTROL_ESCAPES = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['v', 0x0b],
  ['f', 0x0c],
  ['r', 0x0d],
]);
const QUANTIFIER = /\{(\d{1,5})(?:(,)(\d{0,5}))?\}/y;

/**
 * Compiles a regular expression of ECMA-262 without flags, as JSON schemas have them, into a machine that finds it anywhere in a text in time linear in the text. It goes by
 * UTF-16 units, as ECMA-262 does. Look-ahead and word boundaries are taken; back references, look-behind, named groups, properties, escapes of letters that mean
 * nothing, more than 4000 characters or 5000 instructions are not.
 *
 * @throws UnsupportedPattern
 */
export function compileEcmaPattern(pattern: string): LookingProgram {
  if (pattern.length > MAXIMUM_LENGTH) throw new UnsupportedPattern(`more than ${MAXIMUM_LENGTH} characters`);
  return new ProgramWriter(new EcmaReader(pattern).read(), new Room(MOST_INSTRUCTIONS)).program;
}

/** Reads a pattern into its parts. */
class EcmaReader {
  private at = 0;

  constructor(private readonly pattern: string) {}

  read(): PatternNode {
    const node = this.choice();
    if (this.at < this.pattern.length) throw new UnsupportedPattern('a bracket that closes nothing');
    return node;
  }

  private choice(): PatternNode {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: 'choice', parts };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.pattern.length && this.pattern[this.at] !== '|' && this.pattern[this.at] !== ')') {
      parts.push(this.quantified(this.atom()));
    }
    return { kind: 'sequence', parts };
  }

  private quantified(node: PatternNode): PatternNode {
    const quantity = this.quantity();
    if (quantity === null) return node;
    if (node.kind !== 'set' && node.kind !== 'sequence' && node.kind !== 'choice' && node.kind !== 'repeat') {
      throw new UnsupportedPattern('a quantifier of nothing');
    }
    // It is the same whether a quantifier takes much or little, as long as only the finding matters.
    this.take('?');
    const [least, most] = quantity;
    // In brackets, so that whatever follows quantifies nothing.
    if (this.quantity() !== null) throw new UnsupportedPattern('a quantifier of a quantifier');
    return { kind: 'repeat', node, least, most };
  }

  private quantity(): [number, number] | null {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    QUANTIFIER.lastIndex = this.at;
    // What is no quantifier is the brace itself (ECMA-262, annex B).
    const [whole, first, comma, last] = QUANTIFIER.exec(this.pattern) ?? [];
    if (whole === undefined) return null;
    this.at += whole.length;
    const least = Number(first);
    const most = comma === undefined ? least : last === '' ? Infinity : Number(last);
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
        return { kind: 'set', ranges: DOT };
      case '^':
        return { kind: 'begin' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw new UnsupportedPattern('a quantifier of nothing');
      default:
        return literal(char.charCodeAt(0));
    }
  }

  private group(): PatternNode {
    let look: { negated: boolean } | null = null;
    if (this.take('?')) {
      const kind = this.next();
      if (kind === '=' || kind === '!') look = { negated: kind === '!' };
      else if (kind !== ':')
        throw new UnsupportedPattern(kind === '<' ? 'a look-behind or a named group' : 'a group of an unknown kind');
    }
    const node = this.choice();
    if (!this.take(')')) throw new UnsupportedPattern('a bracket that is not closed');
    return look === null ? node : { kind: 'look', node, ...look };
  }

  private escape(): PatternNode {
    const char = this.next();
    if (char === 'b') return { kind: 'boundary' };
    if (char === 'B') return { kind: 'no-boundary' };
    const ranges = CLASS_ESCAPES.get(char);
    return ranges === undefined ? literal(this.escaped(char)) : { kind: 'set', ranges };
  }

  /** The unit that a backslash and `char` stand for. */
  private escaped(char: string): number {
    const control = CONTROL_ESCAPES.get(char);
    if (control !== undefined) return control;
    if (char === 'x') return this.hexadecimal(2);
    if (char === 'u') return this.hexadecimal(4);
    if (char === 'c') return this.letter() & 0x1f;
    if (char === '0' && !/^\d/.test(this.pattern.slice(this.at, this.at + 1))) return 0;
    if (/^\d$/.test(char)) throw new UnsupportedPattern('a back reference');
    if (/^[A-Za-z]$/.test(char)) throw new UnsupportedPattern(`the escape ${char}`);
    return char.charCodeAt(0);
  }

  private hexadecimal(digits: number): number {
    const text = this.pattern.slice(this.at, this.at + digits);
    if (text.length !== digits || !/^[0-9A-Fa-f]+$/.test(text)) throw new UnsupportedPattern('an escape without its digits');
    this.at += digits;
    return parseInt(text, 16);
  }

  private letter(): number {
    const char = this.next();
    if (!/^[A-Za-z]$/.test(char)) throw new UnsupportedPattern('a control escape without its letter');
    return char.charCodeAt(0);
  }

  /** `[]` has nothing in it, `[^]` everything. */
  private charClass(): Range[] {
    const negated = this.take('^');
    const ranges: Range[] = [];
    while (!this.take(']')) {
      const first = this.member();
      if (this.pattern[this.at] !== '-' || this.pattern[this.at + 1] === ']') {
        ranges.push(...first);
        continue;
      }
      this.at++;
      const last = this.member();
      if (isOne(first) && isOne(last)) {
        if (last[0][0] < first[0][0]) throw new UnsupportedPattern('a range that is none');
        ranges.push([first[0][0], last[0][0]]);
      } else {
        // With a set at one end the dash is a dash (ECMA-262, annex B).
        ranges.push(...first, [0x2d, 0x2d], ...last);
      }
    }
    return negated ? complement(ranges, LAST_UNIT) : merged(ranges);
  }

  private member(): Range[] {
    const char = this.next();
    if (char !== '\\') return one(char.charCodeAt(0));
    const escaped = this.next();
    if (escaped === 'b') return one(0x08);
    return CLASS_ESCAPES.get(escaped) ?? one(this.escaped(escaped));
  }

  private next(): string {
    const char = this.pattern[this.at++];
    if (char === undefined) throw new UnsupportedPattern('an end in the middle');
    return char;
  }

  private take(char: string): boolean {
    if (this.pattern[this.at] !== char) return false;
    this.at++;
    return true;
  }
}

const one = (code: number): Range[] => [[code, code]];
const literal = (code: number): PatternNode => ({ kind: 'set', ranges: one(code) });
const isOne = (ranges: Range[]): ranges is [Range] => ranges.length === 1 && (ranges[0] as Range)[0] === (ranges[0] as Range)[1];

import {
  allOf,
  anyOf,
  type CharClass,
  ESCAPED_CLASSES,
  ignoringCase,
  isLineTerminator,
  not,
  propertyClass,
  range,
} from './char-class.js';
import { type Anchor, type ParsedPattern, type PatternNode, PatternSyntaxError } from './pattern-node.js';

/** Characters of a pattern. */
const MOST_LENGTH = 1000;
/** Groups and classes within one another. */
const MOST_DEPTH = 50;
/** Of one quantifier. */
const MOST_REPEATS = 1000;

const CONTROLS = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['r', 0x0d],
  ['f', 0x0c],
  ['a', 0x07],
  ['e', 0x1b],
]);
const ANCHORS = new Map<string, Anchor>([
  ['A', 'begin'],
  ['z', 'end'],
  ['Z', 'last-line-end'],
  ['b', 'word'],
  ['B', 'not-word'],
]);

interface Flags {
  ignoresCase: boolean;
  unicodeCase: boolean;
  multiline: boolean;
  dotAll: boolean;
  comments: boolean;
}

/**
 * Reads a regular expression of java.util.regex.
 *
 * @throws PatternSyntaxError for one that is none, or that has what is not supported here (`\G`, `\X`, `\R` in classes, blocks)
 */
export function readPattern(pattern: string): ParsedPattern {
  return new PatternReader(pattern).read();
}

class PatternReader {
  private at = 0;
  private depth = 0;
  private groups = 0;
  private readonly names = new Map<string, number>();
  private readonly chars: readonly string[];
  private flags: Flags = { ignoresCase: false, unicodeCase: false, multiline: false, dotAll: false, comments: false };

  constructor(pattern: string) {
    if (pattern.length > MOST_LENGTH) throw new PatternSyntaxError(`Pattern of more than ${MOST_LENGTH} characters`);
    this.chars = [...pattern];
  }

  read(): ParsedPattern {
    const node = this.choice();
    if (this.at < this.chars.length) throw this.wrong("Unmatched closing ')'");
    return { node, groups: this.groups, names: this.names };
  }

  private choice(): PatternNode {
    if (++this.depth > MOST_DEPTH) throw this.wrong('Nested too deeply');
    const { flags } = this;
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    this.flags = flags;
    this.depth--;
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: 'choice', parts };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    for (;;) {
      this.skipComments();
      const char = this.chars[this.at];
      if (char === undefined || char === '|' || char === ')') return { kind: 'sequence', parts };
      if (this.takeText('\\Q')) for (const code of this.quoted()) parts.push(this.literal(code));
      else {
        const atom = this.atom();
        if (atom !== null) parts.push(atom);
      }
      const last = parts.pop();
      if (last !== undefined) parts.push(this.quantified(last));
    }
  }

  private skipComments(): void {
    if (!this.flags.comments) return;
    for (;;) {
      const char = this.chars[this.at] ?? '';
      if (/\s/.test(char)) this.at++;
      else if (char === '#') while (this.at < this.chars.length && this.chars[this.at] !== '\n') this.at++;
      else return;
    }
  }

  private quoted(): number[] {
    const codes: number[] = [];
    while (this.at < this.chars.length && !this.takeText('\\E')) codes.push(codeOf(this.next()));
    return codes;
  }

  private quantified(node: PatternNode): PatternNode {
    this.skipComments();
    const quantity = this.quantity();
    if (quantity === null) return node;
    const [least, most] = quantity;
    const repeat: PatternNode = { kind: 'repeat', node, least, most, isLazy: this.take('?') };
    return !repeat.isLazy && this.take('+') ? { kind: 'atomic', node: repeat } : repeat;
  }

  private quantity(): [number, number] | null {
    if (this.take('*')) return [0, Infinity];
    if (this.take('+')) return [1, Infinity];
    if (this.take('?')) return [0, 1];
    if (this.chars[this.at] !== '{') return null;
    const written = this.chars.slice(this.at, this.at + 16).join('');
    const [whole, first, comma, last] = /^\{(\d{1,5})(,?)(\d{0,5})\}/.exec(written) ?? [];
    if (whole === undefined || (comma === '' && last !== '')) throw this.wrong('Illegal repetition');
    const least = Number(first);
    const most = comma === '' ? least : last === '' ? Infinity : Number(last);
    if (most < least) throw this.wrong('Illegal repetition range');
    if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS))
      throw this.wrong(`More than ${MOST_REPEATS} repetitions`);
    this.at += whole.length;
    return [least, most];
  }

  /** Null for flags, which are nothing by themselves. */
  private atom(): PatternNode | null {
    const char = this.next();
    const { multiline, dotAll } = this.flags;
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'class', takes: this.cased(this.charClass()) };
      case '.':
        return { kind: 'class', takes: dotAll ? () => true : not(isLineTerminator) };
      case '^':
        return { kind: 'anchor', anchor: multiline ? 'line-begin' : 'begin' };
      case '$':
        return { kind: 'anchor', anchor: multiline ? 'line-end' : 'last-line-end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw this.wrong(`Dangling meta character '${char}'`);
      case '{':
        throw this.wrong('Illegal repetition');
      default:
        return this.literal(codeOf(char));
    }
  }

  private group(): PatternNode | null {
    if (!this.take('?')) return this.numbered();
    if (this.take(':')) return this.closed();
    if (this.take('>')) return { kind: 'atomic', node: this.closed() };
    if (this.take('=')) return { kind: 'look', node: this.closed(), isBehind: false, isNegative: false };
    if (this.take('!')) return { kind: 'look', node: this.closed(), isBehind: false, isNegative: true };
    if (this.takeText('<=')) return { kind: 'look', node: this.closed(), isBehind: true, isNegative: false };
    if (this.takeText('<!')) return { kind: 'look', node: this.closed(), isBehind: true, isNegative: true };
    if (this.take('<')) return this.named();
    return this.flagged();
  }

  private numbered(): PatternNode {
    const number = ++this.groups;
    return { kind: 'group', number, node: this.closed() };
  }

  private named(): PatternNode {
    const name = this.upTo('>');
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw this.wrong('Named capturing group has no name');
    if (this.names.has(name)) throw this.wrong(`Named capturing group <${name}> is already defined`);
    this.names.set(name, this.groups + 1);
    return this.numbered();
  }

  private closed(): PatternNode {
    const node = this.choice();
    if (!this.take(')')) throw this.wrong('Unclosed group');
    return node;
  }

  /** `(?i)` for what follows in this group, `(?i:...)` for what is in it. */
  private flagged(): PatternNode | null {
    const outer = this.flags;
    const flags = { ...outer };
    let isOn = true;
    for (;;) {
      const char = this.next();
      if (char === '-') isOn = false;
      else if (char === 'i') flags.ignoresCase = isOn;
      else if (char === 'u') flags.unicodeCase = isOn;
      else if (char === 'm') flags.multiline = isOn;
      else if (char === 's') flags.dotAll = isOn;
      else if (char === 'x') flags.comments = isOn;
      else if (char === ')' || char === ':') {
        this.flags = flags;
        if (char === ')') return null;
        const node = this.closed();
        this.flags = outer;
        return node;
      } else throw this.wrong('Unknown inline modifier');
    }
  }

  private escape(): PatternNode {
    const char = this.next();
    const anchor = ANCHORS.get(char);
    if (anchor !== undefined) return { kind: 'anchor', anchor };
    if (/[1-9]/.test(char)) return this.backReference(char);
    if (char === 'k') return this.namedReference();
    if (char === 'R') return lineBreak();
    const takes = this.escapedClass(char);
    return takes === undefined ? this.literal(this.escaped(char)) : { kind: 'class', takes: this.cased(takes) };
  }

  private backReference(first: string): PatternNode {
    let number = Number(first);
    while (/\d/.test(this.chars[this.at] ?? '') && number * 10 + Number(this.chars[this.at]) <= this.groups) {
      number = number * 10 + Number(this.next());
    }
    return { kind: 'back-reference', number, ignoresCase: this.flags.ignoresCase };
  }

  private namedReference(): PatternNode {
    if (!this.take('<')) throw this.wrong("\\k is not followed by '<' for named capturing group");
    const number = this.names.get(this.upTo('>'));
    if (number === undefined) throw this.wrong('Named capturing group does not exist');
    return { kind: 'back-reference', number, ignoresCase: this.flags.ignoresCase };
  }

  /** `\d`, `\p{...}`; undefined for an escape of one character. */
  private escapedClass(char: string): CharClass | undefined {
    const takes = ESCAPED_CLASSES.get(char);
    if (takes !== undefined || (char !== 'p' && char !== 'P')) return takes;
    const name = this.take('{') ? this.upTo('}') : this.next();
    const property = name.startsWith('^') ? undefined : propertyClass(name);
    if (property === undefined) throw this.wrong(`Unknown character property name {${name.slice(0, 50)}}`);
    return char === 'P' ? not(property) : property;
  }

  /** The code point that a backslash and `char` stand for. */
  private escaped(char: string): number {
    const control = CONTROLS.get(char);
    if (control !== undefined) return control;
    switch (char) {
      case 'x':
        if (this.take('{')) return this.code(this.upTo('}'), 16);
        return this.code(this.several(2), 16);
      case 'u': {
        const high = this.code(this.several(4), 16);
        const isPair = high >= 0xd800 && high <= 0xdbff && this.takeText('\\u');
        return isPair ? 0x10000 + ((high - 0xd800) << 10) + (this.code(this.several(4), 16) - 0xdc00) : high;
      }
      case '0':
        return this.code(/^[0-3]?[0-7]{1,2}/.exec(this.chars.slice(this.at, this.at + 3).join(''))?.[0] ?? '', 8, true);
      case 'c':
        return codeOf(this.next()) ^ 64;
    }
    if (/[A-Za-z]/.test(char)) throw this.wrong('Illegal/unsupported escape sequence');
    return codeOf(char);
  }

  private several(count: number): string {
    return this.chars.slice(this.at, (this.at += count)).join('');
  }

  private code(digits: string, radix: 8 | 16, advances = false): number {
    const code = /^[0-9A-Fa-f]{1,6}$/.test(digits) ? parseInt(digits, radix) : NaN;
    if (!(code <= 0x10ffff)) throw this.wrong('Illegal hexadecimal or octal escape sequence');
    if (advances) this.at += digits.length;
    return code;
  }

  /** Behind `[`: what stands in it is a union, and `&&` is an intersection of unions. */
  private charClass(): CharClass {
    if (++this.depth > MOST_DEPTH) throw this.wrong('Nested too deeply');
    const isNegated = this.take('^');
    const intersected: CharClass[] = [];
    let members: CharClass[] = [];
    for (let isFirst = true; ; isFirst = false) {
      if (this.at >= this.chars.length) throw this.wrong('Unclosed character class');
      if (!isFirst && this.take(']')) break;
      if (this.takeText('&&')) {
        intersected.push(anyOf(members));
        members = [];
      } else members.push(this.member());
    }
    this.depth--;
    if (members.length > 0) intersected.push(anyOf(members));
    const takes = this.cased(intersected.length === 1 ? (intersected[0] as CharClass) : allOf(intersected));
    return isNegated ? not(takes) : takes;
  }

  private member(): CharClass {
    if (this.take('[')) return this.charClass();
    if (this.takeText('\\Q')) return anyOf(this.quoted().map((code) => range(code, code)));
    const first = this.memberCode();
    if (typeof first !== 'number') return first;
    if (this.chars[this.at] !== '-' || [']', '[', undefined].includes(this.chars[this.at + 1])) return range(first, first);
    this.at++;
    const last = this.memberCode();
    if (typeof last !== 'number' || last < first) throw this.wrong('Illegal character range');
    return range(first, last);
  }

  private memberCode(): number | CharClass {
    const char = this.next();
    if (char !== '\\') return codeOf(char);
    const escaped = this.next();
    return this.escapedClass(escaped) ?? this.escaped(escaped);
  }

  private literal(code: number): PatternNode {
    const char = String.fromCodePoint(code);
    const hasCases = char.toLowerCase() !== char.toUpperCase();
    if (!this.flags.ignoresCase || !hasCases) return { kind: 'char', code };
    return { kind: 'class', takes: this.cased(range(code, code)) };
  }

  private cased(takes: CharClass): CharClass {
    return this.flags.ignoresCase ? ignoringCase(takes, this.flags.unicodeCase) : takes;
  }

  private upTo(end: string): string {
    const start = this.at;
    while (this.chars[this.at] !== end) this.next();
    return this.chars.slice(start, this.at++).join('');
  }

  private next(): string {
    const char = this.chars[this.at++];
    if (char === undefined) throw this.wrong('Unexpected end of the pattern');
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

  private wrong(reason: string): PatternSyntaxError {
    return new PatternSyntaxError(`${reason} near index ${this.at}`);
  }
}

const codeOf = (char: string) => char.codePointAt(0) as number;

/** `\R` */
function lineBreak(): PatternNode {
  const pair: PatternNode = {
    kind: 'sequence',
    parts: [
      { kind: 'char', code: 0x0d },
      { kind: 'char', code: 0x0a },
    ],
  };
  return {
    kind: 'atomic',
    node: { kind: 'choice', parts: [pair, { kind: 'class', takes: ESCAPED_CLASSES.get('v') as CharClass }] },
  };
}

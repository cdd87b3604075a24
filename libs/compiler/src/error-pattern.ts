import type { PatternProgram } from '@gatehouse/snapshot';

/** Instructions of one program: what running it costs for each character of a text. */
const MOST_INSTRUCTIONS = 500;
/** Parts that are written, repeats counted. Those that match nothing but the empty text need no instruction. */
const MOST_PARTS = 10_000;
/** Characters. */
const MAXIMUM_LENGTH = 1000;
const LAST_CODE_POINT = 0x10ffff;

type Range = [first: number, last: number];
type Instruction = PatternProgram['code'][number];

type Node =
  | { kind: 'set'; ranges: Range[] }
  | { kind: 'sequence' | 'choice'; parts: Node[] }
  | { kind: 'repeat'; node: Node; least: number; most: number }
  | { kind: 'begin' | 'line-end' | 'end' };

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
  ['D', complement(DIGITS)],
  ['w', WORD],
  ['W', complement(WORD)],
  ['s', SPACES],
  ['S', complement(SPACES)],
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

class NotSupported extends Error {}

/**
 * Compiles a Java regular expression (java.util.regex, no flags) into a machine that decides whether a whole text matches; undefined for one that is none, or
 * that cannot be decided exactly in linear time: look-around, back references, word boundaries, possessive quantifiers, atomic groups, nested classes, properties,
 * flags elsewhere than at the beginning, more than 1000 characters or 500 instructions.
 */
export function compileErrorPattern(pattern: string): PatternProgram | undefined {
  if (pattern.length > MAXIMUM_LENGTH) return undefined;
  try {
    return new ProgramWriter(new PatternReader(pattern).read()).program;
  } catch (error) {
    if (error instanceof NotSupported) return undefined;
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
    this.dot = flags?.[1]?.includes('s') ? [[0, LAST_CODE_POINT]] : complement(LINE_TERMINATORS);
  }

  read(): Node {
    const node = this.choice();
    if (this.at < this.chars.length) throw new NotSupported('a bracket that closes nothing');
    return node;
  }

  private choice(): Node {
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    return parts.length === 1 ? (parts[0] as Node) : { kind: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.chars.length && this.chars[this.at] !== '|' && this.chars[this.at] !== ')') {
      if (this.takeText('\\Q')) parts.push(...this.quoted());
      else parts.push(this.quantified(this.atom()));
    }
    return { kind: 'sequence', parts };
  }

  /** What stands between `\Q` and `\E`. A quantifier behind it is of its last character. */
  private quoted(): Node[] {
    const nodes: Node[] = [];
    while (this.at < this.chars.length && !this.takeText('\\E')) nodes.push(this.literal(codeOf(this.next())));
    const last = nodes.pop();
    return last === undefined ? [] : [...nodes, this.quantified(last)];
  }

  private quantified(node: Node): Node {
    const quantity = this.quantity();
    if (quantity === null) return node;
    // It is the same whether a quantifier takes much or little, as long as all of the text is to match. A possessive one gives nothing back.
    this.take('?');
    if (/^[*+?{]$/.test(this.chars[this.at] ?? '')) throw new NotSupported('a quantifier of a quantifier');
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
    if (whole === undefined || (comma === '' && last !== '')) throw new NotSupported('a brace that is no quantifier');
    this.at += whole.length;
    const least = Number(first);
    const most = comma === '' ? least : last === '' ? Infinity : Number(last);
    if (most < least) throw new NotSupported('a quantifier that ends before it begins');
    return [least, most];
  }

  private atom(): Node {
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
        throw new NotSupported('a quantifier of nothing');
      default:
        return this.literal(codeOf(char));
    }
  }

  private group(): Node {
    if (this.take('?') && !this.take(':')) {
      const name = /^<[A-Za-z][A-Za-z0-9]*>/.exec(this.chars.slice(this.at, this.at + 64).join(''))?.[0];
      if (name === undefined) throw new NotSupported('a group that is more than a group');
      this.at += name.length;
    }
    const node = this.choice();
    if (!this.take(')')) throw new NotSupported('a bracket that is not closed');
    return node;
  }

  private escape(): Node {
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
    if (/^[A-Za-z0-9]$/.test(char)) throw new NotSupported(`the escape ${char}`);
    return codeOf(char);
  }

  private hexadecimal(digits: number): number {
    const text = this.chars.slice(this.at, this.at + digits).join('');
    if (text.length !== digits || !/^[0-9A-Fa-f]+$/.test(text)) throw new NotSupported('an escape without its digits');
    this.at += digits;
    const code = parseInt(text, 16);
    // Java puts two of them together to one character.
    if (code >= 0xd800 && code <= 0xdfff) throw new NotSupported('half a character');
    return code;
  }

  private charClass(): Range[] {
    const negated = this.take('^');
    const ranges: Range[] = [];
    if (this.chars[this.at] === ']') throw new NotSupported('an empty class');
    while (!this.take(']')) {
      const first = this.member();
      if (typeof first !== 'number') {
        ranges.push(...first);
        // As an end of a range such a set means one thing in Java and nothing elsewhere.
        if (this.chars[this.at] === '-' && this.chars[this.at + 1] !== ']') throw new NotSupported('a range of sets');
        continue;
      }
      let last = first;
      if (this.chars[this.at] === '-' && this.chars[this.at + 1] !== ']') {
        this.at++;
        const end = this.member();
        if (typeof end !== 'number' || end < first) throw new NotSupported('a range that is none');
        last = end;
      }
      ranges.push([first, last]);
    }
    const all = this.inBothCases(ranges);
    return negated ? complement(all) : merged(all);
  }

  /** A character of a class, or a set of them. */
  private member(): number | Range[] {
    const char = this.next();
    if (char === '[' || (char === '&' && this.chars[this.at] === '&')) throw new NotSupported('a class within a class');
    if (char !== '\\') return codeOf(char);
    const escaped = this.next();
    return CLASS_ESCAPES.get(escaped) ?? this.escaped(escaped);
  }

  private literal(code: number): Node {
    return { kind: 'set', ranges: merged(this.inBothCases([[code, code]])) };
  }

  /** With the other case of ASCII letters, where the pattern ignores case: Java ignores that of others only when told to. */
  private inBothCases(ranges: Range[]): Range[] {
    if (!this.ignoresCase) return ranges;
    return ranges.flatMap((range) => [range, ...shifted(range, 0x41, 0x5a, 0x20), ...shifted(range, 0x61, 0x7a, -0x20)]);
  }

  private next(): string {
    const char = this.chars[this.at++];
    if (char === undefined) throw new NotSupported('an end in the middle');
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

/** Writes the instructions for the parts of a pattern, each before what follows it. */
class ProgramWriter {
  readonly program: PatternProgram = { sets: [], code: [] };
  private readonly sets = new Map<string, number>();
  private parts = 0;

  constructor(node: Node) {
    const { code } = this.program;
    // The first instruction is where the program begins.
    const start = this.add(['match', 0, 0]);
    const match = this.add(['match', 0, 0]);
    const first = this.write(node, match);
    code[start] = ['fork', first, first];
  }

  /** @returns where the instructions for `node` begin, which go on at `next`. */
  private write(node: Node, next: number): number {
    if (++this.parts > MOST_PARTS) throw new NotSupported('too many parts');
    switch (node.kind) {
      case 'set':
        return this.add(['take', this.set(node.ranges), next]);
      case 'begin':
      case 'line-end':
      case 'end':
        return this.add([node.kind, next, 0]);
      case 'sequence':
        return node.parts.reduceRight((after, part) => this.write(part, after), next);
      case 'choice':
        return node.parts.map((part) => this.write(part, next)).reduceRight((other, part) => this.add(['fork', part, other]));
      case 'repeat':
        return this.repeat(node.node, node.least, node.most, next);
    }
  }

  private repeat(node: Node, least: number, most: number, next: number): number {
    let entry = next;
    if (most === Infinity) {
      entry = this.add(['match', 0, 0]);
      const body = this.write(node, entry);
      this.program.code[entry] = ['fork', body, next];
    } else {
      for (let n = least; n < most; n++) entry = this.add(['fork', this.write(node, entry), next]);
    }
    for (let n = 0; n < least; n++) entry = this.write(node, entry);
    return entry;
  }

  private add(instruction: Instruction): number {
    if (this.program.code.length >= MOST_INSTRUCTIONS) throw new NotSupported('too many instructions');
    return this.program.code.push(instruction) - 1;
  }

  private set(ranges: Range[]): number {
    const name = JSON.stringify(ranges);
    const known = this.sets.get(name);
    if (known !== undefined) return known;
    const place = this.program.sets.push(ranges) - 1;
    this.sets.set(name, place);
    return place;
  }
}

const codeOf = (char: string) => char.codePointAt(0) as number;

/** The part of a range that lies between two code points, moved. */
function shifted([first, last]: Range, from: number, to: number, by: number): Range[] {
  const [start, end] = [Math.max(first, from), Math.min(last, to)];
  return start <= end ? [[start + by, end + by]] : [];
}

/** Ascending, without overlaps. */
function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = all.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else all.push([first, last]);
  }
  return all;
}

function complement(ranges: readonly Range[]): Range[] {
  const rest: Range[] = [];
  let from = 0;
  for (const [first, last] of merged(ranges)) {
    if (first > from) rest.push([from, first - 1]);
    from = last + 1;
  }
  if (from <= LAST_CODE_POINT) rest.push([from, LAST_CODE_POINT]);
  return rest;
}

import { compileJavaPattern, PatternMatcher } from '@gatehouse/patterns';
import { JsonPathSyntaxError, JsonSyntaxError } from '../errors.js';
import { parseJson } from '../json/parse-json.js';
import type { Comparison, Condition, Operand, PathAst, Segment } from './path-ast.js';
import { FUNCTIONS } from './path-functions.js';

/** Characters of a path. */
const MOST_LENGTH = 4096;
/** Brackets and operands of filters within one another. */
const MOST_DEPTH = 50;

const COMPARISONS = new Set<string>([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'nin',
  'subsetof',
  'anyof',
  'noneof',
  'contains',
  'size',
  'empty',
]);

/**
 * Reads a path in Jayway's notation.
 *
 * @throws JsonPathSyntaxError
 */
export function parsePath(text: string): PathAst {
  const path = text.trim();
  if (path.length > MOST_LENGTH) throw new JsonPathSyntaxError(`a path of more than ${MOST_LENGTH} characters`, 1);
  if (path === '') throw new JsonPathSyntaxError('an empty path', 1);
  return new PathParser(path).whole();
}

class PathParser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  /** Functions stand at the end of a path only. */
  whole(): PathAst {
    const path = this.path();
    if (path.segments.slice(0, -1).some(({ kind }) => kind === 'function')) throw this.wrong('a function stands in the middle');
    return path;
  }

  private path(): PathAst {
    const first = this.text[0];
    // A path that does not begin at a root begins at a member of the document.
    if (first !== '$' && first !== '@') {
      const name = this.dotted();
      return { root: '$', segments: [name, ...this.segments(false)] };
    }
    this.at++;
    const segments = this.segments(false);
    return { root: '$', segments };
  }

  /** @param inFilter whether it may end before the text does */
  private segments(inFilter: boolean): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      const char = this.text[this.at];
      if (char === '.') {
        this.at++;
        if (this.text[this.at] === '.') {
          this.at++;
          segments.push({ kind: 'scan' }, this.text[this.at] === '[' ? this.bracket() : this.dotted());
        } else segments.push(this.text[this.at] === '[' ? this.bracket() : this.dotted());
      } else if (char === '[') segments.push(this.bracket());
      else if (char === undefined || inFilter) return segments;
      else throw this.wrong('an unexpected character');
    }
  }

  /** What stands behind a dot: a name, `*`, or a function. */
  private dotted(): Segment {
    if (this.text[this.at] === '*') {
      this.at++;
      return { kind: 'wildcard' };
    }
    const start = this.at;
    while (this.at < this.text.length && !/[.[\]()\s,=<>!&|*+/]/.test(this.text[this.at] as string)) this.at++;
    const name = this.text.slice(start, this.at);
    if (name === '') throw this.wrong('a name is missing');
    if (this.text[this.at] !== '(') return { kind: 'names', names: [name] };
    if (!FUNCTIONS.has(name)) throw new JsonPathSyntaxError(`there is no function ${name}`, start + 1);
    this.at++;
    return { kind: 'function', name, parameters: this.parameters() };
  }

  private parameters(): Operand[] {
    const parameters: Operand[] = [];
    this.blank();
    if (this.take(')')) return parameters;
    do {
      parameters.push(this.operand());
      this.blank();
    } while (this.take(','));
    this.expect(')');
    return parameters;
  }

  private bracket(): Segment {
    this.at++;
    this.blank();
    const char = this.text[this.at];
    if (char === "'" || char === '"') return this.names();
    if (char === '*') {
      this.at++;
      this.blank();
      this.expect(']');
      return { kind: 'wildcard' };
    }
    if (char === '?') return this.filter();
    return this.indices();
  }

  private names(): Segment {
    const names: string[] = [];
    do {
      this.blank();
      names.push(this.quoted());
      this.blank();
    } while (this.take(','));
    this.expect(']');
    return { kind: 'names', names };
  }

  private quoted(): string {
    const quote = this.text[this.at];
    if (quote !== "'" && quote !== '"') throw this.wrong('a name in quotes is missing');
    let name = '';
    for (this.at++; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] as string;
      if (char === quote) {
        this.at++;
        return name;
      }
      if (char === '\\') this.at++;
      name += this.text[this.at] ?? '';
    }
    throw this.wrong('a quote is not closed');
  }

  /** `1`, `1,2`, `1:3`, `:3`, `1:`. */
  private indices(): Segment {
    const end = this.text.indexOf(']', this.at);
    const inner = end < 0 ? '' : this.text.slice(this.at, end).trim();
    if (/^-?\d{1,9}(\s*,\s*-?\d{1,9})*$/.test(inner)) {
      this.at = end + 1;
      return { kind: 'indices', indices: inner.split(',').map(Number) };
    }
    // A third part, which would be a step, is read and has no effect, as in Jayway.
    const [whole, from, to] = /^(-?\d{1,9})?\s*:\s*(-?\d{1,9})?(?:\s*:\s*\d{0,9})?$/.exec(inner) ?? [];
    if (whole === undefined || (from === undefined && to === undefined)) throw this.wrong('no index, slice, name or filter');
    this.at = end + 1;
    return { kind: 'slice', from: from === undefined ? null : Number(from), to: to === undefined ? null : Number(to) };
  }

  private filter(): Segment {
    this.at++;
    this.blank();
    this.expect('(');
    const condition = this.either();
    this.blank();
    this.expect(')');
    this.blank();
    this.expect(']');
    return { kind: 'filter', condition };
  }

  private either(): Condition {
    const parts = [this.both()];
    for (this.blank(); this.takeText('||'); this.blank()) parts.push(this.both());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'or', parts };
  }

  private both(): Condition {
    const parts = [this.condition()];
    for (this.blank(); this.takeText('&&'); this.blank()) parts.push(this.condition());
    return parts.length === 1 ? (parts[0] as Condition) : { kind: 'and', parts };
  }

  private condition(): Condition {
    if (++this.depth > MOST_DEPTH) throw this.wrong('filters are nested too deeply');
    try {
      this.blank();
      if (this.text[this.at] === '!' && this.text[this.at + 1] !== '=') {
        this.at++;
        return { kind: 'not', condition: this.condition() };
      }
      if (this.take('(')) {
        const condition = this.either();
        this.blank();
        this.expect(')');
        return condition;
      }
      return this.comparison();
    } finally {
      this.depth--;
    }
  }

  private comparison(): Condition {
    const left = this.operand();
    this.blank();
    if (this.takeText('=~')) return { kind: 'matches', left, pattern: this.pattern() };
    const comparison = this.comparator();
    if (comparison === undefined) {
      if (left.kind === 'value') throw this.wrong('a comparison is missing');
      return { kind: 'exists', operand: left };
    }
    return { kind: 'compare', comparison, left, right: this.operand() };
  }

  private comparator(): Comparison | undefined {
    const name = /^(==|!=|<=|>=|<|>|[A-Za-z]+)/.exec(this.text.slice(this.at, this.at + 12))?.[0];
    if (name === undefined) return undefined;
    if (!COMPARISONS.has(name.toLowerCase())) throw this.wrong(`there is no comparison ${name}`);
    this.at += name.length;
    return name.toLowerCase() as Comparison;
  }

  /** `/pattern/flags`, of Java's regular expressions. */
  private pattern(): PatternMatcher {
    this.blank();
    this.expect('/');
    const start = this.at;
    while (this.text[this.at] !== '/') {
      if (this.text[this.at] === undefined) throw this.wrong('a pattern is not closed');
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    }
    const written = this.text.slice(start, this.at++).replaceAll('\\/', '/');
    const flags = /^[a-z]*/.exec(this.text.slice(this.at, this.at + 8))?.[0] ?? '';
    this.at += flags.length;
    const program = /^[is]*$/.test(flags) ? compileJavaPattern(flags === '' ? written : `(?${flags})${written}`) : undefined;
    if (program === undefined) throw this.wrong('a pattern that is not supported');
    return new PatternMatcher(program);
  }

  private operand(): Operand {
    if (++this.depth > MOST_DEPTH) throw this.wrong('filters are nested too deeply');
    try {
      this.blank();
      const char = this.text[this.at];
      if (char === '@' || char === '$') {
        this.at++;
        const segments = this.segments(true);
        if (segments.slice(0, -1).some(({ kind }) => kind === 'function')) throw this.wrong('a function stands in the middle');
        return { kind: 'path', path: { root: char, segments } };
      }
      if (char === "'" || char === '"') return { kind: 'value', value: this.quoted() };
      if (char === '[' || char === '{') return this.json(char);
      const literal = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)(?![\w.])/.exec(
        this.text.slice(this.at, this.at + 64),
      )?.[0];
      if (literal === undefined) throw this.wrong('a value is missing');
      this.at += literal.length;
      return { kind: 'value', value: parseJson(literal) };
    } finally {
      this.depth--;
    }
  }

  /** An array or object that is written in a filter. */
  private json(open: string): Operand {
    const close = open === '[' ? ']' : '}';
    let depth = 0;
    let quote = '';
    for (let n = this.at; n < this.text.length; n++) {
      const char = this.text[n] as string;
      if (quote !== '') {
        if (char === '\\') n++;
        else if (char === quote) quote = '';
      } else if (char === "'" || char === '"') quote = char;
      else if (char === open) depth++;
      else if (char === close && --depth === 0) {
        const text = this.text.slice(this.at, n + 1);
        this.at = n + 1;
        return { kind: 'value', value: this.parsed(text) };
      }
    }
    throw this.wrong(`a ${open} is not closed`);
  }

  private parsed(text: string) {
    try {
      return parseJson(text);
    } catch (error) {
      if (error instanceof JsonSyntaxError) throw this.wrong('a value is no JSON');
      throw error;
    }
  }

  private blank(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private expect(char: string): void {
    if (!this.take(char)) throw this.wrong(`${char} is missing`);
  }

  private wrong(reason: string): JsonPathSyntaxError {
    return new JsonPathSyntaxError(reason, this.at + 1);
  }
}

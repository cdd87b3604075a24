import { JavaDouble, wholeNumber } from '@gatehouse/json-path';
import { MOST_OPERATORS } from '../limits.js';
import type { Block, Expression, Operator, Reference, Step } from './ast.js';
import type { Place, Source } from './source.js';

const IDENTIFIER = /[A-Za-z_][A-Za-z0-9_-]*/y;
/** The name of no variable. */
const NOWHERE = '';
const LEFT_ASSOCIATIVE: readonly (readonly (readonly [sign: RegExp, operator: Operator])[])[] = [
  [
    [/==|eq(?![A-Za-z0-9_@])/y, '=='],
    [/!=|ne(?![A-Za-z0-9_@])/y, '!='],
  ],
  [
    [/<=|le(?![A-Za-z0-9_@])/y, '<='],
    [/>=|ge(?![A-Za-z0-9_@])/y, '>='],
    [/<|lt(?![A-Za-z0-9_@])/y, '<'],
    [/>|gt(?![A-Za-z0-9_@])/y, '>'],
  ],
  [
    [/\+/y, '+'],
    [/-/y, '-'],
  ],
  [
    [/\*/y, '*'],
    [/\//y, '/'],
    [/%/y, '%'],
  ],
];

/** Reads what stands in directives and in the brackets of references. Velocity 1.7's grammar, which takes operators in the latter too. */
export class ExpressionParser {
  private operators = 0;
  private isWithin = false;

  /** @param interpolate reads a text in double quotes as a template */
  constructor(
    private readonly source: Source,
    private readonly interpolate: (source: Source) => Block,
  ) {}

  /** Any expression with blanks around it. */
  expression(): Expression {
    if (this.isWithin) return this.source.nested(() => this.either());
    this.isWithin = true;
    this.operators = 0;
    const expression = this.source.nested(() => this.either());
    this.isWithin = false;
    return expression;
  }

  private either(): Expression {
    let left = this.both();
    while (this.operator(/\|\||or(?![A-Za-z0-9_@])/y)) left = { kind: 'or', left, right: this.both() };
    return left;
  }

  private both(): Expression {
    let left = this.binary(0);
    while (this.operator(/&&|and(?![A-Za-z0-9_@])/y)) left = { kind: 'and', left, right: this.binary(0) };
    return left;
  }

  private binary(level: number): Expression {
    const operators = LEFT_ASSOCIATIVE[level];
    if (operators === undefined) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const found = operators.find(([sign]) => this.operator(sign));
      if (found === undefined) return left;
      left = { kind: 'binary', operator: found[1], left, right: this.binary(level + 1) };
    }
  }

  private operator(sign: RegExp): boolean {
    this.source.blank();
    if (this.source.take(sign) === undefined) return false;
    if (++this.operators > MOST_OPERATORS) throw this.source.error(`an expression of more than ${MOST_OPERATORS} operators`);
    return true;
  }

  private unary(): Expression {
    let negations = 0;
    for (this.source.blank(); this.source.take(/!(?!=)|not(?![A-Za-z0-9_@])/y) !== undefined; this.source.blank()) negations++;
    const operand = this.primary();
    if (negations === 0) return operand;
    const negated: Expression = { kind: 'not', operand };
    return negations % 2 === 1 ? negated : { kind: 'not', operand: negated };
  }

  private primary(): Expression {
    const { source } = this;
    source.blank();
    if (source.takeText('(')) {
      const inner = this.expression();
      source.blank();
      source.expect(')');
      return inner;
    }
    const literal = this.literal();
    if (literal === undefined) throw source.error('a value is missing');
    return literal;
  }

  /** A value without operators; undefined when there is none here. */
  literal(): Expression | undefined {
    const { source } = this;
    switch (source.text[source.at]) {
      case '"':
      case "'":
        return this.text();
      case '[':
        return source.nested(() => this.listOrRange());
      case '{':
        return source.nested(() => this.map());
      case '$': {
        const reference = this.reference(0);
        if (reference === undefined) throw source.error('a reference without a name');
        return { kind: 'reference', reference };
      }
    }
    const word = source.take(/(?:true|false)(?![A-Za-z0-9_@])/y);
    if (word !== undefined) return { kind: 'boolean', value: word === 'true' };
    return this.number();
  }

  private number(): Expression | undefined {
    const { source } = this;
    // Two dots are those of a range.
    const fraction = source.take(/-?(?:\d+\.(?!\.)\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)/y);
    if (fraction !== undefined) return { kind: 'number', value: new JavaDouble(Number(fraction)) };
    const start = source.at;
    const digits = source.take(/-?\d+/y);
    if (digits === undefined) return undefined;
    if (digits.length > 1000) throw source.error('a number of more than 1000 digits', start);
    return { kind: 'number', value: wholeNumber(BigInt(digits)) };
  }

  /** In either quotes; two of them stand for one, a backslash for itself, `\uXXXX` in double quotes for that character. */
  private text(): Expression {
    const { source } = this;
    const start = source.at;
    const isDouble = source.text[start] === '"';
    const written = this.quoted(isDouble ? '"' : "'");
    const inner = written.slice(1, -1);
    if (!isDouble) return { kind: 'text', value: inner.replaceAll("''", "'") };
    const value = inner
      .replaceAll('""', '"')
      .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
    if (!/[$#]/.test(value)) return { kind: 'text', value };
    const body = source.nested(() => this.interpolate(source.inner(value, start + 1)));
    return { kind: 'interpolated', body, literal: written };
  }

  private quoted(quote: string): string {
    const { source } = this;
    const start = source.at;
    for (let from = start + 1; ; from = source.at + 1) {
      const end = source.text.indexOf(quote, from);
      if (end < 0) throw source.error('a text is not closed', start);
      source.at = end + 1;
      if (source.text[source.at] !== quote) return source.text.slice(start, source.at);
    }
  }

  private listOrRange(): Expression {
    const { source } = this;
    source.expect('[');
    source.blank();
    if (source.takeText(']')) return { kind: 'list', items: [] };
    const items = [this.expression()];
    source.blank();
    if (source.takeText('..')) {
      const to = this.expression();
      source.blank();
      source.expect(']');
      return { kind: 'range', from: items[0] as Expression, to };
    }
    while (source.takeText(',')) {
      items.push(this.expression());
      source.blank();
    }
    source.expect(']');
    return { kind: 'list', items };
  }

  private map(): Expression {
    const { source } = this;
    const entries: { key: Expression; value: Expression }[] = [];
    source.expect('{');
    source.blank();
    if (source.takeText('}')) return { kind: 'map', entries };
    do {
      const key = this.expression();
      source.blank();
      source.expect(':');
      entries.push({ key, value: this.expression() });
      source.blank();
    } while (source.takeText(','));
    source.expect('}');
    return { kind: 'map', entries };
  }

  /**
   * Reads a reference from its `$`; undefined, with nothing read, when what follows that is no name.
   *
   * @param backslashes those before it
   */
  reference(backslashes: number): Reference | undefined {
    const { source } = this;
    const start = source.at;
    source.expect('$');
    const isQuiet = source.takeText('!');
    const isFormal = source.takeText('{');
    const root = source.take(IDENTIFIER);
    if (root === undefined) {
      source.at = start;
      return undefined;
    }
    const steps = this.steps();
    if (isFormal) source.expect('}');
    return { root, steps, isQuiet, backslashes, literal: source.text.slice(start, source.at) };
  }

  private steps(): Step[] {
    const { source } = this;
    const steps: Step[] = [];
    for (;;) {
      const place = source.place(source.at);
      if (source.text[source.at] === '[') steps.push(source.nested(() => this.index(place)));
      else if (source.take(/\.(?=[A-Za-z])/y) !== undefined) {
        const name = source.take(IDENTIFIER) as string;
        if (source.text[source.at] !== '(') steps.push({ kind: 'property', name, place });
        else steps.push({ kind: 'method', name, args: source.nested(() => this.args()), place });
      } else return steps;
    }
  }

  private index(place: Place): Step {
    const { source } = this;
    source.expect('[');
    const index = this.expression();
    source.blank();
    source.expect(']');
    return { kind: 'index', index, place };
  }

  /** A word without a dollar, which Velocity reads as a reference that leads nowhere. */
  private bareWord(): Expression | undefined {
    const { source } = this;
    source.blank();
    const literal = source.take(/(?!(?:true|false|not)(?![A-Za-z0-9_-]))[A-Za-z_][A-Za-z0-9_-]*/y);
    if (literal === undefined) return undefined;
    return { kind: 'reference', reference: { root: NOWHERE, steps: this.steps(), isQuiet: false, backslashes: 0, literal } };
  }

  private args(): Expression[] {
    const { source } = this;
    const args: Expression[] = [];
    source.expect('(');
    source.blank();
    if (source.takeText(')')) return args;
    do {
      args.push(this.bareWord() ?? this.expression());
      source.blank();
    } while (source.takeText(','));
    source.expect(')');
    return args;
  }
}

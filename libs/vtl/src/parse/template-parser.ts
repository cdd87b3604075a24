import { MOST_TEMPLATE_LENGTH } from '../limits.js';
import type { Block, Expression, Macro, MacroCall, Reference, Statement } from './ast.js';
import { ExpressionParser } from './expression-parser.js';
import { type Place, Source } from './source.js';

const WORD = /#(?:[A-Za-z_@][A-Za-z0-9_@]*|\{[A-Za-z_][A-Za-z0-9_@]*\})/y;
/** Blanks before #set are its own, where they are not the end of a longer text. */
const SET = /[ \t]*#(?:set|\{set\}) *\(/y;
/** Directives of Velocity that read other templates or make new ones. */
const UNAVAILABLE = new Set(['include', 'parse', 'evaluate']);
/** Those whose backslashes count as escapes, beside macros. */
const ESCAPABLE = new Set([
  ...['if', 'end', 'set', 'else', 'elseif', 'stop', 'break', 'foreach', 'define', 'macro', 'literal'],
  ...UNAVAILABLE,
]);
const LINE_END = /[\r\n]/g;

export interface ParsedTemplate {
  body: Block;
  /** By name, whatever block they stand in: they are there from the beginning. */
  macros: ReadonlyMap<string, Macro>;
}

/**
 * Reads a template. Velocity 1.7's grammar, with its rules of which blanks and line ends belong to directives.
 *
 * @throws TemplateSyntaxError
 */
export function parseTemplate(text: string): ParsedTemplate {
  const source = new Source(text);
  if (text.length > MOST_TEMPLATE_LENGTH) throw source.error(`the template has more than ${MOST_TEMPLATE_LENGTH} characters`);
  const macros = new Map<string, Macro>();
  return { body: new TemplateParser(source, macros).whole(), macros };
}

class TemplateParser {
  private readonly expressions: ExpressionParser;

  constructor(
    private readonly source: Source,
    private readonly macros: Map<string, Macro>,
  ) {
    this.expressions = new ExpressionParser(source, (inner) => new TemplateParser(inner, macros).whole());
  }

  whole(): Block {
    const { body, end } = this.block();
    if (end !== 'end of text') throw this.source.error(`#${end} without a directive that it belongs to`);
    return body;
  }

  /** Statements up to the next #end, #else or #elseif of this level, whose word is read with them. */
  private block(): { body: Block; end: string } {
    const { source } = this;
    const body: Statement[] = [];
    const text = (value: string) => {
      const last = body.at(-1);
      if (last?.kind === 'text') last.text += value;
      else if (value !== '') body.push({ kind: 'text', text: value });
    };
    while (source.at < source.text.length) {
      if (source.take(SET) !== undefined) {
        body.push(this.set());
        continue;
      }
      const plain = source.take(/[^$#\\]+/y);
      if (plain !== undefined) {
        text(plain);
        continue;
      }
      if (source.text[source.at] === '$') {
        this.dollar(0, body, text);
        continue;
      }
      if (source.text[source.at] === '\\') {
        this.backslashes(body, text);
        continue;
      }
      const start = source.at;
      if (this.comment()) continue;
      if (source.takeText('#[[')) {
        text(this.upTo(']]#', 'a #[[ is not closed', start));
        continue;
      }
      const word = this.word();
      if (word === undefined) {
        source.at++;
        text('#');
        continue;
      }
      if (word === 'end' || word === 'else' || word === 'elseif') return { body, end: word };
      const statement = this.directive(word, start);
      if (typeof statement === 'string') text(statement);
      else if (statement !== null) body.push(statement);
    }
    return { body, end: 'end of text' };
  }

  /** The name of a directive, of those with and without braces. */
  private word(): string | undefined {
    const written = this.source.take(WORD);
    return written?.startsWith('#{') ? written.slice(2, -1) : written?.slice(1);
  }

  private dollar(backslashes: number, body: Statement[], text: (value: string) => void): void {
    const reference = this.expressions.reference(backslashes);
    if (reference !== undefined) {
      body.push({ kind: 'print', reference });
      return;
    }
    text('\\'.repeat(backslashes));
    // A backslash takes the meaning from a bang.
    const banged = this.source.take(/\$\\+!/y);
    if (banged !== undefined) text(`$${banged.slice(2, -1)}!`);
    else {
      this.source.at++;
      text('$');
    }
  }

  private backslashes(body: Statement[], text: (value: string) => void): void {
    const { source } = this;
    const written = source.take(/\\+/y) as string;
    if (source.text[source.at] === '$') {
      this.dollar(written.length, body, text);
      return;
    }
    const start = source.at;
    const word = source.text[start] === '#' ? this.word() : undefined;
    const directive = source.text.slice(start, source.at);
    const isEscaped = word !== undefined && written.length % 2 === 1;
    const counts = word !== undefined && (ESCAPABLE.has(word) || this.macros.has(word)) && (isEscaped || word !== 'set');
    text(counts ? '\\'.repeat(written.length >> 1) : written);
    if (isEscaped) text(directive);
    else source.at = start;
  }

  private comment(): boolean {
    const { source } = this;
    const start = source.at;
    if (source.takeText('##')) {
      LINE_END.lastIndex = source.at;
      const end = LINE_END.exec(source.text)?.index;
      source.at = end ?? source.text.length;
      source.take(/\r\n|\n|\r/y);
      return true;
    }
    if (!source.takeText('#*')) return false;
    this.upTo('*#', 'a comment is not closed', start);
    return true;
  }

  private upTo(end: string, reason: string, start: number): string {
    const { source } = this;
    const from = source.at;
    const at = source.text.indexOf(end, from);
    if (at < 0) throw source.error(reason, start);
    source.at = at + end.length;
    return source.text.slice(from, at);
  }

  private set(): Statement {
    const { source } = this;
    source.blank();
    const target = source.text[source.at] === '$' ? this.expressions.reference(0) : undefined;
    if (target === undefined) throw source.error('#set is of something that is no reference');
    source.blank();
    source.expect('=');
    const value = this.expressions.expression();
    this.close();
    return { kind: 'set', target, value };
  }

  /** The bracket that ends a directive's own part, and its line when nothing else is on it. */
  private close(): void {
    this.source.blank();
    this.source.expect(')');
    this.source.restOfLine();
  }

  private open(name: string): void {
    this.source.blank();
    if (!this.source.takeText('(')) throw this.source.error(`#${name} without brackets`);
  }

  /** @returns text where a directive is none; null for one that prints nothing by itself */
  private directive(word: string, start: number): Statement | string | null {
    const { source } = this;
    switch (word) {
      case 'if':
        return source.nested(() => this.condition());
      case 'foreach':
        return source.nested(() => this.foreach(start));
      case 'define':
        return source.nested(() => this.define(start));
      case 'macro':
        return source.nested(() => this.macro(start));
      case 'literal':
        return source.nested(() => this.literal(start));
      case 'stop':
        return { kind: 'stop' };
      case 'break':
        return this.break();
      case 'set':
        return source.text.slice(start, source.at);
    }
    if (UNAVAILABLE.has(word)) throw source.error(`#${word} is not available in mapping templates`, start);
    return { kind: 'call', call: this.call(word, start) };
  }

  private condition(): Statement {
    const { source } = this;
    const start = source.at;
    const branches: { condition: Expression; body: Block }[] = [];
    for (;;) {
      this.open('if');
      const condition = this.expressions.expression();
      this.close();
      const { body, end } = this.block();
      branches.push({ condition, body });
      if (end === 'elseif') continue;
      if (end === 'end of text') throw source.error('an #if is not closed', start);
      source.restOfLine();
      if (end === 'end') return { kind: 'if', branches, otherwise: null };
      return { kind: 'if', branches, otherwise: this.closedBlock('if', start) };
    }
  }

  /** A block that ends with #end and nothing else. */
  private closedBlock(name: string, start: number): Block {
    const { source } = this;
    const { body, end } = this.block();
    if (end === 'end of text') throw source.error(`a #${name} is not closed`, start);
    if (end !== 'end') throw source.error(`#${end} within a #${name} that has none`);
    source.restOfLine();
    return body;
  }

  private foreach(start: number): Statement {
    const { source } = this;
    this.open('foreach');
    const variable = this.variable('foreach');
    source.blank();
    // Velocity takes any word.
    if (source.take(/[A-Za-z_@][A-Za-z0-9_@]*/y) === undefined) throw source.error('#foreach without "in"');
    const list = this.expressions.expression();
    this.close();
    return { kind: 'foreach', variable, list, body: this.closedBlock('foreach', start) };
  }

  private define(start: number): Statement {
    this.open('define');
    const variable = this.variable('define');
    this.close();
    return { kind: 'define', variable, body: this.closedBlock('define', start) };
  }

  private variable(directive: string): string {
    const { source } = this;
    source.blank();
    const reference = source.text[source.at] === '$' ? this.expressions.reference(0) : undefined;
    if (reference === undefined) throw source.error(`#${directive} without a variable`);
    return reference.root;
  }

  /** Of macros of one name the first counts. */
  private macro(start: number): null {
    const { source } = this;
    this.open('macro');
    source.blank();
    const name = source.take(/[A-Za-z_@][A-Za-z0-9_@]*/y);
    if (name === undefined) throw source.error('#macro without a name');
    const parameters: string[] = [];
    for (;;) {
      source.take(/[ \t\r\n]*,?[ \t\r\n]*/y);
      if (source.text[source.at] !== '$') break;
      parameters.push(this.variable('macro'));
    }
    this.close();
    const macro = { name, parameters, body: this.closedBlock('macro', start) };
    if (!this.macros.has(name)) this.macros.set(name, macro);
    return null;
  }

  /** Its block as it is written. */
  private literal(start: number): string {
    const { source } = this;
    this.open('literal');
    this.close();
    const from = source.at;
    const { end } = this.block();
    if (end !== 'end') throw source.error('a #literal is not closed', start);
    const written = source.text.slice(from, source.at).replace(/#(?:end|\{end\})$/, '');
    source.restOfLine();
    return written;
  }

  private break(): Statement {
    const { source } = this;
    if (source.take(/[ \t\r\n]*\(/y) === undefined) return { kind: 'break', scope: null };
    source.blank();
    const scope: Reference | undefined = source.text[source.at] === '$' ? this.expressions.reference(0) : undefined;
    this.close();
    return { kind: 'break', scope: scope ?? null };
  }

  private call(word: string, start: number): MacroCall {
    const { source } = this;
    const args: Expression[] = [];
    let bareWord: Place | null = null;
    const hasBrackets = source.take(/[ \t\r\n]*\(/y) !== undefined;
    if (hasBrackets) {
      for (;;) {
        source.take(/[ \t\r\n]*,?[ \t\r\n]*/y);
        if (source.text[source.at] === ')') break;
        const arg = source.nested(() => this.expressions.literal());
        if (arg !== undefined) args.push(arg);
        else {
          bareWord ??= source.place(source.at);
          if (source.take(/[A-Za-z_@][A-Za-z0-9_@]*/y) === undefined) {
            throw source.error(`#${word} has something as argument that is no value`);
          }
        }
      }
      this.close();
    }
    const isBlock = word.startsWith('@') && hasBrackets;
    const body = isBlock ? source.nested(() => this.closedBlock(word, start)) : null;
    const literal = source.text.slice(start, source.at);
    return { name: isBlock ? word.slice(1) : word, args, bareWord, body, literal, place: source.place(start) };
  }
}

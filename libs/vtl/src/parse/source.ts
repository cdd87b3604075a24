import { type Position, TemplateSyntaxError } from '../errors.js';
import { MOST_PARSE_DEPTH } from '../limits.js';

/** Somewhere in a text; which line that is is found out only when somebody asks. */
export class Place {
  constructor(
    private readonly source: Source,
    private readonly at: number,
  ) {}

  get position(): Position {
    return this.source.position(this.at);
  }

  toString(): string {
    const { line, column } = this.position;
    return `line ${line}, column ${column}`;
  }
}

/** A template's text with the place up to which it was read. */
export class Source {
  at = 0;

  /**
   * @param depth how many things the text stands in
   * @param origin where in the template the text begins, when it is one in quotes
   */
  constructor(
    readonly text: string,
    private depth = 0,
    private readonly origin: Place | null = null,
  ) {}

  /** The text that a pattern (sticky) matches here, which is read with that; undefined when it does not match. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.at += match.length;
    return match;
  }

  takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.takeText(text)) throw this.error(`${text} is missing`);
  }

  blank(): void {
    this.take(/[ \t\r\n]*/y);
  }

  /** Behind a directive: the rest of its line, when nothing else is on it. */
  restOfLine(): void {
    this.take(/[ \t]*(?:\r\n|\n|\r)/y);
  }

  /** Reads something that may hold others of its kind. */
  nested<Result>(read: () => Result): Result {
    if (++this.depth > MOST_PARSE_DEPTH) throw this.error('the template is nested too deeply');
    const result = read();
    this.depth--;
    return result;
  }

  /** A text of its own that is written at `at`. */
  inner(text: string, at: number): Source {
    return new Source(text, this.depth, this.place(at));
  }

  place(at: number): Place {
    return new Place(this, at);
  }

  position(at: number): Position {
    const before = this.text.slice(0, at);
    const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
    const lines = before.split(/\r\n|\n|\r/).length;
    const { line, column } = this.origin?.position ?? { line: 1, column: 1 };
    return { line: line + lines - 1, column: (lines === 1 ? column : 1) + at - lineStart };
  }

  error(reason: string, at = this.at): TemplateSyntaxError {
    return new TemplateSyntaxError(reason, this.position(at));
  }
}

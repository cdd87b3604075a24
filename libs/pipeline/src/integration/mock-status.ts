/** The status that the rendered request template of a MOCK integration says; undefined where it says none. Source: recorded behaviour of AWS, which reads it leniently. */
export function mockStatusOf(text: string): number | undefined {
  const reader = new LenientReader(text);
  const value = reader.read();
  if (!(value instanceof Map)) return undefined;
  const status: unknown = value.get('statusCode');
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

type Value = string | number | boolean | null | Value[] | Map<string, Value>;

class NotLenient extends Error {}

const MOST_DEPTH = 100;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_$][\w$-]*/y;
const BLANK = /\s*/y;

/** JSON with names and texts in either quotes, names without any, and commas at the end of lists. */
class LenientReader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** Undefined for what is not even that. */
  read(): Value | undefined {
    try {
      const value = this.value(0);
      this.skip();
      return this.at === this.text.length ? value : undefined;
    } catch (error) {
      if (error instanceof NotLenient) return undefined;
      throw error;
    }
  }

  private value(depth: number): Value {
    if (depth > MOST_DEPTH) throw new NotLenient();
    this.skip();
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.list(depth);
    if (first === '"' || first === "'") return this.quoted(first);
    const number = this.take(NUMBER);
    if (number !== undefined) return Number(number);
    const word = this.take(NAME);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    throw new NotLenient();
  }

  private object(depth: number): Map<string, Value> {
    const members = new Map<string, Value>();
    this.at++;
    for (;;) {
      this.skip();
      if (this.ends('}')) return members;
      const quote = this.text[this.at];
      const name = quote === '"' || quote === "'" ? this.quoted(quote) : this.take(NAME);
      this.skip();
      if (name === undefined || !this.ends(':')) throw new NotLenient();
      members.set(name, this.value(depth + 1));
      this.separate('}');
    }
  }

  private list(depth: number): Value[] {
    const values: Value[] = [];
    this.at++;
    for (;;) {
      this.skip();
      if (this.ends(']')) return values;
      values.push(this.value(depth + 1));
      this.separate(']');
    }
  }

  /** A comma, or the end, which stays. */
  private separate(end: string): void {
    this.skip();
    if (!this.ends(',') && this.text[this.at] !== end) throw new NotLenient();
  }

  /** Escapes stay as they are written: no status is among them. */
  private quoted(quote: string): string {
    const from = ++this.at;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at];
      if (char === '\\') this.at++;
      else if (char === quote) return this.text.slice(from, this.at++);
    }
    throw new NotLenient();
  }

  private ends(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private skip(): void {
    this.take(BLANK);
  }
}

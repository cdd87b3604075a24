/** What is wrong with a text, and at which offset. */
export class TextFault extends Error {
  constructor(
    readonly offset: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** Told of each member and item: its key or index, the offset of the key (of the value in an array), and how deep it stands (from 1). */
export type VisitMember = (key: string, offset: number, depth: number) => void;

interface Container {
  /** The names so far; undefined in an array. */
  names: Set<string> | undefined;
  length: number;
}

const LITERAL = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/;
/** Longer ones are no numbers that anybody means. */
const LONGEST_LITERAL = 400;
const ESCAPE = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/;

/**
 * Walks through JSON text without recursion. Stricter than `JSON.parse`: names must be unique within an object.
 * Throws `TextFault`, also when containers are nested deeper than `maximumDepth`.
 */
export function scanJson(text: string, maximumDepth: number, visit: VisitMember): void {
  const open: Container[] = [];
  let at = skipBlanks(text, 0);
  for (;;) {
    at = atValue(at);
    if (text[at] === '{' || text[at] === '[') {
      if (open.length >= maximumDepth) throw new TextFault(at, 'nested too deeply');
      open.push({ names: text[at] === '{' ? new Set() : undefined, length: 0 });
      at = skipBlanks(text, at + 1);
      if (text[at] !== closingOf(open.at(-1))) continue;
    } else {
      at = skipBlanks(text, endOfScalar(text, at));
    }
    while (open.length > 0 && text[at] === closingOf(open.at(-1))) {
      open.pop();
      at = skipBlanks(text, at + 1);
    }
    if (open.length === 0) break;
    if (text[at] !== ',') throw new TextFault(at, `expected ',' or '${closingOf(open.at(-1))}'`);
    at = skipBlanks(text, at + 1);
  }
  if (at < text.length) throw new TextFault(at, 'unexpected text after the document');

  /** From the start of a member or item to its value. */
  function atValue(start: number): number {
    const container = open.at(-1);
    if (!container) return start;
    const index = container.length++;
    if (!container.names) {
      visit(String(index), start, open.length);
      return start;
    }
    if (text[start] !== '"') throw new TextFault(start, 'expected a name in double quotes');
    const end = endOfString(text, start);
    const name = JSON.parse(text.slice(start, end)) as string;
    if (container.names.has(name)) throw new TextFault(start, 'the name occurs twice in one object');
    container.names.add(name);
    visit(name, start, open.length);
    const colon = skipBlanks(text, end);
    if (text[colon] !== ':') throw new TextFault(colon, "expected ':'");
    return skipBlanks(text, colon + 1);
  }
}

const closingOf = (container: Container | undefined) => (container?.names ? '}' : ']');

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}

function endOfScalar(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  const literal = LITERAL.exec(text.slice(start, start + LONGEST_LITERAL))?.[0];
  if (literal === undefined) throw new TextFault(start, start < text.length ? 'expected a value' : 'the text ends too early');
  return start + literal.length;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) throw new TextFault(at, 'control character in a string');
    if (code === 0x5c) {
      const escape = ESCAPE.exec(text.slice(at + 1, at + 6))?.[0];
      if (escape === undefined) throw new TextFault(at, 'unknown escape in a string');
      at += escape.length;
    }
  }
  throw new TextFault(start, 'the string does not end');
}

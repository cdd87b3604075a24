/** One element of a Forwarded header (RFC 7239, 4), as far as a gateway reads it. */
export interface ForwardedElement {
  readonly for: string | undefined;
  readonly proto: string | undefined;
  /** Where it begins in the text. */
  readonly start: number;
}

/** A parameter with what ends it: name, token or content of a quoted string. */
const PARAMETER = /[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\.)*)")[ \t]*(?:;|$)/y;

/**
 * The last element of `text` before `end`. Null when it is malformed. Read from its end, because only the end is a trusted proxy's: an open quote in
 * what a client wrote before it swallows nothing.
 */
export function lastForwardedElement(text: string, end: number): ForwardedElement | null {
  const start = startOfElement(text, end);
  const element = text.slice(start, end).trim();
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = 0;
  while (PARAMETER.lastIndex < element.length) {
    const match = PARAMETER.exec(element);
    const name = match?.[1]?.toLowerCase();
    if (!match || name === undefined || parameters.has(name)) return null;
    parameters.set(name, match[2] ?? (match[3] as string).replaceAll(/\\(.)/g, '$1'));
  }
  return { for: parameters.get('for'), proto: parameters.get('proto'), start };
}

function startOfElement(text: string, end: number): number {
  let quoted = false;
  for (let i = end - 1; i >= 0; i--) {
    const char = text[i];
    if (char === '"' && !isEscaped(text, i)) quoted = !quoted;
    else if (char === ',' && !quoted) return i + 1;
  }
  return 0;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

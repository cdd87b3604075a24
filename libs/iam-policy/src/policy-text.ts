import { MalformedPolicy } from './malformed-policy.js';

/** Strings and the signs that structure is made of; in text that is JSON nothing else matters here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/**
 * Reads the JSON text of a policy for `Policy`. Throws `MalformedPolicy` for text that is no JSON, and for an object that has a member twice: only one of
 * the two would be heeded, and a condition that is not heeded opens what it was meant to close.
 */
export function readPolicyText(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedPolicy('Syntax errors in policy: it is no JSON.');
  }
  refuseRepeatedMembers(text);
  return value;
}

function refuseRepeatedMembers(text: string): void {
  const open: (Set<unknown> | null)[] = [];
  let string = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const name: unknown = JSON.parse(string);
      const members = open.at(-1);
      if (members?.has(name)) throw new MalformedPolicy(`Syntax errors in policy: ${string} is there twice.`);
      members?.add(name);
    } else string = token;
  }
}

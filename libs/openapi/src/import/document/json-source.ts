import { scanJson, TextFault } from './json-scan.js';
import { invalidInput } from './refusal.js';
import { MAXIMUM_DEPTH, type Source } from './source.js';

/** Reads JSON. Throws `BadRequestException` with the line of what is wrong; a name that occurs twice in one object is. */
export function readJson(text: string): Source {
  try {
    scanJson(text, MAXIMUM_DEPTH, () => {});
  } catch (error) {
    if (error instanceof TextFault) throw invalidInput('', lineAt(text, error.offset), error.message);
    throw error;
  }
  return {
    value: JSON.parse(text) as unknown,
    lineOf: (keys) => lineAt(text, offsetOf(text, keys)),
    numberText: (keys) => /[^\s,}\]]+/y.exec(valueTextAt(text, offsetOf(text, keys)))?.[0],
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Offset of the member that the keys lead to, or of the last one on the way that exists. */
function offsetOf(text: string, keys: readonly string[]): number {
  let found = 0;
  let matched = 0;
  scanJson(text, MAXIMUM_DEPTH, (key, offset, depth) => {
    if (depth <= matched && matched < keys.length) matched = depth - 1;
    if (depth === matched + 1 && keys[matched] === key && matched < keys.length) {
      matched = depth;
      found = offset;
    }
  });
  return found;
}

/** The beginning of the value of the member whose name begins at the offset. */
const valueTextAt = (text: string, offset: number) => text.slice(offset, offset + 400).replace(/^"(?:[^"\\]|\\.)*"\s*:\s*/, '');

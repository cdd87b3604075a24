import { LineCounter } from 'yaml';
import { scanJson, TextFault } from './json-scan.js';
import { KeyTree, type KeyNode } from './key-tree.js';
import { invalidInput } from './refusal.js';
import { MAXIMUM_DEPTH, type Source } from './source.js';

/** Reads JSON. Throws `BadRequestException` with the line of what is wrong; a name that occurs twice in one object is. */
export function readJson(text: string): Source {
  try {
    scanJson(text, MAXIMUM_DEPTH, () => {});
  } catch (error) {
    if (error instanceof TextFault) throw invalidInput({ pointer: '', line: lineCounter(text)(error.offset) }, error.message);
    throw error;
  }
  return {
    value: JSON.parse(text) as unknown,
    linesOf: (places) => offsetsOf(text, places).map(lineCounter(text)),
    numberText: (keys) => /[^\s,}\]]+/y.exec(valueTextAt(text, offsetsOf(text, [keys])[0] ?? 0))?.[0],
  };
}

/** Tells the line of an offset. */
function lineCounter(text: string): (offset: number) => number {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return (offset) => lines.linePos(offset).line;
}

/** Offsets of the members that the keys lead to, each or that of the last one on the way that exists. */
function offsetsOf(text: string, places: readonly (readonly string[])[]): number[] {
  const tree = new KeyTree(places);
  /** By depth: the key where the walk is, if it is looked for. */
  const at: (KeyNode | undefined)[] = [tree.root];
  scanJson(text, MAXIMUM_DEPTH, (key, offset, depth) => {
    const node = at[depth - 1]?.inner.get(key);
    if (node) node.offset = offset;
    at[depth] = node;
  });
  return tree.offsets();
}

/** The beginning of the value of the member whose name begins at the offset. */
const valueTextAt = (text: string, offset: number) => text.slice(offset, offset + 400).replace(/^"(?:[^"\\]|\\.)*"\s*:\s*/, '');

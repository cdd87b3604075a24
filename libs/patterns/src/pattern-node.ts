import type { Range } from './code-ranges.js';

/** A pattern, read into its parts. */
export type PatternNode =
  | { kind: 'set'; ranges: Range[] }
  | { kind: 'sequence' | 'choice'; parts: PatternNode[] }
  | { kind: 'repeat'; node: PatternNode; least: number; most: number }
  /** What takes no character: where the text begins, ends but for one line terminator, ends; where a word does or does not begin or end. */
  | { kind: 'begin' | 'line-end' | 'end' | 'boundary' | 'no-boundary' }
  /** What must, or must not, stand at this place, without being taken. */
  | { kind: 'look'; node: PatternNode; negated: boolean };

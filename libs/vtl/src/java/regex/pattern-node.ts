import type { CharClass } from './char-class.js';

export type Anchor = 'begin' | 'end' | 'line-begin' | 'line-end' | 'last-line-end' | 'word' | 'not-word';

/** A part of a regular expression. */
export type PatternNode =
  | { kind: 'char'; code: number }
  | { kind: 'class'; takes: CharClass }
  | { kind: 'sequence' | 'choice'; parts: readonly PatternNode[] }
  | { kind: 'group'; number: number; node: PatternNode }
  | { kind: 'repeat'; node: PatternNode; least: number; most: number; isLazy: boolean }
  | { kind: 'anchor'; anchor: Anchor }
  | { kind: 'back-reference'; number: number; ignoresCase: boolean }
  /** A part that is decided by itself. */
  | { kind: 'atomic'; node: PatternNode }
  | { kind: 'look'; node: PatternNode; isBehind: boolean; isNegative: boolean };

export interface ParsedPattern {
  node: PatternNode;
  /** Groups that are numbered, the whole one not counted. */
  groups: number;
  names: ReadonlyMap<string, number>;
}

export class PatternSyntaxError extends Error {}

import type { PatternMatcher } from '@gatehouse/patterns';
import type { JsonValue } from '../json/json-value.js';

/** One step of a path. `scan` is of the segment behind it: it applies that one to a value and to everything within. */
export type Segment =
  | { kind: 'names'; names: readonly string[] }
  | { kind: 'wildcard' }
  | { kind: 'indices'; indices: readonly number[] }
  | { kind: 'slice'; from: number | null; to: number | null }
  | { kind: 'scan' }
  | { kind: 'filter'; condition: Condition }
  | { kind: 'function'; name: string; parameters: readonly Operand[] };

export interface PathAst {
  /** `$`: from the document; `@`: from the value that a filter looks at. */
  root: '$' | '@';
  segments: readonly Segment[];
}

export type Comparison =
  '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'nin' | 'subsetof' | 'anyof' | 'noneof' | 'contains' | 'size' | 'empty';

export type Condition =
  | { kind: 'and' | 'or'; parts: readonly Condition[] }
  | { kind: 'not'; condition: Condition }
  | { kind: 'exists'; operand: Operand }
  | { kind: 'matches'; left: Operand; pattern: PatternMatcher }
  | { kind: 'compare'; comparison: Comparison; left: Operand; right: Operand };

export type Operand = { kind: 'path'; path: PathAst } | { kind: 'value'; value: JsonValue };

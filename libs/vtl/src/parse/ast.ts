import type { JavaNumber } from '@gatehouse/json-path';
import type { Place } from './source.js';

export type Block = readonly Statement[];

export type Statement =
  | { kind: 'text'; text: string }
  | { kind: 'print'; reference: Reference }
  | { kind: 'set'; target: Reference; value: Expression }
  | { kind: 'if'; branches: readonly { condition: Expression; body: Block }[]; otherwise: Block | null }
  | { kind: 'foreach'; variable: string; list: Expression; body: Block }
  | { kind: 'define'; variable: string; body: Block }
  | { kind: 'call'; call: MacroCall }
  | { kind: 'break'; scope: Reference | null }
  | { kind: 'stop' };

export interface Macro {
  name: string;
  parameters: readonly string[];
  body: Block;
}

export interface MacroCall {
  name: string;
  args: readonly Expression[];
  /** Where a bare word stands among them, which no macro takes. */
  bareWord: Place | null;
  /** What stands between `#@name()` and its `#end`. */
  body: Block | null;
  /** How it is written: what is printed when there is no such macro. */
  literal: string;
  place: Place;
}

export interface Reference {
  root: string;
  steps: readonly Step[];
  isQuiet: boolean;
  /** Backslashes before it. */
  backslashes: number;
  /** How it is written, without them: what is printed when it leads nowhere. */
  literal: string;
}

export type Step =
  | { kind: 'property'; name: string; place: Place }
  | { kind: 'method'; name: string; args: readonly Expression[]; place: Place }
  | { kind: 'index'; index: Expression; place: Place };

export type Operator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Expression =
  | { kind: 'text'; value: string }
  /** In double quotes: a template of its own. `literal` is how it is written. */
  | { kind: 'interpolated'; body: Block; literal: string }
  | { kind: 'number'; value: JavaNumber }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'reference'; reference: Reference }
  | { kind: 'range'; from: Expression; to: Expression }
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'map'; entries: readonly { key: Expression; value: Expression }[] }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'not'; operand: Expression };

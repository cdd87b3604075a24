import type { Block, Reference } from '../parse/ast.js';
import type { VtlValue } from '../java/value.js';
import type { Run } from '../run/run.js';

export type Render = (run: Run) => void;

export interface CompiledReference {
  /** Null where it leads nowhere. */
  value: (run: Run) => VtlValue;
  assign: (run: Run, value: VtlValue) => void;
}

export interface CompiledMacro {
  parameters: readonly string[];
  render: Render;
}

/** What the parts of a template need of one another to become functions. */
export interface Compilation {
  block(block: Block): Render;
  reference(reference: Reference): CompiledReference;
  hasMacro(name: string): boolean;
  /** While a template runs: one that it has. */
  macro(name: string): CompiledMacro;
}

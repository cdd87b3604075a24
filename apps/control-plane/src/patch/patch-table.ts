import type { AwsError } from '@gatehouse/aws-wire';

/** One entry of a request's `patchOperations`; values are always strings. */
export interface PatchOperation {
  op?: string;
  path?: string;
  value?: string | null;
  from?: string;
}

/** Operations that write a value; `copy` is declared by its source, `move` and `test` are supported nowhere (as on AWS). */
export const WRITING_OPS = ['add', 'remove', 'replace'] as const;
export type WritingOp = (typeof WRITING_OPS)[number];

/**
 * Writes one value into the draft of an entity. `value` is undefined when the operation has none (or null, which AWS treats alike);
 * `names` are what stands in the path where the rule has `{name}`, unescaped. Throws the `AwsError` of a value that is not allowed.
 */
export type PatchSetter<T> = (draft: T, value: string | undefined, ...names: string[]) => void;

/**
 * One legal path of an entity. In `path`, `{name}` (or `<name>`: AWS prints both) stands for any one segment that is not empty.
 * Among rules that match a path the first one counts.
 */
export interface PatchRule<T> extends Partial<Record<WritingOp, PatchSetter<T>>> {
  path: string;
  /** For `copy`: the source path -> what carries its value over. */
  copy?: Record<string, (draft: T) => void>;
}

/** Everything that may be patched in an entity, in the order in which AWS lists it in errors. */
export interface PatchTable<T> {
  rules: PatchRule<T>[];
  refusal: PatchRefusal;
}

/** How AWS words a refusal: not the same for all entities. */
export interface PatchRefusal {
  /** No rule has this path; `listed` are the paths that have this operation. */
  path(operation: PatchOperation, listed: string[]): AwsError;
  /** The path is legal with the operations `allowed` only; `listed` are the paths that have this operation. */
  operation(operation: PatchOperation, allowed: WritingOp[], listed: string[]): AwsError;
  /** A `copy` whose path and source are no declared pair. */
  copy(operation: PatchOperation, paths: string[], sources: string[]): AwsError;
}

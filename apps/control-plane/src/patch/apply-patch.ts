import { pointerSegments } from './json-pointer.js';
import { WRITING_OPS, type PatchOperation, type PatchRule, type PatchTable } from './patch-table.js';

/**
 * Applies a request's operations in order to a copy of the entity and returns the copy: all of them or none, and the entity itself
 * never changes. No operations at all are a no-op (as on AWS).
 * Throws `BadRequestException` in AWS's words, chosen by the table's refusal, and whatever the setters throw.
 */
export function applyPatch<T extends object>(table: PatchTable<T>, entity: T, operations: readonly PatchOperation[] = []): T {
  const draft = Object.assign(Object.create(Object.getPrototypeOf(entity) as object) as T, structuredClone({ ...entity }));
  for (const operation of operations) {
    if (operation.op === 'copy' && table.rules.some((rule) => rule.copy)) applyCopy(table, draft, operation);
    else applyWriting(table, draft, operation);
  }
  return draft;
}

function applyWriting<T>(table: PatchTable<T>, draft: T, operation: PatchOperation): void {
  const op = WRITING_OPS.find((known) => known === operation.op);
  const found = matches(table, operation.path);
  for (const { rule, names } of found) {
    const setter = op && rule[op];
    if (setter) return setter(draft, operation.value ?? undefined, ...names);
  }
  const listed = table.rules.filter((rule) => op && rule[op]).map((rule) => rule.path);
  if (found.length === 0) throw table.refusal.path(operation, listed);
  const allowed = WRITING_OPS.filter((known) => found.some(({ rule }) => rule[known]));
  throw table.refusal.operation(operation, allowed, listed);
}

function applyCopy<T>(table: PatchTable<T>, draft: T, operation: PatchOperation): void {
  const { path, from } = operation;
  const rules = table.rules.filter((rule) => rule.copy);
  const copy = rules.find((rule) => rule.path === path)?.copy;
  if (copy && from !== undefined && Object.hasOwn(copy, from)) return copy[from]!(draft);
  const paths = rules.map((rule) => rule.path);
  const sources = rules.flatMap((rule) => Object.keys(rule.copy!));
  throw table.refusal.copy(operation, paths, sources);
}

/** The rules whose path this is, each with what stands for its `{name}`s. */
function matches<T>(table: PatchTable<T>, path: string | undefined): { rule: PatchRule<T>; names: string[] }[] {
  const segments = path === undefined ? undefined : pointerSegments(path);
  if (!segments) return [];
  return table.rules.flatMap((rule) => {
    const names = bind(rule.path.slice(1).split('/'), segments);
    return names ? [{ rule, names }] : [];
  });
}

function bind(pattern: string[], segments: string[]): string[] | undefined {
  if (pattern.length !== segments.length) return undefined;
  const names: string[] = [];
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index]!;
    if (!/^[{<]/.test(part)) {
      if (part !== segment) return undefined;
    } else if (segment === '') return undefined;
    else names.push(segment);
  }
  return names;
}

import type { DocumentNode } from '../document/document-node.js';
import type { MethodPlace, Warnings } from '../warnings.js';

/**
 * A map of an integration whose values are texts. What is of another kind is left out with AWS's warning (recorded import).
 * Throws `BadRequestException` when it is no map.
 */
export function textMap(node: DocumentNode, name: string, method: MethodPlace, warnings: Warnings): Record<string, string> {
  return Object.fromEntries(
    (node.member(name)?.entries() ?? []).flatMap(([key, { value }]) => {
      if (typeof value === 'string') return [[key, value] as const];
      warnings.addWrongKind(name, key, value, method);
      return [];
    }),
  );
}

/** Like `textMap`, for templates: AWS keeps one without text as null. */
export function templateMap(
  node: DocumentNode,
  name: string,
  method: MethodPlace,
  warnings: Warnings,
): Record<string, string | null> {
  return Object.fromEntries(
    (node.member(name)?.entries() ?? []).flatMap(([key, { value }]) => {
      if (typeof value === 'string' || value === null) return [[key, value || null] as const];
      warnings.addWrongKind(name, key, value, method);
      return [];
    }),
  );
}

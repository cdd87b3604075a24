import type { DocumentNode } from '../document/document-node.js';

type Member = readonly [string, unknown];

/** A type or list of types, or a list of values, with null among them. */
export function withNull(given: unknown, nothing: 'null' | null): unknown {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.includes(nothing) ? list : [...list, nothing];
}

/**
 * A bound as draft 4 writes it: `exclusiveMinimum` is true beside a `minimum`; later drafts give it a number of its own. Both keywords of a
 * pair come here; the one that is `keyword` is answered.
 */
export function exclusiveBounds(
  keyword: string,
  bound: 'minimum' | 'maximum',
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  given: ReadonlyMap<string, DocumentNode>,
): Member[] {
  const edge = given.get(exclusive)?.value;
  const inclusive = given.get(bound)?.value;
  if (typeof edge !== 'number') {
    // Draft 4's own form; it means nothing without its bound.
    const means = keyword === bound || (typeof edge === 'boolean' && inclusive !== undefined);
    return means ? [[keyword, given.get(keyword)?.value]] : [];
  }
  const edgeIsStricter = typeof inclusive !== 'number' || (bound === 'minimum' ? edge >= inclusive : edge <= inclusive);
  if (keyword === bound) return edgeIsStricter ? [] : [[bound, inclusive]];
  return edgeIsStricter
    ? [
        [bound, edge],
        [exclusive, true],
      ]
    : [];
}

/** `prefixItems` with the `items` for what follows them: draft 4's list of `items` and `additionalItems`. */
export function tupleItems(first: unknown[], rest: unknown): Member[] {
  return rest === undefined
    ? [['items', first]]
    : [
        ['items', first],
        ['additionalItems', rest],
      ];
}

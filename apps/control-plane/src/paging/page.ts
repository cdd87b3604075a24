import { encodePosition } from './position.js';

/** Items of one answer where the request names no `limit`. */
export const DEFAULT_LIMIT = 25;
/** AWS's maximum; it also bounds what one answer costs. */
export const MAXIMUM_LIMIT = 500;

/** One answer of a list; `position` leads to the next one and is absent at the end. */
export interface Page<T> {
  items: T[];
  position?: string;
}

/** How many items an answer may hold. Like AWS with API keys, a limit of 0 or beyond the maximum is no error: it means the maximum. */
export function pageLimit(limit: number | undefined): number {
  if (limit === undefined) return DEFAULT_LIMIT;
  return limit >= 1 && limit <= MAXIMUM_LIMIT ? limit : MAXIMUM_LIMIT;
}

/** Makes the page of `rows`, which must have been read in order and with one row more than `limit`, to tell whether more follow. */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => string[]): Page<T> {
  const items = rows.slice(0, limit);
  return rows.length > limit ? { items, position: encodePosition(keyOf(items.at(-1)!)) } : { items };
}

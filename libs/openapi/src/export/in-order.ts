/** The entries of a map whose keys tenants choose, in the order of code units: that of the database means nothing. */
export function inOrder<V>(map: Readonly<Record<string, V>>): [string, V][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The map in that order, or undefined when it is empty. */
export function unlessEmpty<V>(map: Readonly<Record<string, V>>): Record<string, V> | undefined {
  const entries = inOrder(map);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

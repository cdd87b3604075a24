/**
 * A response as its row keeps it: AWS echoes maps that a client gave without entries, and leaves out those that it did not give. Their names
 * are kept beside the response, because they are no part of what the API is: deployments and exports do not have them.
 */
export type WithEmptyMaps<T> = T & { emptyMaps?: string[] };

/** The names of those maps of a request that are given without entries, as a member of its row. */
export function emptyMaps(given: Record<string, object | undefined>): { emptyMaps?: string[] } {
  const names = Object.keys(given).filter((name) => given[name] !== undefined && Object.keys(given[name]).length === 0);
  return names.length > 0 ? { emptyMaps: names } : {};
}

/** A map as AWS answers with it: an empty one only where a client gave it like this. */
export function echoed<T extends Record<K, object>, K extends string>(response: WithEmptyMaps<T>, name: K): T[K] | undefined {
  return Object.keys(response[name]).length > 0 || response.emptyMaps?.includes(name) ? response[name] : undefined;
}

/** The response without what is kept for the answers only. */
export function withoutEmptyMaps<T extends object>(response: WithEmptyMaps<T>): T {
  const plain = { ...response };
  delete plain.emptyMaps;
  return plain;
}

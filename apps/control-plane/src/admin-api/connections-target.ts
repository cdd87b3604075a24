/** Whether a request target (path and query) is that of the `@connections` operations, with a stage before it or without. */
export function isConnectionsTarget(target: string): boolean {
  return /^(\/[^/?]+)?\/@connections\/[^/?]+(\?|$)/.test(target);
}

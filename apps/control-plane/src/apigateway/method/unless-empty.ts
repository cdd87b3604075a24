/** The map, or undefined when it has no entries: AWS leaves empty maps out of its answers. */
export function unlessEmpty<T extends object>(map: T): T | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

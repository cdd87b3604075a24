/** The object without its members that are undefined: what the document does not say is absent, also where objects are spread. */
export function withoutAbsent<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

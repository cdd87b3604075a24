/** What is known of a request, by condition key (`aws:SourceIp`), asked for in lower case. A `Map` of such keys is one. */
export interface RequestContext {
  /** A key has no value, one, or, if it is made for it, several. */
  get(key: string): string | readonly string[] | undefined;
}

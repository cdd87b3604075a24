/** A request as it came over the wire: nothing decoded, nothing joined, nothing normalised. */
export interface RequestHead {
  method: string;
  /** The request target: path and query. */
  rawTarget: string;
  /** Names and values in turn, repeats and letter case kept; values as latin1 text, as Node reads them. */
  rawHeaders: readonly string[];
}

/** All values of a header, in the order in which they came. `name` is in lower case. */
export function headerValues(head: RequestHead, name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at < head.rawHeaders.length; at += 2) {
    if (head.rawHeaders[at]?.toLowerCase() === name) values.push(head.rawHeaders[at + 1] ?? '');
  }
  return values;
}

/** Path and query of a target, divided at the first `?`; the query is empty when there is none. */
export function splitTarget(rawTarget: string): { path: string; query: string } {
  const mark = rawTarget.indexOf('?');
  return mark < 0 ? { path: rawTarget, query: '' } : { path: rawTarget.slice(0, mark), query: rawTarget.slice(mark + 1) };
}

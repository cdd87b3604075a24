import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';

/** A route to be found, and what is found then. */
export interface RouteEntry<R> {
  /** Resource path, e.g. `/pets/{petId}` or `/files/{proxy+}`. */
  path: string;
  httpMethod: HttpMethod;
  route: R;
}

export interface RouteMatch<R> {
  readonly route: R;
  /** Values of the path's parameters in their order, encoded as in the canonical path. */
  readonly values: readonly string[];
}

const SLASH = 0x2f;
const NO_VALUES: readonly string[] = [];
const ANY_VERBS: ReadonlySet<string> = new Set(HTTP_METHODS.filter((method) => method !== 'ANY'));

/** Methods of one resource: an exact verb beats ANY, and ANY covers the seven verbs that a method can have, no others. */
class MethodTable<R> {
  private readonly verbs = new Map<string, RouteMatch<R>>();
  private any: RouteMatch<R> | undefined;

  add(httpMethod: HttpMethod, route: R): void {
    const match = { route, values: NO_VALUES };
    if (httpMethod === 'ANY') this.any = match;
    else this.verbs.set(httpMethod, match);
  }

  find(method: string): RouteMatch<R> | undefined {
    return this.verbs.get(method) ?? (ANY_VERBS.has(method) ? this.any : undefined);
  }
}

class Node<R> {
  methods: MethodTable<R> | null = null;
  readonly statics = new Map<string, Node<R>>();
  parameter: Node<R> | null = null;
  greedy: MethodTable<R> | null = null;
}

/**
 * Finds the route of a request: segment by segment from the left, a static segment before `{param}` before `{proxy+}`. A resource without the
 * verb is as if it were not there, so that the search goes on with the next best. Costs one look per segment; a request to a resource without
 * variables costs one in all.
 */
export class RouteTree<R> {
  private readonly root = new Node<R>();
  /** Resources without variables, by their whole path. Static beats variable at every segment, so one of these is always the best match. */
  private readonly plain = new Map<string, MethodTable<R>>();

  /** Throws `TypeError` for a path that no resource can have. */
  constructor(entries: Iterable<RouteEntry<R>>) {
    for (const { path, httpMethod, route } of entries) {
      const methods = this.methodsAt(path);
      methods.add(httpMethod, route);
      if (!path.includes('{')) this.plain.set(path, methods);
    }
  }

  private methodsAt(path: string): MethodTable<R> {
    if (path === '/') return (this.root.methods ??= new MethodTable());
    const segments = path.split('/');
    if (segments.shift() !== '' || segments.length === 0 || segments.includes(''))
      throw new TypeError(`${path} is no resource path`);
    let node = this.root;
    for (const [index, segment] of segments.entries()) {
      if (segment.endsWith('+}')) {
        if (index !== segments.length - 1) throw new TypeError(`${path} goes on after ${segment}`);
        return (node.greedy ??= new MethodTable());
      }
      if (segment.startsWith('{')) node = node.parameter ??= new Node();
      else {
        let next = node.statics.get(segment);
        if (!next) node.statics.set(segment, (next = new Node()));
        node = next;
      }
    }
    return (node.methods ??= new MethodTable());
  }

  /**
   * Finds the route for `method` and the part of a canonical path that begins at `start` (a slash, or the end). Slashes at the end are ignored,
   * several at the beginning count as one. Undefined when nothing matches.
   */
  match(method: string, path: string, start = 0): RouteMatch<R> | undefined {
    let end = path.length;
    while (end > start && path.charCodeAt(end - 1) === SLASH) end--;
    if (end === start) return this.root.methods?.find(method);
    let first = start;
    while (path.charCodeAt(first + 1) === SLASH) first++;
    const match = this.plain.get(path.slice(first, end))?.find(method);
    return match ?? this.search(this.root, method, path, first + 1, end, []);
  }

  /** `at` is where the next segment begins; past `end` when there is none. */
  private search(
    node: Node<R>,
    method: string,
    path: string,
    at: number,
    end: number,
    values: string[],
  ): RouteMatch<R> | undefined {
    if (at > end) {
      const match = node.methods?.find(method);
      return match && (values.length === 0 ? match : { route: match.route, values });
    }
    let stop = path.indexOf('/', at);
    if (stop < 0 || stop > end) stop = end;
    if (node.statics.size > 0) {
      const next = node.statics.get(path.slice(at, stop));
      const match = next && this.search(next, method, path, stop + 1, end, values);
      if (match) return match;
    }
    if (node.parameter !== null && stop > at) {
      values.push(path.slice(at, stop));
      const match = this.search(node.parameter, method, path, stop + 1, end, values);
      if (match) return match;
      values.pop();
    }
    const match = node.greedy?.find(method);
    return match && { route: match.route, values: [...values, path.slice(at, end)] };
  }
}

/** Names of a resource path's parameters in their order: `/a/{b}/{c+}` gives `b`, `c`. */
export function parameterNames(path: string): string[] {
  const names: string[] = [];
  for (const segment of path.split('/')) {
    if (segment.startsWith('{')) names.push(segment.slice(1, segment.endsWith('+}') ? -2 : -1));
  }
  return names;
}

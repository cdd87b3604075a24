import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';
import { SegmentTable } from './segment-table.js';

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
const NONE = -1;
const NO_VALUES: readonly string[] = [];

const ANY = HTTP_METHODS.indexOf('ANY');
/** The verbs that a method can have; ANY covers them and no others. */
const VERBS: ReadonlyMap<string, number> = new Map(
  HTTP_METHODS.flatMap((method, verb) => (verb === ANY ? [] : [[method, verb]])),
);

/** Numbers of a node, side by side. */
const NODE = 3;
/** The node below it for a segment `{param}`. */
const PARAMETER = 0;
/** The newest entry of the resource itself, and of the resource `{proxy+}` below it. */
const METHODS = 1;
const GREEDY = 2;
const ROOT = 0;

/** Most parameters in one path: more than a path of 10,240 bytes can have segments. */
const MOST_VALUES = 10_240;
/** Where the values begin and end that the search under way has passed. */
const passed = new Int32Array(2 * MOST_VALUES);

/**
 * Finds the route of a request: segment by segment from the left, a static segment before `{param}` before `{proxy+}`. A resource without the
 * verb is as if it were not there, so that the search goes on with the next best. Costs one look per segment. Everything but the routes themselves
 * is numbers in a few rows, so that a hundred thousand routes cost little memory and few misses of the processor's caches.
 */
export class RouteTree<R> {
  private readonly routes: R[] = [];
  /** For each route its verb, and the entry before it of the same resource. */
  private readonly verbs: Uint8Array;
  private readonly earlier: Int32Array;
  private readonly nodes: Int32Array;
  private readonly statics = new SegmentTable();

  /** Throws `TypeError` for a path that no resource can have. */
  constructor(entries: Iterable<RouteEntry<R>>) {
    const nodes: number[] = [];
    const verbs: number[] = [];
    const earlier: number[] = [];
    this.addNode(nodes);
    for (const { path, httpMethod, route } of entries) {
      const list = this.listAt(path, nodes);
      earlier.push(nodes[list] as number);
      nodes[list] = this.routes.length;
      verbs.push(HTTP_METHODS.indexOf(httpMethod));
      this.routes.push(route);
    }
    this.nodes = Int32Array.from(nodes);
    this.verbs = Uint8Array.from(verbs);
    this.earlier = Int32Array.from(earlier);
    this.statics.finish();
  }

  private addNode(nodes: number[]): number {
    nodes.push(NONE, NONE, NONE);
    return nodes.length / NODE - 1;
  }

  /** Where among `nodes` the newest entry of a resource stands. */
  private listAt(path: string, nodes: number[]): number {
    if (path === '/') return ROOT * NODE + METHODS;
    const segments = path.split('/');
    if (segments.shift() !== '' || segments.length === 0 || segments.includes(''))
      throw new TypeError(`${path} is no resource path`);
    let node = ROOT;
    for (const [index, segment] of segments.entries()) {
      if (segment.endsWith('+}')) {
        if (index !== segments.length - 1) throw new TypeError(`${path} goes on after ${segment}`);
        return node * NODE + GREEDY;
      }
      if (segment.startsWith('{')) {
        const place = node * NODE + PARAMETER;
        if (nodes[place] === NONE) nodes[place] = this.addNode(nodes);
        node = nodes[place] as number;
      } else node = this.statics.add(node, segment, () => this.addNode(nodes));
    }
    return node * NODE + METHODS;
  }

  /**
   * Finds the route for `method` and the part of a canonical path that begins at `start` (a slash, or the end). Slashes at the end are ignored,
   * several at the beginning count as one. Undefined when nothing matches.
   */
  match(method: string, path: string, start = 0): RouteMatch<R> | undefined {
    const verb = VERBS.get(method);
    if (verb === undefined) return undefined;
    let end = path.length;
    while (end > start && path.charCodeAt(end - 1) === SLASH) end--;
    let first = start + 1;
    while (first < end && path.charCodeAt(first) === SLASH) first++;
    return this.search(ROOT, verb, path, first, end, 0);
  }

  /** `at` is where the next segment begins, past `end` when there is none; `values` have been passed. */
  private search(node: number, verb: number, path: string, at: number, end: number, values: number): RouteMatch<R> | undefined {
    const place = node * NODE;
    if (at > end) return this.found(this.nodes[place + METHODS] as number, verb, path, values);
    const next = this.statics.find(node, path, at, end);
    const { segmentEnd } = this.statics;
    if (next !== NONE) {
      const match = this.search(next, verb, path, segmentEnd + 1, end, values);
      if (match !== undefined) return match;
    }
    const parameter = this.nodes[place + PARAMETER] as number;
    if (parameter !== NONE && segmentEnd > at && values < MOST_VALUES - 1) {
      pass(values, at, segmentEnd);
      const match = this.search(parameter, verb, path, segmentEnd + 1, end, values + 1);
      if (match !== undefined) return match;
    }
    const greedy = this.nodes[place + GREEDY] as number;
    if (greedy === NONE) return undefined;
    pass(values, at, end);
    return this.found(greedy, verb, path, values + 1);
  }

  /** The route of one resource for a verb, among the entries that end with `entry`: an exact verb beats ANY. */
  private found(entry: number, verb: number, path: string, values: number): RouteMatch<R> | undefined {
    let any = NONE;
    for (let at = entry; at !== NONE; at = this.earlier[at] as number) {
      const own = this.verbs[at];
      if (own === verb) return { route: this.routes[at] as R, values: valuesOf(path, values) };
      if (own === ANY && any === NONE) any = at;
    }
    return any === NONE ? undefined : { route: this.routes[any] as R, values: valuesOf(path, values) };
  }
}

function pass(values: number, from: number, to: number): void {
  passed[2 * values] = from;
  passed[2 * values + 1] = to;
}

function valuesOf(path: string, count: number): readonly string[] {
  if (count === 0) return NO_VALUES;
  const values: string[] = [];
  for (let i = 0; i < count; i++) values.push(path.slice(passed[2 * i], passed[2 * i + 1]));
  return values;
}

/** Names of a resource path's parameters in their order: `/a/{b}/{c+}` gives `b`, `c`. */
export function parameterNames(path: string): string[] {
  const names: string[] = [];
  for (const segment of path.split('/')) {
    if (segment.startsWith('{')) names.push(segment.slice(1, segment.endsWith('+}') ? -2 : -1));
  }
  return names;
}

import { HTTP_METHODS, type HttpMethod } from '@gatehouse/api-model';
import {
  ABOVE,
  BELOW,
  ENTRY_SHIFT,
  GREEDY,
  HAS_EARLIER,
  HASH,
  hashOf,
  isTextAt,
  METHODS,
  NODE,
  NONE,
  PARAMETER,
  PLACE,
  ROOT,
  startOf,
  STATICS,
  TEXT,
  TreeBuilder,
  VERB_BITS,
} from './tree-layout.js';

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

const ANY = HTTP_METHODS.indexOf('ANY');
/** The verbs that a method can have; ANY covers them and no others. */
const VERBS: ReadonlyMap<string, number> = new Map(
  HTTP_METHODS.flatMap((method, verb) => (verb === ANY ? [] : [[method, verb]])),
);

const MOST_CANDIDATES = 100;
/** More values than a path of 10,240 bytes can have. */
const MOST_VALUES = 10_240;
/** Where the values begin and end that the search under way has passed. */
const passed = new Int32Array(2 * MOST_VALUES);

/**
 * Finds the route of a request: segment by segment from the left, a static segment before `{param}` before `{proxy+}`. A resource without the
 * verb is as if it were not there, so that the search goes on with the next best. Costs one look per segment, among a hundred thousand routes as among
 * ten.
 */
export class RouteTree<R> {
  private readonly routes: R[] = [];
  private readonly numbers: Int32Array;
  private readonly entries: number;
  private readonly places: number;
  private readonly mask: number;
  private readonly texts: number;

  /** Throws `TypeError` for a path that no resource can have. */
  constructor(entries: Iterable<RouteEntry<R>>) {
    const builder = new TreeBuilder();
    for (const { path, httpMethod, route } of entries) {
      builder.add(path, httpMethod);
      this.routes.push(route);
    }
    const layout = builder.finish();
    this.numbers = layout.numbers;
    this.entries = layout.entries;
    this.places = layout.places;
    this.mask = layout.mask;
    this.texts = layout.texts;
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

  /** Everything that a path could be for, whatever the verb, what is preferred first; of very many the first. For explanations: it looks at all of them. */
  candidates(path: string, start = 0): R[] {
    let end = path.length;
    while (end > start && path.charCodeAt(end - 1) === SLASH) end--;
    let first = start + 1;
    while (first < end && path.charCodeAt(first) === SLASH) first++;
    const found: R[] = [];
    this.gather(ROOT, path, first, end, found);
    return found;
  }

  private gather(node: number, path: string, at: number, end: number, found: R[]): void {
    if (found.length >= MOST_CANDIDATES) return;
    const { numbers } = this;
    const numbersAt = node * NODE;
    if (at > end) return this.gatherMethods(numbers[numbersAt + METHODS] as number, found);
    const slash = path.indexOf('/', at);
    const stop = slash < 0 || slash > end ? end : slash;
    const below = numbers[numbersAt + STATICS] === 0 ? NONE : this.below(node, path, at, stop);
    if (below !== NONE) this.gather(below, path, stop + 1, end, found);
    const parameter = numbers[numbersAt + PARAMETER] as number;
    if (parameter !== NONE && stop > at) this.gather(parameter, path, stop + 1, end, found);
    this.gatherMethods(numbers[numbersAt + GREEDY] as number, found);
  }

  private gatherMethods(newest: number, found: R[]): void {
    for (let entry = newest; entry !== NONE;) {
      const place = entry >> ENTRY_SHIFT;
      found.push(this.routes[place] as R);
      entry = entry & HAS_EARLIER ? (this.numbers[this.entries + place] as number) : NONE;
    }
  }

  /** `at` is where the next segment begins, past `end` when there is none; `values` have been passed. */
  private search(node: number, verb: number, path: string, at: number, end: number, values: number): RouteMatch<R> | undefined {
    const { numbers } = this;
    const numbersAt = node * NODE;
    if (at > end) return this.found(numbers[numbersAt + METHODS] as number, verb, path, values);
    const slash = path.indexOf('/', at);
    const stop = slash < 0 || slash > end ? end : slash;
    if (numbers[numbersAt + STATICS] !== 0) {
      const below = this.below(node, path, at, stop);
      const match = below === NONE ? undefined : this.search(below, verb, path, stop + 1, end, values);
      if (match !== undefined) return match;
    }
    const parameter = numbers[numbersAt + PARAMETER] as number;
    if (parameter !== NONE && stop > at) {
      pass(values, at, stop);
      const match = this.search(parameter, verb, path, stop + 1, end, values + 1);
      if (match !== undefined) return match;
    }
    const greedy = numbers[numbersAt + GREEDY] as number;
    if (greedy === NONE) return undefined;
    pass(values, at, end);
    return this.found(greedy, verb, path, values + 1);
  }

  /** The node below another one by the static segment that begins at `at` and ends at `stop`. */
  private below(node: number, path: string, at: number, stop: number): number {
    const { numbers, mask, places, texts } = this;
    const hash = hashOf(path, at, stop);
    for (let slot = startOf(node, hash) & mask; ; slot = (slot + 1) & mask) {
      const place = places + slot * PLACE;
      const above = numbers[place + ABOVE];
      if (above === NONE) return NONE;
      if (above !== node || numbers[place + HASH] !== hash) continue;
      if (isTextAt(numbers, texts + (numbers[place + TEXT] as number), path, at, stop)) return numbers[place + BELOW] as number;
    }
  }

  /** The route of one resource for a verb, among its entries, the newest of which is given: an exact verb beats ANY. */
  private found(newest: number, verb: number, path: string, values: number): RouteMatch<R> | undefined {
    let any = NONE;
    for (let entry = newest; entry !== NONE;) {
      const place = entry >> ENTRY_SHIFT;
      const own = entry & VERB_BITS;
      if (own === verb) return { route: this.routes[place] as R, values: valuesOf(path, values) };
      if (own === ANY && any === NONE) any = place;
      entry = entry & HAS_EARLIER ? (this.numbers[this.entries + place] as number) : NONE;
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

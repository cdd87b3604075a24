import { type PatternMatcher, UndecidedMatch } from '@gatehouse/patterns';
import { JsonPathEvaluationError } from '../errors.js';
import type { JsonValue } from '../json/json-value.js';
import { COMPARE } from './comparisons.js';
import type { Condition, Operand, PathAst, Segment } from './path-ast.js';
import { FUNCTIONS, type PathFunction } from './path-functions.js';
import { parsePath } from './path-parser.js';

/** Values that one reading may look at. */
const MOST_VISITS = 200_000;

/**
 * A compiled path.
 *
 * `isDefinite` says that it leads to one value at most (`$.a[0].b`); others (`$..a`, `[*]`, slices, unions, filters) lead to a list.
 */
export interface JsonPath {
  readonly isDefinite: boolean;
  /**
   * What the path leads to in a document: for a definite path the value, or undefined where there is none; for others an array, new each time, empty where
   * nothing matches.
   *
   * @throws JsonPathEvaluationError for a path whose work on this document is more than 200,000 values, or a function of nothing
   */
  read(document: JsonValue): JsonValue | undefined;
}

/**
 * Compiles a path in Jayway's notation: `$.a.b`, `['a']`, `[0]`, `[-1]`, `[0,1]`, `['a','b']`, `[1:3]`, `*`, `..`, `[?(@.a > 1 && @.b in ['x'])]`,
 * `length() size() keys() min() max() avg() stddev() sum() concat() append() first() last() index()`.
 *
 * @throws JsonPathSyntaxError
 */
export function compileJsonPath(text: string): JsonPath {
  const ast = parsePath(text);
  const names = plainNames(ast);
  return names === undefined ? new GeneralPath(ast) : new PlainPath(names);
}

/** The names and single indices of a path that has nothing else: what nearly all paths are. */
function plainNames({ segments }: PathAst): (string | number)[] | undefined {
  const names: (string | number)[] = [];
  for (const segment of segments) {
    if (segment.kind === 'names' && segment.names.length === 1) names.push(segment.names[0] as string);
    else if (segment.kind === 'indices' && segment.indices.length === 1) names.push(segment.indices[0] as number);
    else return undefined;
  }
  return names;
}

class PlainPath implements JsonPath {
  readonly isDefinite = true;

  constructor(private readonly names: readonly (string | number)[]) {}

  read(document: JsonValue): JsonValue | undefined {
    let value: JsonValue | undefined = document;
    for (const name of this.names) {
      if (typeof name === 'string') value = value instanceof Map ? value.get(name) : undefined;
      else value = Array.isArray(value) ? value.at(name) : undefined;
      if (value === undefined) return undefined;
    }
    return value;
  }
}

class GeneralPath implements JsonPath {
  readonly isDefinite: boolean;
  private readonly walk: PathWalk;

  constructor(ast: PathAst) {
    this.walk = new PathWalk(ast);
    this.isDefinite = this.walk.isDefinite;
  }

  read(document: JsonValue): JsonValue | undefined {
    return this.walk.read(document, { document, visits: 0 });
  }
}

interface Reading {
  document: JsonValue;
  visits: number;
}

type Test = (value: JsonValue, reading: Reading) => boolean;
type Value = (value: JsonValue, reading: Reading) => JsonValue | undefined;
type Step = (value: JsonValue, reading: Reading, out: JsonValue[]) => void;

/** Segments as functions, each of which calls the next for every value that it leads to. A function at the end is of all values before it. */
class PathWalk {
  readonly isDefinite: boolean;
  private readonly isEach: boolean;
  private readonly isOfDocument: boolean;
  private readonly first: Step;
  private readonly final: { apply: PathFunction; parameters: readonly Value[] } | null;

  constructor({ root, segments }: PathAst) {
    this.isOfDocument = root === '$';
    const last = segments.at(-1);
    const walked = last?.kind === 'function' ? segments.slice(0, -1) : segments;
    if (walked.some(({ kind }) => kind === 'function'))
      throw new JsonPathEvaluationError('a function stands in the middle of a path');
    this.final =
      last?.kind === 'function'
        ? { apply: FUNCTIONS.get(last.name) as PathFunction, parameters: last.parameters.map(valueOf) }
        : null;
    this.isDefinite = walked.every((segment, n) => isDefiniteSegment(segment, n === walked.length - 1));
    this.isEach = !this.isDefinite && !walked.some(({ kind }) => kind === 'scan');
    let step: Step = (value, reading, out) => {
      visit(reading);
      out.push(value);
    };
    for (let n = walked.length - 1; n >= 0; n--) {
      const segment = walked[n] as Segment;
      if (segment.kind !== 'scan') step = this.stepFor(segment, n === walked.length - 1, walked[n - 1]?.kind === 'scan', step);
    }
    this.first = step;
  }

  private stepFor(segment: Segment, isLast: boolean, isScanned: boolean, next: Step): Step {
    const isMerged = segment.kind === 'names' && segment.names.length > 1 && isLast;
    const step = isMerged ? mergedNames(segment.names, next) : stepOf(segment, next);
    if (!isScanned) return step;
    // Items of an array meet a filter when they are met themselves: those that are no objects never do.
    return scanned(segment.kind === 'filter' ? scannedFilter(testOf(segment.condition), next) : step);
  }

  read(current: JsonValue, reading: Reading): JsonValue | undefined {
    const out: JsonValue[] = [];
    const from = this.isOfDocument ? reading.document : current;
    this.first(from, reading, out);
    const found = this.isDefinite ? out[0] : out;
    if (this.final === null || found === undefined) return found;
    const { apply, parameters } = this.final;
    const given: JsonValue[] = [];
    for (const parameter of parameters) given.push(parameter(from, reading) ?? null);
    const applied = (value: JsonValue) => {
      // Functions go through lists quickly, but not for nothing.
      for (const list of [value, ...given]) if (Array.isArray(list)) visit(reading, list.length >> 4);
      return apply(value, given);
    };
    // Of what `..` finds a function is of all together, else of each.
    if (!this.isEach) return applied(found);
    return out.map(applied).filter((value) => value !== undefined);
  }
}

/** Several names at the end make one object. */
function isDefiniteSegment(segment: Segment, isLast: boolean): boolean {
  if (segment.kind === 'indices') return segment.indices.length === 1;
  return segment.kind === 'names' && (segment.names.length === 1 || isLast);
}

function visit(reading: Reading, values = 1): void {
  reading.visits += values;
  if (reading.visits > MOST_VISITS) throw new JsonPathEvaluationError('a JSON path looks at too many values');
}

function stepOf(segment: Segment, next: Step): Step {
  switch (segment.kind) {
    case 'names':
      return eachName(segment.names, next);
    case 'wildcard':
      return (value, reading, out) => {
        for (const item of itemsOf(value)) {
          visit(reading);
          next(item, reading, out);
        }
      };
    case 'indices':
      return (value, reading, out) => {
        if (!Array.isArray(value)) return;
        for (const index of segment.indices) {
          visit(reading);
          const item = value.at(index);
          if (item !== undefined) next(item, reading, out);
        }
      };
    case 'slice':
      return slice(segment.from, segment.to, next);
    case 'filter':
      return filter(testOf(segment.condition), next);
    case 'scan':
    case 'function':
      throw new JsonPathEvaluationError('a path that ends in the middle');
  }
}

function eachName(names: readonly string[], next: Step): Step {
  return (value, reading, out) => {
    if (!(value instanceof Map)) return;
    for (const name of names) {
      visit(reading);
      const member = value.get(name);
      if (member !== undefined) next(member, reading, out);
    }
  };
}

/** One object of those members that are there. */
function mergedNames(names: readonly string[], next: Step): Step {
  return (value, reading, out) => {
    visit(reading);
    if (!(value instanceof Map)) return;
    const merged = new Map<string, JsonValue>();
    for (const name of names) {
      const member = value.get(name);
      if (member !== undefined) merged.set(name, member);
    }
    next(merged, reading, out);
  };
}

/** Between two places, below zero from the end one by one. Source: Jayway, ArraySliceToken. */
function slice(from: number | null, to: number | null, next: Step): Step {
  return (value, reading, out) => {
    if (!Array.isArray(value)) return;
    const { length } = value;
    const first = from === null ? 0 : to === null && from < 0 ? Math.max(0, length + from) : from;
    const end = to === null ? length : from === null && to < 0 ? length + to : Math.min(length, to);
    for (let n = Math.max(first, -length); n < end; n++) {
      visit(reading);
      const item = value.at(n);
      if (item !== undefined) next(item, reading, out);
    }
  };
}

/** Of an array the items that pass; an object passes as a whole. */
function filter(test: Test, next: Step): Step {
  return (value, reading, out) => {
    for (const item of Array.isArray(value) ? value : value instanceof Map ? [value] : []) {
      visit(reading);
      if (test(item, reading)) next(item, reading, out);
    }
  };
}

/** What stands behind `..`: of the value itself first, then of everything within, in the order of the document. */
function scanned(step: Step): Step {
  const walk: Step = (value, reading, out) => {
    visit(reading);
    step(value, reading, out);
    for (const item of itemsOf(value)) walk(item, reading, out);
  };
  return walk;
}

function scannedFilter(test: Test, next: Step): Step {
  return (value, reading, out) => {
    if (value instanceof Map && test(value, reading)) next(value, reading, out);
  };
}

function itemsOf(value: JsonValue): Iterable<JsonValue> {
  return Array.isArray(value) ? value : value instanceof Map ? value.values() : [];
}

function testOf(condition: Condition): Test {
  switch (condition.kind) {
    case 'and': {
      const tests = condition.parts.map(testOf);
      return (value, reading) => tests.every((test) => test(value, reading));
    }
    case 'or': {
      const tests = condition.parts.map(testOf);
      return (value, reading) => tests.some((test) => test(value, reading));
    }
    case 'not': {
      const test = testOf(condition.condition);
      return (value, reading) => !test(value, reading);
    }
    case 'exists': {
      const operand = valueOf(condition.operand);
      return (value, reading) => operand(value, reading) !== undefined;
    }
    case 'matches': {
      const left = valueOf(condition.left);
      return (value, reading) => matches(condition.pattern, left(value, reading));
    }
    case 'compare': {
      const [left, right] = [valueOf(condition.left), valueOf(condition.right)];
      const compare = COMPARE[condition.comparison];
      return (value, reading) => {
        visit(reading);
        return compare(left(value, reading), right(value, reading), () => visit(reading));
      };
    }
  }
}

/** Texts, numbers and booleans as texts, all else as an empty one. */
function matches(pattern: PatternMatcher, value: JsonValue | undefined): boolean {
  try {
    return pattern.matches(
      value === undefined || value === null || value instanceof Map || Array.isArray(value) ? '' : String(value),
    );
  } catch (error) {
    if (error instanceof UndecidedMatch) throw new JsonPathEvaluationError('a pattern of a JSON path takes too long');
    throw error;
  }
}

function valueOf(operand: Operand): Value {
  if (operand.kind === 'value') return () => operand.value;
  const walk = new PathWalk(operand.path);
  return (value, reading) => walk.read(value, reading);
}

import { canonicalText, isObject, type JsonArray, type JsonValue } from '../json-value.js';
import type { Check, KeywordFactory } from '../keyword.js';
import type { Report } from '../report.js';

/** Where `items` has a schema for each place, and others are not allowed. */
export const additionalItems: KeywordFactory<JsonArray> = (place) => {
  const items = place.keyword('items');
  if (place.keyword('additionalItems') !== false || !Array.isArray(items)) return null;
  const allowed = items.length;
  return (value, report) => {
    if (value.length <= allowed) return;
    report.fail(() => `schema only allows ${allowed} elements in array but instance has ${value.length} elements`);
  };
};

export const maxItems: KeywordFactory<JsonArray> = (place) => {
  const most = place.count('maxItems');
  if (most === undefined) return null;
  return (value, report) => {
    if (value.length <= most) return;
    report.fail(() => `array is too long: must have at most ${most} elements but instance has ${value.length} elements`);
  };
};

export const minItems: KeywordFactory<JsonArray> = (place) => {
  const least = place.count('minItems');
  if (least === undefined) return null;
  return (value, report) => {
    if (value.length >= least) return;
    report.fail(() => `array is too short: must have at least ${least} elements but instance has ${value.length} elements`);
  };
};

export const uniqueItems: KeywordFactory<JsonArray> = (place) => {
  if (place.flag('uniqueItems') !== true) return null;
  return (value, report) => {
    if (hasRepeats(value, report)) report.fail(() => 'array must not contain duplicate elements');
  };
};

function hasRepeats(values: JsonArray, { work }: Report): boolean {
  const seen = new Set<string>();
  for (const value of values) {
    // Texts stand for themselves; what they begin with tells them from the texts of other values.
    const name = typeof value === 'string' ? `"${value}` : canonicalText(value, work);
    work.read(name);
    if (seen.has(name)) return true;
    seen.add(name);
  }
  return false;
}

/** The checks of a list's elements by `items` and `additionalItems`; null where there are none. */
export const elements: KeywordFactory<JsonArray> = (place, compiler) => {
  const items = place.keyword('items');
  if (items === undefined) return null;
  if (isObject(items)) return eachFrom(0, [], compiler.compile(place.inner('items')));
  const checks = (place.list('items') ?? []).map((_, at) => compiler.compile(place.inner('items', String(at))));
  const rest = place.keyword('additionalItems');
  if (rest !== undefined && typeof rest !== 'boolean' && !isObject(rest))
    return place.refuse('additionalItems', 'is not a schema');
  return eachFrom(checks.length, checks, isObject(rest) ? compiler.compile(place.inner('additionalItems')) : null);
};

function eachFrom(first: number, checks: readonly Check[], rest: Check | null): Check<JsonArray> {
  return (value, report) => {
    const end = rest === null ? Math.min(value.length, first) : value.length;
    for (let at = 0; at < end; at++) {
      ((at < first ? checks[at] : rest) as Check)(value[at] as JsonValue, report);
      if (report.decided) return;
    }
  };
}

import { isObject, printJson, type JsonObject, type JsonValue } from '../json-value.js';
import type { Check, KeywordFactory } from '../keyword.js';
import type { Report } from '../report.js';
import type { SchemaPlace } from '../schema-place.js';

/** Names that every object seems to have. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether an object of JSON has a member: a look at the member itself is faster, but for names that prototypes have. */
function presence(name: string): (object: JsonObject) => boolean {
  return INHERITED.has(name) ? (object) => Object.hasOwn(object, name) : (object) => object[name] !== undefined;
}

function namesOf(object: JsonObject, { work }: Report): string[] {
  const names = Object.keys(object);
  work.spend(names.length);
  return names;
}

export const additionalProperties: KeywordFactory<JsonObject> = (place, compiler) => {
  if (place.keyword('additionalProperties') !== false) return null;
  const known = new Set(Object.keys(place.map('properties') ?? {}));
  const patterns = Object.keys(place.map('patternProperties') ?? {}).map((text) =>
    compiler.patterns.finder(text, place, 'patternProperties'),
  );
  return (value, report) => {
    const isUnwanted = (name: string) => !known.has(name) && !patterns.some((isFoundIn) => isFoundIn(name, report));
    const names = namesOf(value, report);
    if (!names.some(isUnwanted)) return;
    report.fail(() => {
      const unwanted = names.filter(isUnwanted).sort();
      return `object instance has properties which are not allowed by the schema: ${printJson(unwanted)}`;
    });
  };
};

export const maxProperties: KeywordFactory<JsonObject> = (place) => {
  const most = place.count('maxProperties');
  if (most === undefined) return null;
  return (value, report) => {
    const found = namesOf(value, report).length;
    if (found > most) report.fail(() => `object has too many properties (found ${found} but schema requires at most ${most})`);
  };
};

export const minProperties: KeywordFactory<JsonObject> = (place) => {
  const least = place.count('minProperties');
  if (least === undefined) return null;
  return (value, report) => {
    const found = namesOf(value, report).length;
    if (found < least) report.fail(() => `object has too few properties (found ${found} but schema requires at least ${least})`);
  };
};

export const required: KeywordFactory<JsonObject> = (place) => {
  const names = place.texts('required');
  if (names === undefined) return null;
  const wanted = [...new Set(names)].sort().map((name) => ({ name, isIn: presence(name) }));
  return (value, report) => {
    report.work.spend(wanted.length);
    for (const { isIn } of wanted) {
      if (isIn(value)) continue;
      const missing = () => wanted.filter((each) => !each.isIn(value)).map(({ name }) => name);
      return report.fail(() => `object has missing required properties (${printJson(missing())})`);
    }
  };
};

/** Of a schema the value must fit it in its place; of names they must be there. */
export const dependencies: KeywordFactory<JsonObject> = (place, compiler) => {
  const map = place.map('dependencies');
  if (map === undefined) return null;
  const ofNames: Check<JsonObject>[] = [];
  const ofSchemas: Check<JsonObject>[] = [];
  for (const [name, dependency] of Object.entries(map)) {
    const isIn = presence(name);
    if (isObject(dependency)) {
      const check = compiler.compileInPlace(place.inner('dependencies', name), place);
      ofSchemas.push((value, report) => {
        if (!isIn(value)) return;
        report.work.enter();
        check(value, report);
        report.work.leave();
      });
      continue;
    }
    if (!Array.isArray(dependency)) return place.refuse('dependencies', 'has what is neither a schema nor a list of names');
    const needed = place.texts('dependencies', dependency) ?? [];
    ofNames.push((value, report) => {
      if (!isIn(value)) return;
      const missing = needed.filter((each) => !Object.hasOwn(value, each));
      if (missing.length === 0) return;
      report.fail(() => {
        const lists = `(schema requires ${printJson(needed)}; missing: ${printJson(missing)})`;
        return `property "${name}" of object has missing property dependencies ${lists}`;
      });
    });
  }
  return (value, report) => {
    for (const check of ofNames) check(value, report);
    for (const check of ofSchemas) check(value, report);
  };
};

/** The checks of an object's members by `properties`, `patternProperties` and `additionalProperties`; null where there are none. */
export const members: KeywordFactory<JsonObject> = (place, compiler) => {
  const named = Object.keys(place.map('properties') ?? {}).map((name): [string, Check] => [
    name,
    compiler.compile(place.inner('properties', name)),
  ]);
  const patterned = Object.keys(place.map('patternProperties') ?? {}).map((text) => ({
    isFoundIn: compiler.patterns.finder(text, place, 'patternProperties'),
    check: compiler.compile(place.inner('patternProperties', text)),
  }));
  const additional = additionalCheck(place, compiler);
  if (named.length + patterned.length === 0 && additional === null) return null;
  if (patterned.length === 0 && additional === null) return ofNames(named);

  const byName = new Map(named);
  return (value, report) => {
    const names = namesOf(value, report);
    if (report.messages !== null) names.sort();
    for (const name of names) {
      const member = value[name] as JsonValue;
      const own = byName.get(name);
      let isKnown = own !== undefined;
      own?.(member, report);
      for (const { isFoundIn, check } of patterned) {
        if (!isFoundIn(name, report)) continue;
        isKnown = true;
        check(member, report);
      }
      if (!isKnown) additional?.(member, report);
      if (report.decided) return;
    }
  };
};

/** Only members that have names are looked at: they are looked for, in the order of their names, which is that of AWS's messages. */
function ofNames(named: readonly [string, Check][]): Check<JsonObject> {
  const wanted = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, check]) => ({ name, check, isIn: presence(name) }));
  return (value, report) => {
    report.work.spend(wanted.length);
    for (const { name, check, isIn } of wanted) {
      if (!isIn(value)) continue;
      check(value[name] as JsonValue, report);
      if (report.decided) return;
    }
  };
}

function additionalCheck(place: SchemaPlace, compiler: Parameters<KeywordFactory>[1]): Check | null {
  const value = place.keyword('additionalProperties');
  if (value === undefined || typeof value === 'boolean') return null;
  return compiler.compile(place.inner('additionalProperties'));
}

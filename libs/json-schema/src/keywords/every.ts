import { canonicalText, printJson, typeOf, TYPES, INTEGER, NUMBER, type JsonArray, type JsonValue } from '../json-value.js';
import type { Check, KeywordFactory, SchemaCompiler } from '../keyword.js';
import { Report } from '../report.js';
import type { SchemaPlace } from '../schema-place.js';

const enumKeyword: KeywordFactory = (place) => {
  const values = place.list('enum');
  if (values === undefined) return null;
  const texts = new Set(values.filter((value) => typeof value === 'string'));
  const others = new Set(values.filter((value) => typeof value !== 'string').map((value) => canonicalText(value)));
  return (value, report) => {
    const isIn = typeof value === 'string' ? texts.has(value) : others.size > 0 && others.has(canonicalText(value, report.work));
    if (!isIn)
      report.fail(() => `instance value (${printJson(value)}) not found in enum (possible values: ${printJson(values)})`);
  };
};

const type: KeywordFactory = (place) => {
  const given = place.keyword('type');
  if (given === undefined) return null;
  const names = typeof given === 'string' ? [given] : (place.texts('type') ?? []);
  const allowed = TYPES.map((name) => names.includes(name));
  if (names.length === 0 || names.some((name) => !(TYPES as readonly string[]).includes(name)))
    return place.refuse('type', 'is no type');
  // Every integer is a number.
  if (allowed[NUMBER]) allowed[INTEGER] = true;
  return (value, report) => {
    const found = typeOf(value);
    if (allowed[found]) return;
    report.fail(() => {
      const list = printJson(TYPES.filter((_, number) => allowed[number]));
      return `instance type (${TYPES[found]}) does not match any allowed primitive type (allowed: ${list})`;
    });
  };
};

const allOf: KeywordFactory = (place, compiler) => {
  const checks = alternatives('allOf', place, compiler);
  if (checks === null) return null;
  return (value, report) => {
    let matched = 0;
    for (const check of checks) {
      if (fits(check, value, report)) matched++;
      else if (report.messages === null) break;
    }
    if (matched === checks.length) return;
    report.fail(() => `instance failed to match all required schemas (matched only ${matched} out of ${checks.length})`);
  };
};

const anyOf: KeywordFactory = (place, compiler) => {
  const checks = alternatives('anyOf', place, compiler);
  if (checks === null) return null;
  return (value, report) => {
    for (const check of checks) if (fits(check, value, report)) return;
    report.fail(() => `instance failed to match at least one required schema among ${checks.length}`);
  };
};

const oneOf: KeywordFactory = (place, compiler) => {
  const checks = alternatives('oneOf', place, compiler);
  if (checks === null) return null;
  return (value, report) => {
    let matched = 0;
    for (const check of checks) if (fits(check, value, report)) matched++;
    if (matched === 1) return;
    report.fail(() => `instance failed to match exactly one schema (matched ${matched} out of ${checks.length})`);
  };
};

const not: KeywordFactory = (place, compiler) => {
  if (place.keyword('not') === undefined) return null;
  const check = compiler.compileInPlace(place.inner('not'), place);
  return (value, report) => {
    if (fits(check, value, report)) report.fail(() => 'instance matched a schema which it should not have');
  };
};

/** What the schemas within these find is not told, as on AWS. */
function alternatives(keyword: string, place: SchemaPlace, compiler: SchemaCompiler): Check[] | null {
  const schemas: JsonArray | undefined = place.list(keyword);
  if (schemas === undefined) return null;
  if (schemas.length === 0) return place.refuse(keyword, 'is empty');
  return schemas.map((_, at) => compiler.compileInPlace(place.inner(keyword, String(at)), place));
}

function fits(check: Check, value: JsonValue, { work }: Report): boolean {
  const report = new Report(work);
  work.enter();
  check(value, report);
  work.leave();
  return !report.failed;
}

/** The keywords that look at values of all types. */
export const EVERY = { allOf, anyOf, enum: enumKeyword, not, oneOf, type } satisfies Record<string, KeywordFactory>;

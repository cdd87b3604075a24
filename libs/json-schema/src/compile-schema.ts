import { ARRAY, INTEGER, NUMBER, OBJECT, STRING, typeOf, TYPES, type JsonObject, type JsonValue } from './json-value.js';
import type { Check, KeywordFactory, Keywords, SchemaCompiler } from './keyword.js';
import { additionalItems, elements, maxItems, minItems, uniqueItems } from './keywords/arrays.js';
import { EVERY } from './keywords/every.js';
import { maximum, minimum, multipleOf } from './keywords/numbers.js';
import { additionalProperties, dependencies, maxProperties, members, minProperties, required } from './keywords/objects.js';
import { format, maxLength, minLength, pattern } from './keywords/strings.js';
import { Patterns } from './patterns.js';
import { RefusedSchema } from './refused-schema.js';
import { placeAt, type SchemaPlace } from './schema-place.js';

/** Schemas that are compiled within one another, references followed: what the stack holds. */
const MOST_LEVELS = 1000;

const KEYWORDS: Keywords = {
  every: EVERY,
  array: { additionalItems, maxItems, minItems, uniqueItems },
  number: { maximum, minimum, multipleOf },
  object: { additionalProperties, dependencies, maxProperties, minProperties, required },
  string: { format, maxLength, minLength, pattern },
};

/** Finds the documents that schemas refer to. */
export interface SchemaDocuments {
  /** The name of the document that a reference without its fragment leads to; undefined for one that leads to none that may be used. */
  nameOf(reference: string): string | undefined;
  /** Throws `RefusedSchema` where the document is no schema. */
  find(name: string): JsonObject | undefined;
}

/** A schema that is compiled, or is about to be. */
interface Compiled {
  check: Check | null;
  /** Those that look at the same value. */
  readonly inPlace: Set<Compiled>;
  readonly place: SchemaPlace;
}

/**
 * Compiles schemas of draft 4 once into functions. Keywords are looked at in the order of their names, and what is within a list or an object only where the value itself has passed:
 * that, and the messages, are those of the Java library json-schema-validator, which AWS validates with.
 */
export class CompiledSchemas implements SchemaCompiler {
  readonly patterns = new Patterns();
  private readonly known = new Map<JsonObject, Compiled>();
  private levels = 0;

  constructor(private readonly documents: SchemaDocuments) {}

  /**
   * The check of a whole document.
   *
   * @throws RefusedSchema for one that is no schema, refers to what cannot be used, comes back to itself without end, or has a pattern that cannot be matched in linear time
   */
  compileDocument(name: string): Check {
    const place = this.placeIn(name, '');
    if (place === undefined) throw new RefusedSchema(name, '', 'there is no such schema');
    try {
      const check = this.compile(place);
      this.refuseCircles();
      return check;
    } catch (error) {
      // What was begun is not finished by the next document that asks for it.
      this.known.clear();
      this.levels = 0;
      throw error;
    }
  }

  compile(place: SchemaPlace): Check {
    return checkOf(this.compiled(place));
  }

  compileInPlace(place: SchemaPlace, around: SchemaPlace): Check {
    const compiled = this.compiled(place);
    this.known.get(around.schema)?.inPlace.add(compiled);
    return checkOf(compiled);
  }

  private compiled(place: SchemaPlace): Compiled {
    const known = this.known.get(place.schema);
    if (known !== undefined) return known;
    const compiled: Compiled = { check: null, inPlace: new Set(), place };
    this.known.set(place.schema, compiled);
    if (++this.levels > MOST_LEVELS) throw new RefusedSchema(place.document, place.pointer, 'schemas that are nested too deep');
    const reference = place.keyword('$ref');
    // All else beside a reference means nothing. A property may have that name, too.
    compiled.check =
      typeof reference === 'string' ? this.compileInPlace(this.referred(place, reference), place) : this.compileKeywords(place);
    this.levels--;
    return compiled;
  }

  private referred(place: SchemaPlace, reference: string): SchemaPlace {
    const hash = reference.indexOf('#');
    const locator = hash < 0 ? reference : reference.slice(0, hash);
    const document = locator === '' ? place.document : this.documents.nameOf(locator);
    if (document === undefined) return place.refuse('$ref', `${JSON.stringify(reference)} is not a model of this API`);
    const target = this.placeIn(document, hash < 0 ? '' : reference.slice(hash + 1));
    return target ?? place.refuse('$ref', `${JSON.stringify(reference)} leads to no schema`);
  }

  private placeIn(document: string, fragment: string): SchemaPlace | undefined {
    const root = this.documents.find(document);
    return root === undefined ? undefined : placeAt(document, root, fragment);
  }

  private compileKeywords(place: SchemaPlace): Check {
    const every = this.checksOf(KEYWORDS.every, place);
    const array = [...every, ...this.checksOf(KEYWORDS.array, place)];
    const number = [...every, ...this.checksOf(KEYWORDS.number, place)];
    const object = [...every, ...this.checksOf(KEYWORDS.object, place)];
    const string = [...every, ...this.checksOf(KEYWORDS.string, place)];
    const byType: (readonly Check[])[] = TYPES.map(() => inOrder(every));
    byType[ARRAY] = inOrder(array);
    byType[INTEGER] = byType[NUMBER] = inOrder(number);
    byType[OBJECT] = inOrder(object);
    byType[STRING] = inOrder(string);
    const ofElements = elements(place, this) as Check | null;
    const ofMembers = members(place, this) as Check | null;
    return (value, report) => {
      const type = typeOf(value);
      report.work.spend(1);
      for (const check of byType[type] as readonly Check[]) {
        check(value, report);
        if (report.decided) return;
      }
      const within = type === OBJECT ? ofMembers : type === ARRAY ? ofElements : null;
      if (within === null || report.failed) return;
      report.work.enter();
      within(value, report);
      report.work.leave();
    };
  }

  private checksOf<V extends JsonValue>(keywords: Record<string, KeywordFactory<V>>, place: SchemaPlace): [string, Check][] {
    return Object.entries(keywords).flatMap(([keyword, factory]): [string, Check][] => {
      const check = factory(place, this);
      // They are only asked about values of their type.
      return check === null ? [] : [[keyword, check as Check]];
    });
  }

  /** A schema that comes back to itself for the same value would never end. */
  private refuseCircles(): void {
    const done = new Set<Compiled>();
    const open = new Set<Compiled>();
    const visit = (compiled: Compiled): void => {
      if (done.has(compiled)) return;
      if (open.has(compiled))
        throw new RefusedSchema(compiled.place.document, compiled.place.pointer, 'a schema that refers to itself without end');
      open.add(compiled);
      for (const next of compiled.inPlace) visit(next);
      open.delete(compiled);
      done.add(compiled);
    };
    for (const compiled of this.known.values()) visit(compiled);
  }
}

const inOrder = (checks: readonly [string, Check][]): Check[] =>
  [...checks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, check]) => check);

/** The check itself where it is there, else one that asks for it when it is. */
function checkOf(compiled: Compiled): Check {
  return compiled.check ?? ((value, report) => (compiled.check as Check)(value, report));
}

import type { JsonArray, JsonObject, JsonValue, ExactNumber } from './json-value.js';
import type { Patterns } from './patterns.js';
import type { Report } from './report.js';
import type { SchemaPlace } from './schema-place.js';

/** Looks at a value and tells the report what is wrong with it. */
export type Check<V = JsonValue> = (value: V, report: Report) => void;

/** What keywords need of the compiler. */
export interface SchemaCompiler {
  /** Of all schemas that are compiled together. */
  readonly patterns: Patterns;
  /** The check of a schema; that of one which is being compiled comes into being later. */
  compile(place: SchemaPlace): Check;
  /** The same, for one that looks at the very value that the schema around it looks at: such schemas must not come back to themselves. */
  compileInPlace(place: SchemaPlace, around: SchemaPlace): Check;
}

/** Compiles a keyword of a schema: null where the schema does not have it, or it means nothing. Throws `RefusedSchema`. */
export type KeywordFactory<V = JsonValue> = (place: SchemaPlace, compiler: SchemaCompiler) => Check<V> | null;

/** Keywords that look at values of one type, by name. Their order is that of AWS's messages: by name. */
export interface Keywords {
  every: Record<string, KeywordFactory>;
  array: Record<string, KeywordFactory<JsonArray>>;
  number: Record<string, KeywordFactory<number | ExactNumber>>;
  object: Record<string, KeywordFactory<JsonObject>>;
  string: Record<string, KeywordFactory<string>>;
}

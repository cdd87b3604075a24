/** A JSON schema of draft 4 as it was parsed; what its members hold is for readers to look at. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords whose value is a schema, a list of schemas, or a map of them. */
const ONE = ['additionalItems', 'additionalProperties', 'not', 'items'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'items'];
const MAPS = ['properties', 'patternProperties', 'definitions', 'dependencies'];

/** Whether a parsed value is a JSON object. */
export function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Levels of nesting that a schema may have: far beyond what people write, and shallow enough for every reader's stack. */
const MAXIMUM_DEPTH = 200;

/** The schema that a text is; undefined when it is no JSON object, or nested too deep to be read. */
export function parseSchema(text: string): JsonSchema | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && !isDeeperThan(MAXIMUM_DEPTH, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each));
}

/** The schema itself and all those within it, at whatever depth; what only looks like one (a value of `enum`) is none. */
export function* schemasIn(schema: JsonSchema): Generator<JsonSchema> {
  yield schema;
  for (const inner of innerSchemas(schema)) yield* schemasIn(inner);
}

/** A copy of the schema in which every `$ref`, at whatever depth, is what `rename` makes of it. */
export function withReferences(schema: JsonSchema, rename: (ref: string) => string): JsonSchema {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (keyword === '$ref' && typeof value === 'string') return [keyword, rename(value)];
    if (LISTS.includes(keyword) && Array.isArray(value)) return [keyword, value.map((each) => inner(each))];
    if (ONE.includes(keyword)) return [keyword, inner(value)];
    if (MAPS.includes(keyword) && isObject(value)) {
      return [keyword, Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)]))];
    }
    return [keyword, value];
  });
  return Object.fromEntries(entries);

  function inner(value: unknown): unknown {
    return isObject(value) ? withReferences(value, rename) : value;
  }
}

function innerSchemas(schema: JsonSchema): JsonSchema[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (LISTS.includes(keyword) && Array.isArray(value)) return value.filter(isObject);
    if (ONE.includes(keyword)) return isObject(value) ? [value] : [];
    return MAPS.includes(keyword) && isObject(value) ? Object.values(value).filter(isObject) : [];
  });
}

/** What is done with a keyword of a schema on the way to JSON schema draft 4. */
export type Treatment =
  /** Kept as it is. */
  | 'keep'
  /** Holds a schema, or true or false. */
  | 'schema'
  /** Holds schemas. */
  | 'schemas'
  /** Maps names to schemas. */
  | 'named schemas'
  /** Part of a rule of its own in `SchemaTranslation`. */
  | 'translate'
  /** Means nothing to validation: left out. */
  | 'drop'
  /** Not supported by AWS: left out with a warning. */
  | 'drop, warn'
  /** Draft 4 does not have it: kept with a warning. */
  | 'keep, warn';

/**
 * In the order in which AWS writes a schema's members (recorded imports). What AWS does not support: developer guide,
 * api-gateway-known-issues.
 */
const TREATMENTS: readonly (readonly [string, Treatment])[] = [
  ['title', 'keep'],
  ['multipleOf', 'keep'],
  ['maximum', 'translate'],
  ['exclusiveMaximum', 'translate'],
  ['minimum', 'translate'],
  ['exclusiveMinimum', 'translate'],
  ['maxLength', 'keep'],
  ['minLength', 'keep'],
  ['pattern', 'keep'],
  ['maxItems', 'keep'],
  ['minItems', 'keep'],
  ['uniqueItems', 'keep'],
  ['maxProperties', 'keep'],
  ['minProperties', 'keep'],
  ['required', 'translate'],
  ['type', 'translate'],
  ['not', 'schema'],
  ['properties', 'named schemas'],
  ['patternProperties', 'named schemas'],
  ['additionalProperties', 'schema'],
  ['dependencies', 'named schemas'],
  ['description', 'keep'],
  ['format', 'keep'],
  ['enum', 'translate'],
  ['items', 'translate'],
  ['additionalItems', 'schema'],
  ['allOf', 'schemas'],
  ['anyOf', 'schemas'],
  ['oneOf', 'schemas'],

  ['nullable', 'translate'],
  ['const', 'translate'],
  ['prefixItems', 'translate'],

  ['$schema', 'drop'],
  ['$comment', 'drop'],
  ['xml', 'drop'],
  ['externalDocs', 'drop'],
  ['examples', 'drop'],
  ['writeOnly', 'drop'],
  // Only references that name the whole path lead there, and they make models of their own.
  ['$defs', 'drop'],
  ['definitions', 'drop'],

  ['default', 'drop, warn'],
  ['deprecated', 'drop, warn'],
  ['discriminator', 'drop, warn'],
  ['example', 'drop, warn'],
  ['readOnly', 'drop, warn'],
  // They would change what the references of the model lead to.
  ['id', 'drop, warn'],
  ['$id', 'drop, warn'],
  ['$anchor', 'drop, warn'],
  ['$dynamicAnchor', 'drop, warn'],
];

const BY_KEYWORD = new Map(TREATMENTS);
const ORDER = new Map(TREATMENTS.map(([keyword], index) => [keyword, index]));

export function treatmentOf(keyword: string): Treatment {
  return BY_KEYWORD.get(keyword) ?? (keyword.startsWith('x-') ? 'drop' : 'keep, warn');
}

/**
 * How a keyword holds schemas: as one or a list of them, or by name. Undefined for one that holds data: what looks like a schema or a
 * reference there (values of `enum`, a `default`) is none.
 */
export function schemasOfKeyword(keyword: string): 'schemas' | 'named schemas' | undefined {
  const treatment = treatmentOf(keyword);
  if (treatment === 'named schemas' || keyword === 'definitions' || keyword === '$defs') return 'named schemas';
  const holdsThem = treatment === 'schema' || treatment === 'schemas' || keyword === 'items' || keyword === 'prefixItems';
  return holdsThem ? 'schemas' : undefined;
}

/** Compares members of a schema as AWS writes them; those that it does not know come last, as they were. */
export const inOrder = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  (ORDER.get(a) ?? ORDER.size) - (ORDER.get(b) ?? ORDER.size);

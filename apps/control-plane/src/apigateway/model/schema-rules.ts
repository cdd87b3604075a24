import { parseModelUrl, type ModelModel } from '@gatehouse/api-model';
import ajvDraft4 from 'ajv-draft-04';
import { contentTypeErrors } from '../method/content-type.js';
import { parseSchema, schemasIn, type JsonSchema } from './json-schema.js';

/** What can be said of a model without a look at any other. */
export interface ModelFindings {
  /** In AWS's words. */
  errors: string[];
  /** What the references that lead out of its schema name, in their order; null for one that is no model's URL. */
  references: readonly (ModelReference | null)[];
}

export type ModelReference = NonNullable<ReturnType<typeof parseModelUrl>>;

/** What schemas are checked with: content type and schema. */
export type GivenModel = Pick<ModelModel, 'contentType'> & { schema?: string | null };

const SUPPORTED = supportedKeywords();
const isDraft4 = draft4Check();

/** Whether a model's schema is a JSON schema; that of another content type is kept as it is and never read. */
export const isJson = (contentType: string) => /[/+]json\s*(?:;.*)?$/i.test(contentType);

/** Reads the model's schema. It takes a while for a large one. */
export function examineModel({ contentType, schema: text }: GivenModel): ModelFindings {
  const errors = contentTypeErrors({ [contentType]: true });
  if (!isJson(contentType)) return { errors, references: [] };
  const schema = parseSchema(text ?? '');
  if (!schema) return { errors: [...errors, 'Invalid model schema specified'], references: [] };
  return { errors: [...errors, ...schemaErrors(schema)], references: referencesOf(schema) };
}

/** What the model's schema refers to outside of itself, as `ModelFindings` has it. */
export function referencesOfModel({ contentType, schema: text }: GivenModel): ModelFindings['references'] {
  const schema = isJson(contentType) ? parseSchema(text ?? '') : undefined;
  return schema ? referencesOf(schema) : [];
}

function schemaErrors(schema: JsonSchema): string[] {
  const unsupported = unsupportedKeywords(schema);
  if (unsupported.length > 0) {
    return [`Invalid model schema specified. Unsupported keyword(s): ${JSON.stringify(unsupported)}`];
  }
  return isDraft4(schema) && enumsAreUnique(schema) ? [] : ['Invalid model schema specified'];
}

function unsupportedKeywords(schema: JsonSchema): string[] {
  const keywords = new Set([...schemasIn(schema)].flatMap((each) => Object.keys(each)));
  return [...keywords].filter((keyword) => !SUPPORTED.has(keyword));
}

function enumsAreUnique(schema: JsonSchema): boolean {
  return [...schemasIn(schema)].every(({ enum: values }) => {
    return !Array.isArray(values) || new Set(values.map((value) => JSON.stringify(value))).size === values.length;
  });
}

/** A reference leads into the schema itself (`#...`) or to a model. */
function referencesOf(schema: JsonSchema): ModelFindings['references'] {
  const outside = [...schemasIn(schema)].flatMap(({ $ref }) => (typeof $ref === 'string' && !$ref.startsWith('#') ? $ref : []));
  return outside.map((ref) => parseModelUrl(ref) ?? null);
}

function draft4(): { properties: JsonSchema } & JsonSchema {
  return new ajvDraft4.default().getSchema('http://json-schema.org/draft-04/schema')!.schema as ReturnType<typeof draft4>;
}

function supportedKeywords(): ReadonlySet<string> {
  return new Set([...Object.keys(draft4().properties), 'format', '$ref']);
}

/** The check by the schema of schemas, whose copy at hand is older than `format` and says nothing of references. Comparing all values of an `enum` with each other, which it asks for, would take minutes for long ones. */
function draft4Check(): (schema: JsonSchema) => boolean {
  const { id: _, properties, ...rest } = draft4();
  const own = { enum: { type: 'array', minItems: 1 }, format: { type: 'string' }, $ref: { type: 'string' } };
  const withoutComparison = { ...rest, properties: { ...properties, ...own } };
  return new ajvDraft4.default({ strict: false, validateFormats: false }).compile(withoutComparison);
}

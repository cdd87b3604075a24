import { badRequest, notFound } from '@gatehouse/aws-wire';
import ajvDraft4 from 'ajv-draft-04';
import { Any, type EntityManager } from 'typeorm';
import { contentTypeErrors } from '../method/content-type.js';
import { parseSchema, schemasIn, type JsonSchema } from './json-schema.js';
import { parseModelUrl } from './model-url.js';
import { ModelEntity } from './model.entity.js';

export const unknownModel = (name: string) => notFound(`Invalid model name specified: ${name}`);

const SUPPORTED = supportedKeywords();
const isDraft4 = draft4Check();

/** Throws `BadRequestException` in AWS's words unless a model can have this name. */
export function checkModelName(name: string): string {
  if (name === '') throw badRequest('Model name must be non-empty');
  if (!/^[a-zA-Z0-9]+$/.test(name)) throw badRequest(`Model name must be alphanumeric: ${name}`);
  return name;
}

/** Throws `BadRequestException` in AWS's words for a schema without content, whatever the content type. */
export function checkSchemaText(schema: string | undefined): string {
  const text = schema?.trim() ?? '';
  if (schema === undefined || text === '' || /^\{\s*\}$/.test(text)) {
    throw badRequest('Model schema must have at least 1 property or array items defined');
  }
  return schema;
}

/** Whether a model's schema is a JSON schema; that of another content type is kept as it is and never read. */
export const isJson = (contentType: string) => /[/+]json\s*(?:;.*)?$/i.test(contentType);

/**
 * Checks a model, new or patched, as a whole. Call it under the API's lock: the models that its schema refers to must exist.
 * Throws `BadRequestException` in AWS's words.
 */
export async function checkModel(manager: EntityManager, model: ModelEntity): Promise<void> {
  const errors = contentTypeErrors({ [model.contentType]: true });
  if (isJson(model.contentType)) errors.push(...(await schemaErrors(manager, model)));
  if (errors.length > 0) {
    throw badRequest(`Invalid model specified: Validation Result: warnings : [], errors : [${errors.join(', ')}]`);
  }
}

async function schemaErrors(manager: EntityManager, model: ModelEntity): Promise<string[]> {
  const schema = parseSchema(model.schema ?? '');
  if (!schema) return ['Invalid model schema specified'];
  const unsupported = unsupportedKeywords(schema);
  const errors: string[] = [];
  if (unsupported.length > 0) {
    errors.push(`Invalid model schema specified. Unsupported keyword(s): ${JSON.stringify(unsupported)}`);
  } else if (!isDraft4(schema) || !enumsAreUnique(schema)) errors.push('Invalid model schema specified');
  return [...errors, ...(await referenceErrors(manager, model, schema))];
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

/** A reference leads into the schema itself (`#...`) or to a model of the same API; a model may refer to itself. */
async function referenceErrors(manager: EntityManager, model: ModelEntity, schema: JsonSchema): Promise<string[]> {
  const outside = referencesOf(schema).filter((ref) => !ref.startsWith('#'));
  const named = outside.map((ref) => parseModelUrl(ref));
  const { accountId, region, apiId } = model;
  const names = named.flatMap((each) => (each?.apiId === apiId ? each.name : []));
  const found = await manager.find(ModelEntity, {
    select: { name: true },
    where: { accountId, region, apiId, name: Any([...new Set(names)]) },
  });
  const known = new Set([model.name, ...found.map(({ name }) => name)]);
  return named.flatMap((each) => {
    if (!each) return ['Model reference must be in canonical form'];
    return each.apiId === apiId && known.has(each.name) ? [] : [`Invalid model specified: ${each.name}`];
  });
}

/** The names of the models of its API that a model's schema refers to, itself perhaps among them. */
export function modelsReferredTo(model: Pick<ModelEntity, 'apiId' | 'schema' | 'contentType'>): string[] {
  const schema = isJson(model.contentType) ? parseSchema(model.schema ?? '') : undefined;
  if (!schema) return [];
  const named = referencesOf(schema).map((ref) => parseModelUrl(ref));
  return named.flatMap((each) => (each?.apiId === model.apiId ? each.name : []));
}

function referencesOf(schema: JsonSchema): string[] {
  return [...schemasIn(schema)].flatMap(({ $ref }) => (typeof $ref === 'string' ? $ref : []));
}

function draft4(): { properties: JsonSchema } & JsonSchema {
  return new ajvDraft4.default().getSchema('http://json-schema.org/draft-04/schema')!.schema as ReturnType<typeof draft4>;
}

function supportedKeywords(): ReadonlySet<string> {
  return new Set([...Object.keys(draft4().properties), '$ref']);
}

/** The check by the schema of schemas. Comparing all values of an `enum` with each other, which it asks for, would take minutes for long ones. */
function draft4Check(): (schema: JsonSchema) => boolean {
  const { id: _, properties, ...rest } = draft4();
  const withoutComparison = { ...rest, properties: { ...properties, enum: { type: 'array', minItems: 1 } } };
  return new ajvDraft4.default({ strict: false, validateFormats: false }).compile(withoutComparison);
}

import { DEFAULT_MODELS, type ModelModel, type RestApiModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import { schemasOfKeyword } from '../import/schemas/keywords.js';
import { isReadAsItIs } from '../import/schemas/verbatim.js';
import { OWN } from '../own-extensions.js';
import { replacing, type Documented } from './documented.js';
import type { ExportType, Json } from './export-openapi.js';

const PLACE = { swagger: '#/definitions/', oas30: '#/components/schemas/' } as const;

/** How the control plane refers to another model from within a schema. */
const MODEL_ADDRESS = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/;

/** The `$ref` of a model within a document. */
export const modelReference = (name: string, type: ExportType) => PLACE[type] + name;

export interface SchemaOptions {
  type: ExportType;
  documented: Documented;
  /** Whether an import is to read exactly the models that there are; schemas are shown that nothing uses, but for AWS's default ones. */
  exact: boolean;
}

/**
 * The schemas that methods use, directly or through each other, by name; undefined when there are none. They refer to each other within the
 * document. Throws `BadRequestException` for one in use that is no JSON schema, which a document cannot hold.
 */
export function modelSchemas(api: RestApiModel, { type, documented, exact }: SchemaOptions): Json | undefined {
  const models = new Map(api.models.map((model) => [model.name, model]));
  const schemas = new Map<string, Json>();
  const wanted = [...(exact ? ownModels(api) : []), ...usedModels(api)];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const model = models.get(name);
    if (!model || schemas.has(name)) continue;
    const given = schemaOf(model);
    const schema = withLocalReferences(given, (other) => {
      if (other.startsWith('#')) return modelReference(model.name, type) + other.slice(1);
      wanted.push(other);
      return modelReference(other, type);
    }) as Json;
    const said = documented.attributes('MODEL', { name });
    schemas.set(
      name,
      exact
        ? { ...replacing(schema, said), ...ownOfModel(model, schema), [OWN.verbatim]: isReadAsItIs(given) ? undefined : true }
        : { ...schema, ...said },
    );
  }
  if (schemas.size === 0) return undefined;
  return Object.fromEntries(api.models.filter(({ name }) => schemas.has(name)).map(({ name }) => [name, schemas.get(name)]));
}

/** An import takes the schema's description for that of its model. */
function ownOfModel({ description }: ModelModel, schema: Json): Json {
  return description === schema.description ? {} : { [OWN.description]: description ?? '' };
}

/** Those that a document can hold and that are not, in all that can be changed of a model, as AWS made them. */
function ownModels({ models }: RestApiModel): string[] {
  const isDefault = ({ name, description, schema }: ModelModel) =>
    DEFAULT_MODELS.some((made) => made.name === name && made.description === description && made.schema === schema);
  return models.filter((model) => jsonSchema(model) && !isDefault(model)).map(({ name }) => name);
}

function usedModels(api: RestApiModel): string[] {
  return api.resources
    .flatMap(({ methods }) => methods)
    .flatMap(({ requestModels, methodResponses }) => [
      ...Object.values(requestModels),
      ...methodResponses.flatMap(({ responseModels }) => Object.values(responseModels)),
    ]);
}

/** `$schema` goes, which a schema within a document does not have. */
function schemaOf(model: ModelModel): Json {
  const schema = jsonSchema(model);
  if (!schema)
    throw badRequest(`Unable to export the API: JSON body models are not found. Model ${model.name} is no JSON schema`);
  delete schema.$schema;
  return schema;
}

/** The schema that a document can hold; undefined when there is none. */
export const jsonSchema = ({ contentType, schema }: ModelModel) =>
  contentType === 'application/json' ? parseObject(schema ?? '{}') : undefined;

function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A schema, or a list of them, whose references are what `refer` makes of them; it gets the model's name, or a place within the schema itself
 * (`#/definitions/x`, `#`).
 */
function withLocalReferences(schema: unknown, refer: (target: string) => string): unknown {
  if (Array.isArray(schema)) return schema.map((each) => withLocalReferences(each, refer));
  if (!isObject(schema)) return schema;
  const valueOf = (keyword: string, value: unknown): unknown => {
    if (keyword === '$ref' && typeof value === 'string') {
      const target = targetOf(value);
      return target === undefined ? value : refer(target);
    }
    const held = schemasOfKeyword(keyword);
    if (held === 'schemas') return withLocalReferences(value, refer);
    if (held === 'named schemas' && isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withLocalReferences(each, refer)]));
    }
    return value;
  };
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, valueOf(keyword, value)]));
}

const targetOf = (reference: string) => (/^#(?:\/|$)/.test(reference) ? reference : MODEL_ADDRESS.exec(reference)?.[1]);

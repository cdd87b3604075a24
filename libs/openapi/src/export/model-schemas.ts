import { DEFAULT_MODELS, type ModelModel, type RestApiModel } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';
import type { Documented } from './documented.js';
import type { ExportType, Json } from './export-openapi.js';

const PLACE = { swagger: '#/definitions/', oas30: '#/components/schemas/' } as const;

/** How the control plane refers to another model from within a schema. */
const MODEL_ADDRESS = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/;

/** The `$ref` of a model within a document. */
export const modelReference = (name: string, type: ExportType) => PLACE[type] + name;

export interface SchemaOptions {
  type: ExportType;
  documented: Documented;
  /** Whether schemas are shown that nothing uses, but for AWS's default ones. */
  unused: boolean;
}

/**
 * The schemas that methods use, directly or through each other, by name; undefined when there are none. They refer to each other within the
 * document. Throws `BadRequestException` for one in use that is no JSON schema, which a document cannot hold.
 */
export function modelSchemas(api: RestApiModel, { type, documented, unused }: SchemaOptions): Json | undefined {
  const models = new Map(api.models.map((model) => [model.name, model]));
  const schemas = new Map<string, Json>();
  const wanted = [...(unused ? ownModels(api) : []), ...usedModels(api)];
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    const model = models.get(name);
    if (!model || schemas.has(name)) continue;
    const schema = withLocalReferences(schemaOf(model), (other) => {
      wanted.push(other);
      return modelReference(other, type);
    });
    schemas.set(name, { ...(schema as Json), ...documented.attributes('MODEL', { name }) });
  }
  if (schemas.size === 0) return undefined;
  return Object.fromEntries(api.models.filter(({ name }) => schemas.has(name)).map(({ name }) => [name, schemas.get(name)]));
}

/** Those that a document can hold and that are not as AWS made them. */
function ownModels({ models }: RestApiModel): string[] {
  const isDefault = ({ name, schema }: ModelModel) => DEFAULT_MODELS.some((made) => made.name === name && made.schema === schema);
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

const jsonSchema = ({ contentType, schema }: ModelModel) =>
  contentType === 'application/json' ? parseObject(schema ?? '{}') : undefined;

function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function withLocalReferences(value: unknown, refer: (model: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => withLocalReferences(element, refer));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]: [string, unknown]) => {
      const model = key === '$ref' && typeof member === 'string' ? MODEL_ADDRESS.exec(member)?.[1] : undefined;
      return [key, model === undefined ? withLocalReferences(member, refer) : refer(model)];
    }),
  );
}

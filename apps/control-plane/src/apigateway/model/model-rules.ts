import { badRequest, notFound } from '@gatehouse/aws-wire';
import { Any, type EntityManager } from 'typeorm';
import { ModelEntity } from './model.entity.js';
import { examineModel, referencesOfModel, type ModelFindings } from './schema-rules.js';

export const unknownModel = (name: string) => notFound(`Invalid model name specified: ${name}`);

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

/**
 * Checks a model, new or patched, as a whole. Call it under the API's lock: the models that its schema refers to must exist.
 * Throws `BadRequestException` in AWS's words.
 */
export async function checkModel(manager: EntityManager, model: ModelEntity): Promise<void> {
  const findings = examineModel(model);
  const { accountId, region, apiId } = model;
  const found = await manager.find(ModelEntity, {
    select: { name: true },
    where: { accountId, region, apiId, name: Any(namesIn(findings.references, apiId)) },
  });
  checkExaminedModel(findings, apiId, new Set([model.name, ...found.map(({ name }) => name)]));
}

/** Like `checkModel`, for a model that was examined, beside the models of its API that have these names, it among them. */
export function checkExaminedModel({ errors, references }: ModelFindings, apiId: string, names: ReadonlySet<string>): void {
  const all = [...errors, ...references.flatMap((reference) => referenceError(reference, apiId, names))];
  if (all.length > 0) throw badRequest(`Invalid model specified: Validation Result: warnings : [], errors : [${all.join(', ')}]`);
}

function referenceError(reference: ModelFindings['references'][number], apiId: string, names: ReadonlySet<string>): string[] {
  if (!reference) return ['Model reference must be in canonical form'];
  return reference.apiId === apiId && names.has(reference.name) ? [] : [`Invalid model specified: ${reference.name}`];
}

/** The names of the models of its API that a model's schema refers to, itself perhaps among them. */
export const modelsReferredTo = (model: Pick<ModelEntity, 'apiId' | 'schema' | 'contentType'>): string[] =>
  namesIn(referencesOfModel(model), model.apiId);

const namesIn = (references: ModelFindings['references'], apiId: string): string[] => [
  ...new Set(references.flatMap((reference) => (reference?.apiId === apiId ? reference.name : []))),
];

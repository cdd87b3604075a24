import { badRequest } from '@gatehouse/aws-wire';
import { In, type EntityManager } from 'typeorm';
import { ModelEntity } from '../model/model.entity.js';
import { contentTypeErrors } from './content-type.js';
import type { MethodEntity } from './method.entity.js';

const unknownModel = (name: string) => badRequest(`Invalid model identifier specified: ${name}`);

/** The model that a patch names; whether there is one of that name is checked after all operations. Throws `BadRequestException`. */
export function modelNamed(value: string | undefined): string {
  if (value === undefined) throw unknownModel('null');
  return value;
}

/**
 * Checks a map of content type -> model name of a method or of its responses; call it under the API's lock.
 * Throws `BadRequestException` in AWS's words for a key that is no content type and for a model that the API has not.
 */
export async function checkModels(
  manager: EntityManager,
  { accountId, region, apiId }: Pick<MethodEntity, 'accountId' | 'region' | 'apiId'>,
  models: Record<string, string>,
): Promise<void> {
  const errors = contentTypeErrors(models);
  if (errors.length > 0) throw badRequest(`Validation Result: warnings : [], errors : [${errors.join(', ')}]`);
  const names = Object.values(models);
  const found = await manager.find(ModelEntity, {
    select: { name: true },
    where: { accountId, region, apiId, name: In([...new Set(names)]) },
  });
  const missing = names.find((name) => !found.some((model) => model.name === name));
  if (missing !== undefined) throw unknownModel(missing);
}

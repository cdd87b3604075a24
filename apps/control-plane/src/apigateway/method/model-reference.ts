import { badRequest } from '@gatehouse/aws-wire';
import { contentTypeErrors } from './content-type.js';

/** The models that every API has from its creation. */
const DEFAULT_MODELS: readonly string[] = ['Empty', 'Error'];

/** Throws `BadRequestException` in AWS's words unless the API has a model of this name. */
export function checkModel(name: string | undefined): string {
  if (name === undefined || !DEFAULT_MODELS.includes(name))
    throw badRequest(`Invalid model identifier specified: ${name ?? 'null'}`);
  return name;
}

/** Checks a map of content type -> model name. Throws `BadRequestException` in AWS's words. */
export function checkModels(models: Record<string, string>): void {
  const errors = contentTypeErrors(models);
  if (errors.length > 0) throw badRequest(`Validation Result: warnings : [], errors : [${errors.join(', ')}]`);
  for (const name of Object.values(models)) checkModel(name);
}

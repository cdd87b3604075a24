import { badRequest } from '@gatehouse/aws-wire';
import { contentTypeErrors } from './content-type.js';
import type { NamedParts } from './named-parts.js';

const unknownModel = (name: string) => badRequest(`Invalid model identifier specified: ${name}`);

/** The model that a patch names; whether there is one of that name is checked after all operations. Throws `BadRequestException`. */
export function modelNamed(value: string | undefined): string {
  if (value === undefined) throw unknownModel('null');
  return value;
}

/**
 * Checks a map of content type -> model name of a method or of its responses.
 * Throws `BadRequestException` in AWS's words for a key that is no content type and for a model that the API has not.
 */
export function checkModels({ models: known }: NamedParts, models: Record<string, string>): void {
  const errors = contentTypeErrors(models);
  if (errors.length > 0) throw badRequest(`Validation Result: warnings : [], errors : [${errors.join(', ')}]`);
  const missing = Object.values(models).find((name) => !known.has(name));
  if (missing !== undefined) throw unknownModel(missing);
}

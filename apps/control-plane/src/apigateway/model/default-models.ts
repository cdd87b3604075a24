import { shortId } from '@gatehouse/aws-wire';
import type { Scope } from '@gatehouse/snapshot';
import { ModelEntity } from './model.entity.js';

/** The models that AWS makes with every API that is created, but not with one that is imported. Recorded at AWS, texts included. */
const DEFAULT_MODELS = [
  {
    name: 'Empty',
    description: 'This is a default empty schema model',
    schema: `{
  "$schema": "http://json-schema.org/draft-04/schema#",
  "title" : "Empty Schema",
  "type" : "object"
}`,
  },
  {
    name: 'Error',
    description: 'This is a default error schema model',
    schema: `{
  "$schema" : "http://json-schema.org/draft-04/schema#",
  "title" : "Error Schema",
  "type" : "object",
  "properties" : {
    "message" : { "type" : "string" }
  }
}`,
  },
];

/** The rows of a new API's default models. */
export function newDefaultModels(scope: Scope, apiId: string): ModelEntity[] {
  return DEFAULT_MODELS.map((model) =>
    Object.assign(new ModelEntity(), {
      ...scope,
      ...model,
      apiId,
      modelId: shortId(),
      contentType: 'application/json',
    } satisfies ModelEntity),
  );
}

import type { ModelModel } from './rest-api.js';

const contentType = 'application/json';

/** The models that AWS makes with every API that is created, but not with one that is imported. Recorded at AWS, texts included. */
export const DEFAULT_MODELS: readonly Required<ModelModel>[] = [
  {
    name: 'Empty',
    description: 'This is a default empty schema model',
    contentType,
    schema: `{
  "$schema": "http://json-schema.org/draft-04/schema#",
  "title" : "Empty Schema",
  "type" : "object"
}`,
  },
  {
    name: 'Error',
    description: 'This is a default error schema model',
    contentType,
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

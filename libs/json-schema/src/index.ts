export { CompiledSchemas, type SchemaDocuments } from './compile-schema.js';
export {
  ExactNumber,
  isObject,
  memberOf,
  printJson,
  printSorted,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from './json-value.js';
export { InvalidJson, readJson } from './read-json.js';
export { RefusedSchema } from './refused-schema.js';
export { SchemaTexts } from './schema-texts.js';
export { SchemaValidator } from './schema-validator.js';

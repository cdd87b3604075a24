/**
 * JSON as API Gateway's mapping templates and parameter mappings know it: read as leniently, written as compactly, and found by paths in Jayway's notation.
 *
 *     const name = compileJsonPath('$.pet.name');       // once; throws JsonPathSyntaxError
 *     const found = name.read(parseJson(body));         // throws JsonSyntaxError (parseJson), JsonPathEvaluationError (read)
 *     const text = found === undefined ? undefined : typeof found === 'string' ? found : writeJson(found);
 */
export { JsonPathEvaluationError, JsonPathSyntaxError, JsonSyntaxError } from './errors.js';
export type { JsonObject, JsonValue } from './json/json-value.js';
export {
  doubleText,
  isInteger32,
  isJavaNumber,
  JavaDecimal,
  JavaDouble,
  type JavaNumber,
  numberOf,
  wholeNumber,
} from './json/number.js';
export { parseJson } from './json/parse-json.js';
export { jsonText, writeJson, writeJsonForWeb } from './json/write-json.js';
export { compileJsonPath, type JsonPath } from './path/json-path.js';

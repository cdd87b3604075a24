import {
  compileJsonPath,
  JsonPathEvaluationError,
  JsonSyntaxError,
  parseJson,
  writeJson,
  type JsonValue,
} from '@gatehouse/json-path';
import type { ByteText } from '../http/byte-text.js';

/** A mapping takes something from a body that is no JSON. */
export class NoJsonBody extends Error {}

/** Bodies begin like JSON, or a path finds nothing in them. Source: recorded behaviour of AWS. */
const BEGINS_LIKE_JSON = /^[\s]*[{["]/;

/** Several mappings may look into one body. */
const parsed = new WeakMap<Buffer, JsonValue>();

/**
 * Compiles what a mapping takes from a body: all of it, or what a JSONPath finds, texts without their quotes and everything else as compact JSON. The result throws
 * `NoJsonBody`.
 */
export function compileBodyPath(path: string | null): (body: Buffer) => ByteText | undefined {
  if (path === null) return (body) => (body.length === 0 ? undefined : body.toString('latin1'));
  const compiled = compileJsonPath(path);
  return (body) => {
    if (!BEGINS_LIKE_JSON.test(body.toString('latin1', 0, 64))) return undefined;
    const document = documentOf(body);
    try {
      const found = compiled.read(document);
      if (found === undefined) return undefined;
      return Buffer.from(typeof found === 'string' ? found : writeJson(found)).toString('latin1');
    } catch (error) {
      if (error instanceof JsonPathEvaluationError) return undefined;
      throw error;
    }
  };
}

function documentOf(body: Buffer): JsonValue {
  const known = parsed.get(body);
  if (known !== undefined) return known;
  try {
    const document = parseJson(body.toString('utf8'));
    parsed.set(body, document);
    return document;
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw new NoJsonBody(error.message);
    throw error;
  }
}

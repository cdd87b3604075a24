import { isObject, memberOf, typeOf, ARRAY, type JsonArray, type JsonObject, type JsonValue } from './json-value.js';
import { RefusedSchema } from './refused-schema.js';

/** A schema, or a part of one, with the place where it stands. Reads its keywords strictly: what is no JSON schema of draft 4 is refused. */
export class SchemaPlace {
  constructor(
    /** The name of the document that it stands in. */
    readonly document: string,
    readonly pointer: string,
    readonly schema: JsonObject,
  ) {}

  keyword(name: string): JsonValue | undefined {
    return memberOf(this.schema, name);
  }

  /** @returns never: it throws `RefusedSchema` about a keyword */
  refuse(keyword: string, reason: string): never {
    throw new RefusedSchema(this.document, `${this.pointer}/${keyword}`, reason);
  }

  list(keyword: string): JsonArray | undefined {
    const value = this.keyword(keyword);
    if (value === undefined) return undefined;
    return typeOf(value) === ARRAY ? (value as JsonArray) : this.refuse(keyword, 'is not a list');
  }

  map(keyword: string): JsonObject | undefined {
    const value = this.keyword(keyword);
    if (value === undefined) return undefined;
    return isObject(value) ? value : this.refuse(keyword, 'is not an object');
  }

  text(keyword: string): string | undefined {
    const value = this.keyword(keyword);
    if (value === undefined) return undefined;
    return typeof value === 'string' ? value : this.refuse(keyword, 'is not a string');
  }

  flag(keyword: string): boolean | undefined {
    const value = this.keyword(keyword);
    if (value === undefined) return undefined;
    return typeof value === 'boolean' ? value : this.refuse(keyword, 'is not a boolean');
  }

  /** A number of elements, characters, members. */
  count(keyword: string): number | undefined {
    const value = this.keyword(keyword);
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
    return this.refuse(keyword, 'is no whole number from 0 to 999999999999999');
  }

  texts(keyword: string, list = this.list(keyword)): string[] | undefined {
    return list?.map((each) => (typeof each === 'string' ? each : this.refuse(keyword, 'is not a list of strings')));
  }

  /** The schema that a keyword has. */
  inner(...path: [keyword: string, ...rest: string[]]): SchemaPlace {
    let value: JsonValue | undefined = this.schema;
    for (const step of path) {
      const from: JsonValue | undefined = value;
      value = isObject(from) ? memberOf(from, step) : Array.isArray(from) ? (from as JsonArray)[Number(step)] : undefined;
    }
    if (!isObject(value)) return this.refuse(path.map(escapedStep).join('/'), 'is not a schema');
    return new SchemaPlace(this.document, `${this.pointer}/${path.map(escapedStep).join('/')}`, value);
  }
}

/** A step of a JSON pointer (RFC 6901). */
const escapedStep = (step: string) => step.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * The place within a document that a fragment names (RFC 6901, 6).
 *
 * @returns undefined where there is none, or no schema
 */
export function placeAt(document: string, root: JsonObject, fragment: string): SchemaPlace | undefined {
  let pointer: string;
  try {
    pointer = decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
  if (pointer !== '' && !pointer.startsWith('/')) return undefined;
  let value: JsonValue | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const from: JsonValue | undefined = value;
    if (Array.isArray(from)) value = /^(?:0|[1-9]\d{0,8})$/.test(name) ? (from as JsonArray)[Number(name)] : undefined;
    else value = isObject(from) ? memberOf(from, name) : undefined;
  }
  return isObject(value) ? new SchemaPlace(document, pointer, value) : undefined;
}

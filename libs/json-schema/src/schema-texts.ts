import type { SchemaDocuments } from './compile-schema.js';
import { isObject, type JsonObject } from './json-value.js';
import { InvalidJson, readJson } from './read-json.js';
import { RefusedSchema } from './refused-schema.js';

/** Documents of schemas, by name, as texts. */
export class SchemaTexts implements SchemaDocuments {
  private readonly parsed = new Map<string, JsonObject>();

  /** @param nameOf what a reference to another document names; undefined for one that must not be used. Nothing is ever fetched */
  constructor(
    private readonly texts: ReadonlyMap<string, string>,
    readonly nameOf: (reference: string) => string | undefined,
  ) {}

  /** Those that were asked for, by name. */
  get found(): ReadonlyMap<string, JsonObject> {
    return this.parsed;
  }

  find(name: string): JsonObject | undefined {
    const known = this.parsed.get(name);
    const text = this.texts.get(name);
    if (known !== undefined || text === undefined) return known;
    const schema = readSchema(name, text);
    this.parsed.set(name, schema);
    return schema;
  }
}

function readSchema(name: string, text: string): JsonObject {
  try {
    const value = readJson(text);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof InvalidJson)) throw error;
  }
  throw new RefusedSchema(name, '', 'is not a JSON object');
}

import { CompiledSchemas } from './compile-schema.js';
import { readJson } from './read-json.js';
import { SchemaTexts } from './schema-texts.js';
import { SchemaValidator } from './schema-validator.js';

const MODEL = /^models\/(\w+)$/;

/** The validator of a schema; `others` are documents that it may refer to as `models/{name}`. */
export function validatorOf(schema: unknown, others: Record<string, unknown> = {}): SchemaValidator {
  const textOf = (each: unknown) => (typeof each === 'string' ? each : JSON.stringify(each));
  const texts = new Map(Object.entries(others).map(([name, each]) => [name, textOf(each)]));
  const documents = new SchemaTexts(texts.set('Main', textOf(schema)), (reference) => MODEL.exec(reference)?.[1]);
  return new SchemaValidator(new CompiledSchemas(documents).compileDocument('Main'));
}

/** What is wrong with a value, given as JSON text, by a schema. */
export function faultsOf(schema: unknown, text: string, others: Record<string, unknown> = {}): readonly string[] | null {
  return validatorOf(schema, others).faultsOf(readJson(text), text.length);
}

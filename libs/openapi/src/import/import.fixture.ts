import { AwsError } from '@gatehouse/aws-wire';
import { importOpenApi, type ImportedApi, type ImportOptions } from '../import-openapi.js';

type Json = Record<string, unknown>;

const DEFAULTS: ImportOptions = { apiId: 'a1b2c3d4e5', basepath: 'ignore' };

/** Imports a document that is given as text or as an object. */
export function imported(document: string | object, options: Partial<ImportOptions> = {}): ImportedApi {
  const text = typeof document === 'string' ? document : JSON.stringify(document, null, 1);
  return importOpenApi(text, { ...DEFAULTS, ...options });
}

/** An OpenAPI 3.0 document with these members. */
export const openApi = (members: Json = {}): Json => ({
  openapi: '3.0.1',
  info: { title: 'Pets', version: '1.0' },
  paths: {},
  ...members,
});

/** A Swagger 2.0 document with these members. */
export const swagger = (members: Json = {}): Json => ({
  swagger: '2.0',
  info: { title: 'Pets', version: '1.0' },
  paths: {},
  ...members,
});

/** A document with `GET /pets`, whose operation has these members; it is OpenAPI 3.0 unless `base` makes it another one. */
export const withGet = (operation: Json, members: Json = {}, base: (members: Json) => Json = openApi): Json =>
  base({ ...members, paths: { '/pets': { get: operation } } });

/** The method of a document that has one. */
export function methodOf(document: string | object, options: Partial<ImportOptions> = {}) {
  const method = imported(document, options).definition.resources[0]?.methods[0];
  if (!method) throw new Error('the document has no method');
  return method;
}

/** The model of this name as a value. */
export function schemaOf(document: object, name: string): unknown {
  const model = imported(document).definition.models.find((each) => each.name === name);
  return JSON.parse(model?.schema ?? 'null');
}

/** The message of the BadRequestException that importing the document throws. */
export function refusalOf(document: string | object, options: Partial<ImportOptions> = {}): string {
  try {
    imported(document, options);
  } catch (error) {
    if (error instanceof AwsError && error.type === 'BadRequestException') return error.message;
    throw error;
  }
  throw new Error('the document was imported');
}

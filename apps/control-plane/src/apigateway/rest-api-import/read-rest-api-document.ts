import type { ModelModel } from '@gatehouse/api-model';
import { importOpenApi, type ImportedApi, type ImportOptions } from '@gatehouse/openapi';
import { documentText } from '../../imports/document-text.js';
import { examineModel, type ModelFindings } from '../model/schema-rules.js';

/** All of an import that follows from its document alone. */
export interface RestApiDocument extends ImportedApi {
  /** Of each model of the definition. */
  modelFindings: ReadonlyMap<ModelModel, ModelFindings>;
}

/** Reads the document of an API. Throws `BadRequestException` that names what is wrong with it. */
export function readRestApiDocument(body: Uint8Array, options: ImportOptions): RestApiDocument {
  const imported = importOpenApi(documentText(body), options);
  const modelFindings = new Map(imported.definition.models.map((model) => [model, examineModel(model)]));
  return { ...imported, modelFindings };
}

import type { HttpMethod } from '@gatehouse/api-model';
import type { DocumentNode } from '../document/document-node.js';

/** One operation, told alike for Swagger 2.0 and OpenAPI 3: what is common to both is read from `node`. */
export interface OperationView {
  path: string;
  httpMethod: HttpMethod;
  /** The operation object: `operationId`, `security`, extensions. */
  node: DocumentNode;
  /** Those of the path first, then those of the operation; resolved. */
  parameters: ParameterView[];
  /** Each media type of the request body with its schema. */
  requestBodies: MediaTypeView[];
  responses: ResponseView[];
}

export interface ParameterView {
  name: string;
  in: string;
  required: boolean;
}

export interface MediaTypeView {
  contentType: string;
  schema: DocumentNode;
}

export interface ResponseView {
  /** As written: `200`, `default`, `4XX`. */
  status: string;
  headers: { name: string; required: boolean }[];
  bodies: MediaTypeView[];
}

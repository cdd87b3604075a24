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
  /** What describes the request body: the parameter in `body`, or the request body object. */
  requestBody?: DocumentNode;
  /** Each media type of the request body with its schema. */
  requestBodies: MediaTypeView[];
  responses: ResponseView[];
}

export interface ParameterView {
  name: string;
  in: string;
  required: boolean;
  node: DocumentNode;
}

export interface MediaTypeView {
  contentType: string;
  schema: DocumentNode;
}

export interface ResponseView {
  /** As written: `200`, `default`, `4XX`. */
  status: string;
  node: DocumentNode;
  headers: HeaderView[];
  bodies: MediaTypeView[];
}

export interface HeaderView {
  name: string;
  required: boolean;
  node: DocumentNode;
}

/** What each specification says in its own way. */
export type OperationContent = Pick<OperationView, 'parameters' | 'requestBody' | 'requestBodies' | 'responses'>;

// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { ApiKeySource, EndpointAccessMode, ImportDocumentationPartsMode, SecurityPolicy } from '../enums.js';
import { EndpointConfiguration, PatchOperation, RestApi } from '../shapes.js';
export { RestApi } from '../shapes.js';

export class CreateRestApiRequest {
  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'string' })
  version?: string;

  @Member({ type: 'string' })
  cloneFrom?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  binaryMediaTypes?: string[];

  @Member({ type: 'integer' })
  minimumCompressionSize?: number;

  @Member({ type: 'string', enum: ApiKeySource })
  apiKeySource?: ApiKeySource;

  @Member({ type: EndpointConfiguration })
  endpointConfiguration?: EndpointConfiguration;

  @Member({ type: 'string' })
  policy?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'string', enum: SecurityPolicy })
  securityPolicy?: SecurityPolicy;

  @Member({ type: 'string', enum: EndpointAccessMode })
  endpointAccessMode?: EndpointAccessMode;
}

export class DeleteRestApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;
}

export class GetRestApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;
}

export class GetRestApisRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class ImportRestApiRequest {
  @Member({ in: 'query', type: 'boolean', wire: 'failonwarnings' })
  failOnWarnings?: boolean;

  @Member({ in: 'query', type: 'map', values: { type: 'string' } })
  parameters?: Record<string, string>;

  @Member({ in: 'payload', type: 'blob', required: true })
  body!: Buffer;
}

export class PutRestApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string', enum: ImportDocumentationPartsMode })
  mode?: ImportDocumentationPartsMode;

  @Member({ in: 'query', type: 'boolean', wire: 'failonwarnings' })
  failOnWarnings?: boolean;

  @Member({ in: 'query', type: 'map', values: { type: 'string' } })
  parameters?: Record<string, string>;

  @Member({ in: 'payload', type: 'blob', required: true })
  body!: Buffer;
}

export class UpdateRestApiRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class RestApis {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: RestApi } })
  item?: RestApi[];
}

// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
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

  @Member({ type: 'string', enum: ["HEADER","AUTHORIZER"] })
  apiKeySource?: 'HEADER' | 'AUTHORIZER';

  @Member({ type: EndpointConfiguration })
  endpointConfiguration?: EndpointConfiguration;

  @Member({ type: 'string' })
  policy?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'boolean' })
  disableExecuteApiEndpoint?: boolean;

  @Member({ type: 'string', enum: ["TLS_1_0","TLS_1_2","SecurityPolicy_TLS13_1_3_2025_09","SecurityPolicy_TLS13_1_3_FIPS_2025_09","SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09","SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09","SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09","SecurityPolicy_TLS13_1_2_PQ_2025_09","SecurityPolicy_TLS13_1_2_2021_06","SecurityPolicy_TLS13_2025_EDGE","SecurityPolicy_TLS12_PFS_2025_EDGE","SecurityPolicy_TLS12_2018_EDGE","SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09","SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09"] })
  securityPolicy?: 'TLS_1_0' | 'TLS_1_2' | 'SecurityPolicy_TLS13_1_3_2025_09' | 'SecurityPolicy_TLS13_1_3_FIPS_2025_09' | 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_2021_06' | 'SecurityPolicy_TLS13_2025_EDGE' | 'SecurityPolicy_TLS12_PFS_2025_EDGE' | 'SecurityPolicy_TLS12_2018_EDGE' | 'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09';

  @Member({ type: 'string', enum: ["BASIC","STRICT"] })
  endpointAccessMode?: 'BASIC' | 'STRICT';
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

  @Member({ in: 'query', type: 'string', enum: ["merge","overwrite"] })
  mode?: 'merge' | 'overwrite';

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

// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { DomainName, EndpointConfiguration, MutualTlsAuthenticationInput, PatchOperation } from '../shapes.js';
export { DomainName } from '../shapes.js';

export class CreateDomainNameRequest {
  @Member({ type: 'string', required: true })
  domainName!: string;

  @Member({ type: 'string' })
  certificateName?: string;

  @Member({ type: 'string' })
  certificateBody?: string;

  @Member({ type: 'string' })
  certificatePrivateKey?: string;

  @Member({ type: 'string' })
  certificateChain?: string;

  @Member({ type: 'string' })
  certificateArn?: string;

  @Member({ type: 'string' })
  regionalCertificateName?: string;

  @Member({ type: 'string' })
  regionalCertificateArn?: string;

  @Member({ type: EndpointConfiguration })
  endpointConfiguration?: EndpointConfiguration;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string', enum: ["TLS_1_0","TLS_1_2","SecurityPolicy_TLS13_1_3_2025_09","SecurityPolicy_TLS13_1_3_FIPS_2025_09","SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09","SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09","SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09","SecurityPolicy_TLS13_1_2_PQ_2025_09","SecurityPolicy_TLS13_1_2_2021_06","SecurityPolicy_TLS13_2025_EDGE","SecurityPolicy_TLS12_PFS_2025_EDGE","SecurityPolicy_TLS12_2018_EDGE","SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09","SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09"] })
  securityPolicy?: 'TLS_1_0' | 'TLS_1_2' | 'SecurityPolicy_TLS13_1_3_2025_09' | 'SecurityPolicy_TLS13_1_3_FIPS_2025_09' | 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_2021_06' | 'SecurityPolicy_TLS13_2025_EDGE' | 'SecurityPolicy_TLS12_PFS_2025_EDGE' | 'SecurityPolicy_TLS12_2018_EDGE' | 'SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09' | 'SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09';

  @Member({ type: 'string', enum: ["BASIC","STRICT"] })
  endpointAccessMode?: 'BASIC' | 'STRICT';

  @Member({ type: MutualTlsAuthenticationInput })
  mutualTlsAuthentication?: MutualTlsAuthenticationInput;

  @Member({ type: 'string' })
  ownershipVerificationCertificateArn?: string;

  @Member({ type: 'string' })
  policy?: string;

  @Member({ type: 'string', enum: ["BASE_PATH_MAPPING_ONLY","ROUTING_RULE_ONLY","ROUTING_RULE_THEN_BASE_PATH_MAPPING"] })
  routingMode?: 'BASE_PATH_MAPPING_ONLY' | 'ROUTING_RULE_ONLY' | 'ROUTING_RULE_THEN_BASE_PATH_MAPPING';
}

export class DeleteDomainNameRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;
}

export class GetDomainNameRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;
}

export class GetDomainNamesRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;

  @Member({ in: 'query', type: 'string', enum: ["SELF","OTHER_ACCOUNTS"] })
  resourceOwner?: 'SELF' | 'OTHER_ACCOUNTS';
}

export class UpdateDomainNameRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class DomainNames {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: DomainName } })
  item?: DomainName[];
}

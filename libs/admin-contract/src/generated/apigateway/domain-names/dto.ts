// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { EndpointAccessMode, ResourceOwner, RoutingMode, SecurityPolicy } from '../enums.js';
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

  @Member({ type: 'string', enum: SecurityPolicy })
  securityPolicy?: SecurityPolicy;

  @Member({ type: 'string', enum: EndpointAccessMode })
  endpointAccessMode?: EndpointAccessMode;

  @Member({ type: MutualTlsAuthenticationInput })
  mutualTlsAuthentication?: MutualTlsAuthenticationInput;

  @Member({ type: 'string' })
  ownershipVerificationCertificateArn?: string;

  @Member({ type: 'string' })
  policy?: string;

  @Member({ type: 'string', enum: RoutingMode })
  routingMode?: RoutingMode;
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

  @Member({ in: 'query', type: 'string', enum: ResourceOwner })
  resourceOwner?: ResourceOwner;
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

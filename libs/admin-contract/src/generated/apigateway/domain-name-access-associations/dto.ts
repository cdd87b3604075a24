// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { AccessAssociationSourceType, ResourceOwner } from '../enums.js';
import { DomainNameAccessAssociation } from '../shapes.js';
export { DomainNameAccessAssociation } from '../shapes.js';

export class CreateDomainNameAccessAssociationRequest {
  @Member({ type: 'string', required: true })
  domainNameArn!: string;

  @Member({ type: 'string', enum: AccessAssociationSourceType, required: true })
  accessAssociationSourceType!: AccessAssociationSourceType;

  @Member({ type: 'string', required: true })
  accessAssociationSource!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class DeleteDomainNameAccessAssociationRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainNameAccessAssociationArn!: string;
}

export class GetDomainNameAccessAssociationsRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;

  @Member({ in: 'query', type: 'string', enum: ResourceOwner })
  resourceOwner?: ResourceOwner;
}

export class RejectDomainNameAccessAssociationRequest {
  @Member({ in: 'query', type: 'string', required: true })
  domainNameAccessAssociationArn!: string;

  @Member({ in: 'query', type: 'string', required: true })
  domainNameArn!: string;
}

export class DomainNameAccessAssociations {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: DomainNameAccessAssociation } })
  item?: DomainNameAccessAssociation[];
}

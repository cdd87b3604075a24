import type { DomainNameAccessAssociation } from '@gatehouse/admin-contract/apigateway';
import { accessAssociationArn, privateDomainNameArn } from '@gatehouse/aws-wire';
import type { DomainNameAccessAssociationEntity } from './domain-name-access-association.entity.js';

/** An access association as it goes over the wire; empty tags are left out. */
export function accessAssociationView(association: DomainNameAccessAssociationEntity): DomainNameAccessAssociation {
  return {
    domainNameAccessAssociationArn: accessAssociationArn(association, association.source),
    domainNameArn: privateDomainNameArn(association),
    accessAssociationSourceType: association.sourceType,
    accessAssociationSource: association.source,
    tags: Object.keys(association.tags).length > 0 ? association.tags : undefined,
  };
}

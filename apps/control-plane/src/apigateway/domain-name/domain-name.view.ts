import type { DomainName, EndpointAccessMode, RoutingMode, SecurityPolicy } from '@gatehouse/admin-contract/apigateway';
import { domainNameArn, privateDomainNameArn } from '@gatehouse/aws-wire';
import { PUBLIC, type DomainNameEntity } from './domain-name.entity.js';
import { DISTRIBUTION_HOSTED_ZONE, regionalHostedZone } from './hosted-zones.js';

/**
 * A domain name as it goes over the wire; what is not set is left out. It is available at once: no certificate is waited for. Lists and the answer to
 * a creation leave empty tags out too, the others show them (`withEmptyTags`).
 */
export function domainNameView(domain: DomainNameEntity, { withEmptyTags }: { withEmptyTags: boolean }): DomainName {
  const isPublic = domain.domainNameId === PUBLIC;
  return {
    domainName: domain.domainName,
    domainNameId: isPublic ? undefined : domain.domainNameId,
    domainNameArn: isPublic ? domainNameArn(domain.region, domain.domainName) : privateDomainNameArn(domain),
    certificateName: domain.certificateName ?? undefined,
    certificateArn: domain.certificateArn ?? undefined,
    certificateUploadDate: domain.certificateUploadDate ?? undefined,
    regionalDomainName: domain.regionalDomainName ?? undefined,
    regionalHostedZoneId: domain.regionalDomainName === null ? undefined : regionalHostedZone(domain.region),
    regionalCertificateName: domain.regionalCertificateName ?? undefined,
    regionalCertificateArn: domain.regionalCertificateArn ?? undefined,
    distributionDomainName: domain.distributionDomainName ?? undefined,
    distributionHostedZoneId: domain.distributionDomainName === null ? undefined : DISTRIBUTION_HOSTED_ZONE,
    endpointConfiguration: domain.endpointConfiguration,
    domainNameStatus: 'AVAILABLE',
    securityPolicy: domain.securityPolicy as SecurityPolicy,
    endpointAccessMode: (domain.endpointAccessMode as EndpointAccessMode | null) ?? undefined,
    tags: withEmptyTags || Object.keys(domain.tags).length > 0 ? domain.tags : undefined,
    mutualTlsAuthentication: domain.mutualTlsAuthentication ?? undefined,
    ownershipVerificationCertificateArn: domain.ownershipVerificationCertificateArn ?? undefined,
    managementPolicy: domain.managementPolicy ?? undefined,
    policy: domain.policy ?? undefined,
    routingMode: domain.routingMode as RoutingMode,
  };
}

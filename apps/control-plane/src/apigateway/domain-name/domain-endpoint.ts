import type { EndpointConfigurationModel, EndpointType } from '@gatehouse/api-model';
import { badRequest, distributionId, longId } from '@gatehouse/aws-wire';
import type { GivenEndpointConfiguration } from '../rest-api/endpoint-configuration.js';
import type { DomainNameEntity } from './domain-name.entity.js';

/** Fills in AWS's defaults: EDGE and ipv4; PRIVATE has dualstack. Throws `BadRequestException`. */
export function completeDomainEndpoint(given: GivenEndpointConfiguration = {}): EndpointConfigurationModel {
  const types = [...new Set(given.types ?? ['EDGE' as const])];
  if (types.length > 1) throw badRequest('Cannot create a domain name with multiple Endpoint Types.');
  if (given.vpcEndpointIds?.length) throw badRequest('vpcEndpointIds cannot be specified for domain names.');
  const configuration: EndpointConfigurationModel = {
    types,
    ipAddressType: given.ipAddressType ?? (types.includes('PRIVATE') ? 'dualstack' : 'ipv4'),
  };
  checkDomainEndpoint(configuration);
  return configuration;
}

/** The rules between the members, which hold after creation and after every update. A domain name that moves has EDGE and REGIONAL for a while. */
export function checkDomainEndpoint({ types, ipAddressType }: EndpointConfigurationModel): void {
  if (types.length === 0) throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.');
  if (!types.includes('PRIVATE')) return;
  if (types.length > 1) throw badRequest('PRIVATE cannot be combined with other Endpoint Types.');
  if (ipAddressType !== 'dualstack') throw badRequest('Only dualstack ipAddressType is supported for private domain names.');
}

/** A private domain name stays private, and a public one public: they are named differently. Throws `BadRequestException`. */
export function checkMove(before: readonly EndpointType[], after: readonly EndpointType[]): void {
  if (before.includes('PRIVATE') !== after.includes('PRIVATE'))
    throw badRequest('The endpoint type of a domain name cannot be changed to or from PRIVATE.');
}

/** Gives each endpoint the address that DNS is to point to, and keeps those that there are. */
export function assignTargets(domain: DomainNameEntity): void {
  const { types } = domain.endpointConfiguration;
  domain.distributionDomainName = types.includes('EDGE')
    ? (domain.distributionDomainName ?? `d${distributionId()}.cloudfront.net`)
    : null;
  domain.regionalDomainName = types.includes('REGIONAL')
    ? (domain.regionalDomainName ?? `d-${longId()}.execute-api.${domain.region}.amazonaws.com`)
    : null;
}

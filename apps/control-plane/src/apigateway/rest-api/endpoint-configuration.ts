import type { EndpointConfigurationModel, EndpointType } from '@gatehouse/api-model';
import { badRequest } from '@gatehouse/aws-wire';

const ENDPOINT_TYPES: readonly EndpointType[] = ['REGIONAL', 'EDGE', 'PRIVATE'];

/** What a client gives of an endpoint configuration; the service model has checked the enumerations. */
export interface GivenEndpointConfiguration {
  types?: EndpointType[];
  ipAddressType?: 'ipv4' | 'dualstack';
  vpcEndpointIds?: string[];
}

/** Fills in AWS's defaults (EDGE and ipv4; PRIVATE has dualstack). Throws `BadRequestException` in AWS's words. */
export function completeEndpointConfiguration(given: GivenEndpointConfiguration = {}): EndpointConfigurationModel {
  const types = given.types ?? ['EDGE'];
  const configuration: EndpointConfigurationModel = {
    types,
    ipAddressType: given.ipAddressType ?? (types.includes('PRIVATE') ? 'dualstack' : 'ipv4'),
  };
  if (given.vpcEndpointIds?.length) configuration.vpcEndpointIds = given.vpcEndpointIds;
  checkEndpointConfiguration(configuration);
  return configuration;
}

/** The rules between the members, which hold after creation and after every update. Throws `BadRequestException` in AWS's words. */
export function checkEndpointConfiguration({ types, ipAddressType, vpcEndpointIds }: EndpointConfigurationModel): void {
  if (types.length === 0) throw badRequest('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.');
  if (types.length > 1) throw badRequest('Cannot create an api with multiple Endpoint Types.');
  if (types[0] === 'PRIVATE') {
    if (ipAddressType !== 'dualstack') throw badRequest('Only dualstack ipAddressType is supported for Private APIs.');
  } else if (vpcEndpointIds?.length)
    throw badRequest('vpcEndpointIds can only be specified for APIs with the endpoint type PRIVATE.');
}

/** Reads an endpoint type out of a patch. Throws `BadRequestException` in AWS's words. */
export function endpointType(value: string | undefined): EndpointType {
  const type = ENDPOINT_TYPES.find((known) => known === value);
  if (!type) throw badRequest(`Invalid EndpointTypes specified. Valid options are ${ENDPOINT_TYPES.join(',')}`);
  return type;
}

/** Reads an address type out of a patch. Throws `BadRequestException` in AWS's words. */
export function ipAddressType(value: string | undefined): 'ipv4' | 'dualstack' {
  if (value !== 'ipv4' && value !== 'dualstack') throw badRequest('ipAddressType must be either ipv4 or dualstack.');
  return value;
}

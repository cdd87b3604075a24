import { EndpointAccessMode, RoutingMode, SecurityPolicy } from '@gatehouse/admin-contract/apigateway';
import { badRequest } from '@gatehouse/aws-wire';
import { isDomainName } from '../../certificates/domain-names.js';

/** Its hosts are those of API Gateway's own endpoints, which need no domain name. */
const EXECUTE_API_HOST = /^[^.]+\.execute-api(?:\.|$)/;

/** A domain name as it is kept and looked up. Letters beyond ASCII stay as they are: some would become those of other names (KELVIN SIGN). */
export function lowerCaseName(domainName: string): string {
  return domainName.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * Gives the name back in lower case. Throws `BadRequestException` for one that no request can be for: no domain name of at least two labels, of which the
 * first may be an asterisk; an IP address; a host of an execute-api endpoint.
 */
export function checkDomainName(domainName: string): string {
  const name = lowerCaseName(domainName);
  const lastLabel = name.slice(name.lastIndexOf('.') + 1);
  if (!isDomainName(name) || !name.includes('.') || /^\d+$/.test(lastLabel)) throw invalid(domainName);
  if (EXECUTE_API_HOST.test(name))
    throw badRequest(`Invalid domain name specified: ${name} is an address of execute-api endpoints`);
  return name;
}

const invalid = (domainName: string) => badRequest(`Invalid domain name specified: ${domainName.slice(0, 300)}`);

/** Certificates of AWS Certificate Manager, and those of old that IAM keeps. */
const CERTIFICATE_ARN = /^arn:aws:(?:acm|iam):/;

/** Null without a value. Throws `BadRequestException` for what is no certificate's ARN, or one of another partition. */
export function certificateArnOrNull(value: string | null | undefined): string | null {
  if (value && !CERTIFICATE_ARN.test(value)) throw badRequest(`Invalid certificate ARN: ${value}`);
  return value || null;
}

/** Reads a security policy out of a patch. Throws `BadRequestException`. */
export const securityPolicy = (value: string | undefined) => member(SecurityPolicy, value, 'securityPolicy');
/** Reads an endpoint access mode out of a patch; none clears it. Throws `BadRequestException`. */
export const endpointAccessMode = (value: string | undefined) =>
  value ? member(EndpointAccessMode, value, 'endpointAccessMode') : null;
/** Reads a routing mode out of a patch. Throws `BadRequestException`. */
export const routingMode = (value: string | undefined) => member(RoutingMode, value, 'routingMode');

function member<T extends string>(values: readonly T[], value: string | undefined, what: string): T {
  const known = values.find((each) => each === value);
  if (!known) throw badRequest(`Invalid ${what} specified. Valid options are ${values.join(',')}`);
  return known;
}

import { badRequest } from '@gatehouse/aws-wire';
import { LISTS_PATHS } from '../../patch/patch-refusals.js';
import type { PatchRule, PatchSetter, PatchTable } from '../../patch/patch-table.js';
import { textOrNull } from '../../patch/patch-values.js';
import { endpointType, ipAddressType } from '../rest-api/endpoint-configuration.js';
import { checkPolicy } from '../rest-api/rest-api-rules.js';
import { certificateArnOrNull, endpointAccessMode, routingMode, securityPolicy } from './domain-name-rules.js';
import type { DomainNameEntity } from './domain-name.entity.js';

/** What may be patched in a domain name. The rules between members are checked after all operations. */
export const domainNamePatch: PatchTable<DomainNameEntity> = {
  refusal: LISTS_PATHS,
  rules: [
    settable('/certificateArn', replaceCertificate),
    settable('/certificateName', (domain, value) => (domain.certificateName = value)),
    settable('/regionalCertificateArn', (domain, value) => (domain.regionalCertificateArn = certificateArnOrNull(value))),
    settable('/regionalCertificateName', (domain, value) => (domain.regionalCertificateName = value)),
    {
      path: '/ownershipVerificationCertificateArn',
      replace: (domain, value) => (domain.ownershipVerificationCertificateArn = certificateArnOrNull(value)),
    },
    { path: '/securityPolicy', replace: (domain, value) => (domain.securityPolicy = securityPolicy(value)) },
    { path: '/endpointAccessMode', replace: (domain, value) => (domain.endpointAccessMode = endpointAccessMode(value)) },
    { path: '/endpointConfiguration/types', add: addType, remove: removeType, replace: replaceOnlyType },
    { path: '/endpointConfiguration/types/{type}', add: addType, remove: removeType, replace: replaceType },
    {
      path: '/endpointConfiguration/ipAddressType',
      replace: (domain, value) => (domain.endpointConfiguration.ipAddressType = ipAddressType(value)),
    },
    { path: '/mutualTlsAuthentication/truststoreUri', replace: replaceTruststore },
    { path: '/mutualTlsAuthentication/truststoreVersion', replace: replaceTruststoreVersion },
    {
      path: '/policy',
      replace: (domain, value) => (domain.policy = checkPolicy(value)),
      remove: (domain) => (domain.policy = null),
    },
    {
      path: '/managementPolicy',
      replace: (domain, value) => (domain.managementPolicy = checkPolicy(value)),
      remove: (domain) => (domain.managementPolicy = null),
    },
    { path: '/routingMode', replace: (domain, value) => (domain.routingMode = routingMode(value)) },
  ],
};

/**
 * Certificates come and go with the endpoint types that they belong to. Source: Amazon API Gateway developer guide, Migrate a custom domain name to a different
 * API Gateway endpoint type.
 */
function settable(path: string, set: (domain: DomainNameEntity, value: string | null) => void): PatchRule<DomainNameEntity> {
  const write: PatchSetter<DomainNameEntity> = (domain, value) => set(domain, textOrNull(value));
  return { path, add: write, replace: write, remove: (domain) => set(domain, null) };
}

/** Takes the place of one that came with the domain name, too. */
function replaceCertificate(domain: DomainNameEntity, value: string | null): void {
  domain.certificateArn = certificateArnOrNull(value);
  domain.uploadedCertificateArn = null;
  domain.certificateUploadDate = value === null ? null : new Date();
}

/** Moves a domain name to another type of endpoint step by step. */
function addType({ endpointConfiguration }: DomainNameEntity, value: string | undefined, named?: string): void {
  const type = endpointType(value ?? named);
  endpointConfiguration.types = [...endpointConfiguration.types.filter((each) => each !== type), type];
}

function removeType({ endpointConfiguration }: DomainNameEntity, value: string | undefined, named?: string): void {
  const { types } = endpointConfiguration;
  const place = placeOf(types, named ?? value);
  endpointConfiguration.types = types.filter((_, each) => each !== place);
}

function replaceOnlyType({ endpointConfiguration }: DomainNameEntity, value: string | undefined): void {
  endpointConfiguration.types = [endpointType(value)];
}

function replaceType({ endpointConfiguration }: DomainNameEntity, value: string | undefined, named?: string): void {
  const { types } = endpointConfiguration;
  const place = placeOf(types, named);
  if (!(place in types)) throw badRequest(`Invalid patch path /endpointConfiguration/types/${named}`);
  endpointConfiguration.types = [...new Set(types.toSpliced(place, 1, endpointType(value)))];
}

/** A type is named by its place in the list or by itself. */
function placeOf(types: DomainNameEntity['endpointConfiguration']['types'], named: string | undefined): number {
  return /^\d{1,2}$/.test(named ?? '') ? Number(named) : types.indexOf(endpointType(named));
}

/** An empty one ends mutual TLS. */
function replaceTruststore(domain: DomainNameEntity, value: string | undefined): void {
  domain.mutualTlsAuthentication = value ? { ...domain.mutualTlsAuthentication, truststoreUri: value } : null;
}

function replaceTruststoreVersion({ mutualTlsAuthentication }: DomainNameEntity, value: string | undefined): void {
  if (!mutualTlsAuthentication) throw badRequest('A truststoreVersion needs a truststoreUri.');
  if (value) mutualTlsAuthentication.truststoreVersion = value;
  else delete mutualTlsAuthentication.truststoreVersion;
}

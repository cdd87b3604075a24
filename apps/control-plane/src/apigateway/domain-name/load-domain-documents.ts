import type { BasePathMappingModel, DomainCertificateModel, DomainNameModel } from '@gatehouse/api-model';
import { compileDomain } from '@gatehouse/compiler';
import type { DomainSnapshot, Scope } from '@gatehouse/snapshot';
import { In, type EntityManager } from 'typeorm';
import { BasePathMappingEntity } from '../base-path-mapping/base-path-mapping.entity.js';
import { groupBy } from '../resource/group-by.js';
import { importedCertificates, usedCertificates } from './certificate-use.js';
import { DomainNameEntity, PUBLIC } from './domain-name.entity.js';
import { domainKey } from './find-domain-name.js';

/** Reads many domain names at once. Gives for each that there is, by the key of its document, what compiles it. */
export async function readDomains(
  manager: EntityManager,
  scope: Scope,
  keys: readonly string[],
): Promise<Map<string, () => DomainSnapshot>> {
  const where = { ...scope, domainName: In(keys.map((key) => key.split('+', 1)[0]!)) };
  const wanted = new Set(keys);
  const domains = (await manager.findBy(DomainNameEntity, where)).filter((domain) => wanted.has(domainKey(domain)));
  const mappings = groupBy(await manager.findBy(BasePathMappingEntity, where), domainKey);
  const imported = await importedCertificates(manager, scope, domains.flatMap(usedCertificates));
  return new Map(
    domains.map((domain) => {
      const key = domainKey(domain);
      return [key, () => compileDomain(domainNameModel(domain, mappings.get(key) ?? [], imported))];
    }),
  );
}

/** A domain name as the compiler knows it. `imported` has the certificates that there are, by ARN. */
export function domainNameModel(
  domain: DomainNameEntity,
  mappings: readonly BasePathMappingEntity[],
  imported: ReadonlyMap<string, unknown>,
): DomainNameModel {
  const certificates: DomainCertificateModel[] = [];
  const use = (setting: DomainCertificateModel['setting'], certificateArn: string | null) => {
    if (certificateArn !== null) certificates.push({ setting, certificateArn, imported: imported.has(certificateArn) });
  };
  use('certificateArn', domain.certificateArn);
  use('certificateBody', domain.uploadedCertificateArn);
  use('regionalCertificateArn', domain.regionalCertificateArn);
  return {
    domainName: domain.domainName,
    domainNameId: domain.domainNameId === PUBLIC ? undefined : domain.domainNameId,
    endpointConfiguration: domain.endpointConfiguration,
    certificates,
    securityPolicy: domain.securityPolicy,
    endpointAccessMode: domain.endpointAccessMode ?? undefined,
    mutualTlsAuthentication: domain.mutualTlsAuthentication ?? undefined,
    ownershipVerificationCertificateArn: domain.ownershipVerificationCertificateArn ?? undefined,
    policy: domain.policy ?? undefined,
    managementPolicy: domain.managementPolicy ?? undefined,
    routingMode: domain.routingMode,
    basePathMappings: mappings.map(({ basePath, apiId, stageName }): BasePathMappingModel => ({
      basePath,
      apiId,
      stage: stageName ?? undefined,
    })),
  };
}

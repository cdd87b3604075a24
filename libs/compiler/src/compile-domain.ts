import type { DomainNameModel } from '@gatehouse/api-model';
import type { DomainSnapshot } from '@gatehouse/snapshot';
import { Refusals } from './unenforceable-settings.js';

/** What TLS listeners speak: 1.2 and 1.3, whatever else a domain asks for. */
const SERVED_SECURITY_POLICY = 'TLS_1_2';

/** The document of one domain name. Where it asks for what gateways cannot enforce, which `unenforceableOfDomain` tells, it is denied whole. */
export function compileDomain(domain: DomainNameModel): DomainSnapshot {
  return {
    domainName: domain.domainName,
    certificateArn: shownCertificate(domain),
    basePaths: domain.basePathMappings
      .map(({ basePath, apiId, stage }) => ({ basePath, protocol: 'REST' as const, apiId, stage: stage ?? null }))
      .sort((a, b) => (a.basePath < b.basePath ? -1 : 1)),
    denied: unenforceableOfDomain(domain),
  };
}

/** Every setting of a domain that gateways cannot act on, each with its place; for `refuseUnenforceable`. */
export function unenforceableOfDomain(domain: DomainNameModel): string[] {
  const refusals = new Refusals(`domain ${domain.domainName}`);
  for (const { setting, certificateArn, imported } of domain.certificates) {
    refusals.when(!imported, `${setting} ${certificateArn}, which names no certificate that was imported`);
  }
  refusals.when(domain.endpointConfiguration.types.includes('PRIVATE'), 'endpointConfiguration type PRIVATE');
  refusals.when(domain.securityPolicy !== SERVED_SECURITY_POLICY, `securityPolicy ${domain.securityPolicy}`);
  refusals.when(domain.endpointAccessMode === 'STRICT', 'endpointAccessMode STRICT');
  refusals.when(domain.mutualTlsAuthentication, 'mutualTlsAuthentication');
  refusals.when(domain.ownershipVerificationCertificateArn, 'ownershipVerificationCertificateArn');
  refusals.when(domain.policy, 'policy');
  refusals.when(domain.managementPolicy, 'managementPolicy');
  refusals.when(domain.routingMode !== 'BASE_PATH_MAPPING_ONLY', `routingMode ${domain.routingMode}`);
  return refusals.settings;
}

/** One name is shown one certificate: while a domain moves from one endpoint type to the other and has both, it is the regional one's. */
function shownCertificate({ endpointConfiguration, certificates }: DomainNameModel): string | null {
  const regional = certificates.find(({ setting }) => setting === 'regionalCertificateArn');
  const edge = certificates.find(({ setting }) => setting !== 'regionalCertificateArn');
  const shown = endpointConfiguration.types.includes('REGIONAL') ? (regional ?? edge) : (edge ?? regional);
  return shown?.certificateArn ?? null;
}

import type { EndpointConfigurationModel } from './rest-api.js';

/** A custom domain name and what its base paths lead to. */
export interface DomainNameModel {
  /** Lower case; `*.example.com` stands for every name with one label in place of the asterisk. */
  domainName: string;
  /** Of a private domain name, whose name alone names nothing. */
  domainNameId?: string;
  endpointConfiguration: EndpointConfigurationModel;
  /** The certificates that it names, each with the setting that does. */
  certificates: DomainCertificateModel[];
  /** Oldest TLS that clients may speak. */
  securityPolicy: string;
  /** Whether a client's SNI must be the host that it asks for. */
  endpointAccessMode?: string;
  mutualTlsAuthentication?: MutualTlsAuthenticationModel;
  ownershipVerificationCertificateArn?: string;
  /** Resource policy as JSON text. */
  policy?: string;
  /** Who may make access associations, as JSON text. */
  managementPolicy?: string;
  routingMode: string;
  basePathMappings: BasePathMappingModel[];
}

export interface DomainCertificateModel {
  setting: 'certificateArn' | 'certificateBody' | 'regionalCertificateArn';
  certificateArn: string;
  /** Nobody can show a certificate that was never imported. */
  imported: boolean;
}

export interface MutualTlsAuthenticationModel {
  truststoreUri: string;
  truststoreVersion?: string;
}

export interface BasePathMappingModel {
  /** The first segment of a path; empty for all paths that no other mapping has. */
  basePath: string;
  apiId: string;
  /** Where there is none, the next segment of the path names the stage. */
  stage?: string;
}

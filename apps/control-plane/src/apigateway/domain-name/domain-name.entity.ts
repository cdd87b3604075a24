import type { EndpointConfigurationModel, MutualTlsAuthenticationModel } from '@gatehouse/api-model';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

/** What is in the place of a domain name's id where it is public and has none. */
export const PUBLIC = '';

@Entity('domain_names')
@Index('domain_names_public', ['domainName'], { unique: true, where: "domain_name_id = ''" })
export class DomainNameEntity extends Scoped {
  /** Lower case; a wildcard begins with `*.`. */
  @PrimaryColumn('text', { name: 'domain_name' })
  domainName!: string;

  /** Tells private names apart; `PUBLIC` for public ones, of which there is one in the installation. */
  @PrimaryColumn('text', { name: 'domain_name_id' })
  domainNameId!: string;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('jsonb', { name: 'endpoint_configuration' })
  endpointConfiguration!: EndpointConfigurationModel;

  @Column('text', { name: 'certificate_name', nullable: true })
  certificateName!: string | null;

  @Column('text', { name: 'certificate_arn', nullable: true })
  certificateArn!: string | null;

  /** Of the certificate that came with the domain name and goes with it; in place of `certificateArn`, and not told with the domain name. */
  @Column('text', { name: 'uploaded_certificate_arn', nullable: true })
  uploadedCertificateArn!: string | null;

  /** When the certificate of the edge endpoint was last chosen or uploaded. */
  @Column('timestamptz', { name: 'certificate_upload_date', nullable: true })
  certificateUploadDate!: Date | null;

  @Column('text', { name: 'regional_certificate_name', nullable: true })
  regionalCertificateName!: string | null;

  @Column('text', { name: 'regional_certificate_arn', nullable: true })
  regionalCertificateArn!: string | null;

  @Column('text', { name: 'ownership_verification_certificate_arn', nullable: true })
  ownershipVerificationCertificateArn!: string | null;

  /** Where AWS has the name point to with an edge endpoint. */
  @Column('text', { name: 'distribution_domain_name', nullable: true })
  distributionDomainName!: string | null;

  /** The same with a regional one. */
  @Column('text', { name: 'regional_domain_name', nullable: true })
  regionalDomainName!: string | null;

  @Column('text', { name: 'security_policy' })
  securityPolicy!: string;

  @Column('text', { name: 'endpoint_access_mode', nullable: true })
  endpointAccessMode!: string | null;

  @Column('jsonb', { name: 'mutual_tls_authentication', nullable: true })
  mutualTlsAuthentication!: MutualTlsAuthenticationModel | null;

  @Column('text', { nullable: true })
  policy!: string | null;

  @Column('text', { name: 'management_policy', nullable: true })
  managementPolicy!: string | null;

  @Column('text', { name: 'routing_mode' })
  routingMode!: string;

  @Column('jsonb')
  tags!: Record<string, string>;
}

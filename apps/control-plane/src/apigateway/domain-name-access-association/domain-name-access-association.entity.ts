import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { DomainNameEntity } from '../domain-name/domain-name.entity.js';

const DOMAIN_KEY = ['accountId', 'region', 'domainName', 'domainNameId'] as const;

export const UNKNOWN_ACCESS_ASSOCIATION = 'Invalid domain name access association identifier specified';

/** From where a private domain name may be reached. */
@Entity('domain_name_access_associations')
@ForeignKey(() => DomainNameEntity, DOMAIN_KEY, DOMAIN_KEY, {
  name: 'domain_name_access_associations_domain',
  onDelete: 'CASCADE',
})
export class DomainNameAccessAssociationEntity extends Scoped {
  @PrimaryColumn('text', { name: 'domain_name' })
  domainName!: string;

  @PrimaryColumn('text', { name: 'domain_name_id' })
  domainNameId!: string;

  /** Id of a VPC endpoint. */
  @PrimaryColumn('text')
  source!: string;

  @Column('text', { name: 'source_type' })
  sourceType!: 'VPCE';

  @Column('jsonb')
  tags!: Record<string, string>;
}

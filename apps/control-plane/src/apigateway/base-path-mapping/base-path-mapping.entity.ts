import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { DomainNameEntity } from '../domain-name/domain-name.entity.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

const DOMAIN_KEY = ['accountId', 'region', 'domainName', 'domainNameId'] as const;

@Entity('base_path_mappings')
@Index('base_path_mappings_by_api', ['accountId', 'region', 'apiId'])
@ForeignKey(() => DomainNameEntity, DOMAIN_KEY, DOMAIN_KEY, { name: 'base_path_mappings_domain', onDelete: 'CASCADE' })
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'base_path_mappings_api',
})
export class BasePathMappingEntity extends Scoped {
  @PrimaryColumn('text', { name: 'domain_name' })
  domainName!: string;

  @PrimaryColumn('text', { name: 'domain_name_id' })
  domainNameId!: string;

  /** Empty for what AWS writes as `(none)`. */
  @PrimaryColumn('text', { name: 'base_path' })
  basePath!: string;

  @Column('text', { name: 'api_id' })
  apiId!: string;

  /** Null where the path names the stage. */
  @Column('text', { name: 'stage_name', nullable: true })
  stageName!: string | null;
}

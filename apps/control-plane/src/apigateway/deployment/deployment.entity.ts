import type { RestApiModel } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('deployments')
// By what is in `vpcLinkIds`; TypeORM cannot say such an index.
@Index('deployments_vpc_links', { synchronize: false })
@Index('deployments_unknown_vpc_links', ['accountId', 'region', 'apiId', 'deploymentId'], { where: 'vpc_link_ids IS NULL' })
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'deployments_api',
  onDelete: 'CASCADE',
})
export class DeploymentEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'deployment_id' })
  deploymentId!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  /** What was deployed. Never changes. */
  @Column('jsonb')
  model!: RestApiModel;

  /** The VPC links that the model names, of which a link's removal asks; null when that is not known yet, as of deployments of older versions. */
  @Column('text', { name: 'vpc_link_ids', array: true, nullable: true })
  vpcLinkIds!: string[] | null;
}

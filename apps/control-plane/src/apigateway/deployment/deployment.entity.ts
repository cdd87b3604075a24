import type { RestApiModel } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('deployments')
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
}

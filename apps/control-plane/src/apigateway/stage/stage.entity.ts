import type { CanarySettingsModel, MethodSettingModel } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('stages')
@ForeignKey(
  () => DeploymentEntity,
  ['accountId', 'region', 'apiId', 'deploymentId'],
  ['accountId', 'region', 'apiId', 'deploymentId'],
  { name: 'stages_deployment', deferrable: 'INITIALLY DEFERRED' },
)
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'stages_api',
  onDelete: 'CASCADE',
})
export class StageEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'stage_name' })
  stageName!: string;

  @Column('text', { name: 'deployment_id' })
  deploymentId!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { name: 'documentation_version', nullable: true })
  documentationVersion!: string | null;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('timestamptz', { name: 'last_updated_date' })
  lastUpdatedDate!: Date;

  @Column('jsonb')
  variables!: Record<string, string>;

  @Column('jsonb', { name: 'method_settings' })
  methodSettings!: Record<string, MethodSettingModel>;

  @Column('boolean', { name: 'cache_cluster_enabled' })
  cacheClusterEnabled!: boolean;

  @Column('text', { name: 'cache_cluster_size', nullable: true })
  cacheClusterSize!: string | null;

  /** Names what is cached for it: a new one flushes. */
  @Column('text', { name: 'cache_epoch', default: '' })
  cacheEpoch!: string;

  /** Names what its authorizers decided: a new one flushes. */
  @Column('text', { name: 'decisions_epoch', default: '' })
  decisionsEpoch!: string;

  @Column('text', { name: 'client_certificate_id', nullable: true })
  clientCertificateId!: string | null;

  @Column('boolean', { name: 'tracing_enabled' })
  tracingEnabled!: boolean;

  @Column('jsonb', { name: 'access_log_settings', nullable: true })
  accessLogSettings!: { destinationArn?: string; format?: string } | null;

  @Column('jsonb', { name: 'canary_settings', nullable: true })
  canarySettings!: CanarySettingsModel | null;

  @Column('jsonb')
  tags!: Record<string, string>;
}

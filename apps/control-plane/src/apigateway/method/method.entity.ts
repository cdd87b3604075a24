import type { HttpMethod, IntegrationModel, MethodResponseModel } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { ResourceEntity } from '../resource/resource.entity.js';

/** A method with its responses, its integration and that one's responses: one row, because they live, change and are read together. */
@Entity('methods')
// By the integration's connectionId; TypeORM cannot say expressions.
@Index('methods_connection', { synchronize: false })
@ForeignKey(
  () => ResourceEntity,
  ['accountId', 'region', 'apiId', 'resourceId'],
  ['accountId', 'region', 'apiId', 'resourceId'],
  { name: 'methods_resource', onDelete: 'CASCADE' },
)
export class MethodEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'resource_id' })
  resourceId!: string;

  @PrimaryColumn('text', { name: 'http_method' })
  httpMethod!: HttpMethod;

  @Column('text', { name: 'authorization_type' })
  authorizationType!: string;

  @Column('text', { name: 'authorizer_id', nullable: true })
  authorizerId!: string | null;

  @Column('jsonb', { name: 'authorization_scopes' })
  authorizationScopes!: string[];

  @Column('boolean', { name: 'api_key_required' })
  apiKeyRequired!: boolean;

  @Column('text', { name: 'operation_name', nullable: true })
  operationName!: string | null;

  @Column('text', { name: 'request_validator_id', nullable: true })
  requestValidatorId!: string | null;

  @Column('jsonb', { name: 'request_parameters' })
  requestParameters!: Record<string, boolean>;

  @Column('jsonb', { name: 'request_models' })
  requestModels!: Record<string, string>;

  @Column('jsonb', { name: 'method_responses' })
  methodResponses!: MethodResponseModel[];

  @Column('jsonb', { name: 'method_integration', nullable: true })
  methodIntegration!: IntegrationModel | null;
}

import type { AuthorizerModel } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

@Entity('authorizers')
@Index('authorizers_name', ['accountId', 'region', 'apiId', 'name'], { unique: true })
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'authorizers_api',
  onDelete: 'CASCADE',
})
export class AuthorizerEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'authorizer_id' })
  authorizerId!: string;

  @Column('text')
  name!: string;

  @Column('text')
  type!: AuthorizerModel['type'];

  @Column('jsonb', { name: 'provider_arns' })
  providerArns!: string[];

  @Column('text', { name: 'auth_type', nullable: true })
  authType!: string | null;

  @Column('text', { name: 'authorizer_uri', nullable: true })
  authorizerUri!: string | null;

  @Column('text', { name: 'authorizer_credentials', nullable: true })
  authorizerCredentials!: string | null;

  @Column('text', { name: 'identity_source', nullable: true })
  identitySource!: string | null;

  @Column('text', { name: 'identity_validation_expression', nullable: true })
  identityValidationExpression!: string | null;

  @Column('integer', { name: 'authorizer_result_ttl_in_seconds', nullable: true })
  authorizerResultTtlInSeconds!: number | null;
}

import type { GatewayResponseType } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { RestApiEntity } from '../rest-api/rest-api.entity.js';

/** A gateway response that was customised; types without a row are AWS's. */
@Entity('gateway_responses')
@ForeignKey(() => RestApiEntity, ['accountId', 'region', 'apiId'], ['accountId', 'region', 'apiId'], {
  name: 'gateway_responses_api',
  onDelete: 'CASCADE',
})
export class GatewayResponseEntity extends Scoped {
  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'response_type' })
  responseType!: GatewayResponseType;

  @Column('text', { name: 'status_code', nullable: true })
  statusCode!: string | null;

  @Column('jsonb', { name: 'response_parameters' })
  responseParameters!: Record<string, string>;

  @Column('jsonb', { name: 'response_templates' })
  responseTemplates!: Record<string, string>;
}

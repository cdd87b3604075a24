import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { ApiKeyEntity } from '../api-key/api-key.entity.js';
import { UsagePlanEntity } from './usage-plan.entity.js';

@Entity('usage_plan_keys')
@Index('usage_plan_keys_by_key', ['accountId', 'region', 'apiKeyId'])
@Index('usage_plan_keys_newest', ['accountId', 'region', 'usagePlanId', 'createdDate', 'apiKeyId'])
@ForeignKey(() => ApiKeyEntity, ['accountId', 'region', 'apiKeyId'], ['accountId', 'region', 'apiKeyId'], {
  name: 'usage_plan_keys_key',
  onDelete: 'CASCADE',
})
@ForeignKey(() => UsagePlanEntity, ['accountId', 'region', 'usagePlanId'], ['accountId', 'region', 'usagePlanId'], {
  name: 'usage_plan_keys_plan',
  onDelete: 'CASCADE',
})
export class UsagePlanKeyEntity extends Scoped {
  @PrimaryColumn('text', { name: 'usage_plan_id' })
  usagePlanId!: string;

  @PrimaryColumn('text', { name: 'api_key_id' })
  apiKeyId!: string;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;
}

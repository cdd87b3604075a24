import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

@Entity('usage_plan_keys')
@Index('usage_plan_keys_by_key', ['accountId', 'region', 'apiKeyId'])
export class UsagePlanKeyEntity extends Scoped {
  @PrimaryColumn('text', { name: 'usage_plan_id' })
  usagePlanId!: string;

  @PrimaryColumn('text', { name: 'api_key_id' })
  apiKeyId!: string;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;
}

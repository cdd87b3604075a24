import type { QuotaModel, ThrottleModel } from '@gatehouse/api-model';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

@Entity('usage_plans')
@Index('usage_plans_period_change', ['accountId', 'region', 'usagePlanId'], { where: 'period_change IS NOT NULL' })
export class UsagePlanEntity extends Scoped {
  @PrimaryColumn('text', { name: 'usage_plan_id' })
  usagePlanId!: string;

  @Column('text')
  name!: string;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text', { name: 'product_code', nullable: true })
  productCode!: string | null;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('jsonb', { nullable: true })
  throttle!: ThrottleModel | null;

  @Column('jsonb', { nullable: true })
  quota!: QuotaModel | null;

  /** Names the last change of the quota's period, until Redis has heard what was used and granted on the days of the new one. */
  @Column('uuid', { name: 'period_change', nullable: true })
  periodChange!: string | null;

  @Column('jsonb')
  tags!: Record<string, string>;
}

import type { QuotaModel, ThrottleModel } from '@gatehouse/api-model';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

@Entity('usage_plans')
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

  @Column('jsonb')
  tags!: Record<string, string>;
}

import type { CountedPeriod } from '@gatehouse/throttling';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

/**
 * How many requests one gateway process admitted for a key under a plan on a day, while the plan's quota had one period: an absolute figure, so
 * that a repeated report never counts twice.
 */
@Entity('usage_totals')
@Index('usage_totals_by_key', ['accountId', 'region', 'usagePlanId', 'apiKeyId', 'day'])
export class UsageTotalEntity extends Scoped {
  @PrimaryColumn('text', { name: 'usage_plan_id' })
  usagePlanId!: string;

  @PrimaryColumn('text', { name: 'api_key_id' })
  apiKeyId!: string;

  /** UTC. */
  @PrimaryColumn('date')
  day!: string;

  /** One life of one gateway process. */
  @PrimaryColumn('text', { name: 'process_id' })
  processId!: string;

  /** As the process knew it. */
  @PrimaryColumn('text', { name: 'quota_period' })
  quotaPeriod!: CountedPeriod;

  @Column('bigint')
  total!: string;
}

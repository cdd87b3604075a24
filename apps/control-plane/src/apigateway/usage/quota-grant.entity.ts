import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

/**
 * Requests that UpdateUsage added to what remained of a key's quota on a day, or took away (then it is negative). It counts in the quota's
 * period that holds the day and is no usage: totals of what was used know nothing of it.
 */
@Entity('quota_grants')
@Index('quota_grants_undelivered', ['accountId', 'region', 'usagePlanId', 'apiKeyId'], { where: 'NOT delivered' })
export class QuotaGrantEntity extends Scoped {
  @PrimaryColumn('text', { name: 'usage_plan_id' })
  usagePlanId!: string;

  @PrimaryColumn('text', { name: 'api_key_id' })
  apiKeyId!: string;

  /** UTC. */
  @PrimaryColumn('date')
  day!: string;

  @Column('bigint')
  granted!: string;

  /** Whether Redis, from which gateways take, has heard of it. */
  @Column('boolean')
  delivered!: boolean;
}

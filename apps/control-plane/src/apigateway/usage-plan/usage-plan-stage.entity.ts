import type { ThrottleModel } from '@gatehouse/api-model';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { UsagePlanEntity } from './usage-plan.entity.js';

/** An (API, stage) that a usage plan covers. */
@Entity('usage_plan_stages')
@Index('usage_plan_stages_by_stage', ['accountId', 'region', 'apiId', 'stageName'])
@ForeignKey(() => UsagePlanEntity, ['accountId', 'region', 'usagePlanId'], ['accountId', 'region', 'usagePlanId'], {
  name: 'usage_plan_stages_plan',
  onDelete: 'CASCADE',
})
export class UsagePlanStageEntity extends Scoped {
  @PrimaryColumn('text', { name: 'usage_plan_id' })
  usagePlanId!: string;

  @PrimaryColumn('text', { name: 'api_id' })
  apiId!: string;

  @PrimaryColumn('text', { name: 'stage_name' })
  stageName!: string;

  /** Place in the plan's list, which AWS gives back in the order of adding. */
  @Column('integer')
  position!: number;

  /** `{resource path}/{VERB}` -> limit. */
  @Column('jsonb')
  throttle!: Record<string, ThrottleModel>;
}

import { Column, Entity } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

/** What was set for one account in one region; there is no row where nothing ever was. */
@Entity('account_settings')
export class AccountSettingsEntity extends Scoped {
  @Column('text', { name: 'cloudwatch_role_arn', nullable: true })
  cloudwatchRoleArn!: string | null;

  /** Requests a second of all APIs together; null for no limit. */
  @Column('double precision', { name: 'rate_limit', nullable: true })
  rateLimit!: number | null;

  /** Size of the token bucket; null for as many as AWS grants, where there is a rate. */
  @Column('integer', { name: 'burst_limit', nullable: true })
  burstLimit!: number | null;
}

import { Column, Entity } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

/** What was set for one account in one region; there is no row where nothing ever was. */
@Entity('account_settings')
export class AccountSettingsEntity extends Scoped {
  @Column('text', { name: 'cloudwatch_role_arn', nullable: true })
  cloudwatchRoleArn!: string | null;
}

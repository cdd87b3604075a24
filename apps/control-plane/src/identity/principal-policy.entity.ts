import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PrincipalEntity } from './principal.entity.js';

/** One policy of a user, by the name that it was given. */
@Entity('principal_policies')
@ForeignKey(() => PrincipalEntity, ['accountId', 'principalId'], ['accountId', 'principalId'], {
  name: 'principal_policies_principal',
  onDelete: 'CASCADE',
})
export class PrincipalPolicyEntity {
  @PrimaryColumn('text', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('text', { name: 'principal_id' })
  principalId!: string;

  @PrimaryColumn('text', { name: 'policy_name' })
  policyName!: string;

  /** JSON text, as it was given. */
  @Column('text')
  document!: string;
}

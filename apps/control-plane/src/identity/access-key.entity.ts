import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PrincipalEntity } from './principal.entity.js';

@Entity('access_keys')
@ForeignKey(() => PrincipalEntity, ['accountId', 'principalId'], ['accountId', 'principalId'], {
  name: 'access_keys_principal',
  onDelete: 'CASCADE',
})
export class AccessKeyEntity {
  /** Unique over all accounts: it is all that a signature says of who made it. */
  @PrimaryColumn('text', { name: 'access_key_id' })
  accessKeyId!: string;

  @Column('text', { name: 'account_id' })
  accountId!: string;

  @Column('text', { name: 'principal_id' })
  principalId!: string;

  /** Sealed under the master key: verifying a signature needs the secret itself. */
  @Column('text', { name: 'secret_sealed' })
  secretSealed!: string;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  /** An inactive key signs nothing. */
  @Column('text')
  status!: 'Active' | 'Inactive';
}

import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PrincipalEntity } from './principal.entity.js';

@Entity('bearer_tokens')
@Index('bearer_tokens_hash', ['tokenHash'], { unique: true })
@ForeignKey(() => PrincipalEntity, ['accountId', 'principalId'], ['accountId', 'principalId'], {
  name: 'bearer_tokens_principal',
  onDelete: 'CASCADE',
})
export class BearerTokenEntity {
  @PrimaryColumn('text', { name: 'token_id' })
  tokenId!: string;

  @Column('text', { name: 'account_id' })
  accountId!: string;

  @Column('text', { name: 'principal_id' })
  principalId!: string;

  /** SHA-256 of the token, hexadecimal; the token itself is shown once and kept nowhere. */
  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}

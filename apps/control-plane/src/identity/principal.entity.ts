import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who stands behind an access key or a token. Principals, like IAM's, belong to an account and to no region. */
@Entity('principals')
@Index('principals_user_id', ['userId'], { unique: true })
export class PrincipalEntity {
  @PrimaryColumn('text', { name: 'account_id' })
  accountId!: string;

  /** What stands in the principal's ARN behind the account: `root`, or `user/{name}`. */
  @PrimaryColumn('text', { name: 'principal_id' })
  principalId!: string;

  @Column('text')
  kind!: 'root' | 'user';

  /** IAM policy documents of the root principal, which has the one that allows everything. Those of users have names, and a table. */
  @Column('jsonb')
  policies!: PolicyDocument[];

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;

  /** `AIDA` and 17 characters; null of the root principal. Never given twice, so that nothing of a user passes to one who comes after him under his name. */
  @Column('text', { name: 'user_id', nullable: true })
  userId!: string | null;
}

export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: { Effect: 'Allow' | 'Deny'; Action: string[]; Resource: string[] }[];
}

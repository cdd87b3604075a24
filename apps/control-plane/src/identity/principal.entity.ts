import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who stands behind an access key or a token. Principals, like IAM's, belong to an account and to no region. */
@Entity('principals')
export class PrincipalEntity {
  @PrimaryColumn('text', { name: 'account_id' })
  accountId!: string;

  @PrimaryColumn('text', { name: 'principal_id' })
  principalId!: string;

  @Column('text')
  kind!: 'root';

  /** IAM policy documents; the root principal has the one that allows everything. */
  @Column('jsonb')
  policies!: PolicyDocument[];

  @Column('timestamptz', { name: 'created_date' })
  createdDate!: Date;
}

export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: { Effect: 'Allow' | 'Deny'; Action: string[]; Resource: string[] }[];
}

import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { FunctionEntity } from './function.entity.js';

const FUNCTION_KEY = ['accountId', 'region', 'functionName'] as const;

/** One statement of a function's policy: whom else it allows what. */
@Entity('function_statements')
@ForeignKey(() => FunctionEntity, FUNCTION_KEY, FUNCTION_KEY, { name: 'function_statements_function', onDelete: 'CASCADE' })
export class FunctionStatementEntity extends Scoped {
  @PrimaryColumn('text', { name: 'function_name' })
  functionName!: string;

  /** The version or alias that it speaks of; empty for the function without a qualifier. */
  @PrimaryColumn('text')
  qualifier!: string;

  @PrimaryColumn('text', { name: 'statement_id' })
  statementId!: string;

  /** Among the statements of a policy: the order in which they were added. */
  @Column('integer')
  place!: number;

  @Column('text')
  action!: string;

  /** A service, an account, an ARN or `*`. */
  @Column('text')
  principal!: string;

  @Column('text', { name: 'source_arn', nullable: true })
  sourceArn!: string | null;

  @Column('text', { name: 'source_account', nullable: true })
  sourceAccount!: string | null;
}

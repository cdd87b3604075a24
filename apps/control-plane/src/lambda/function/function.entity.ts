import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

/** A function: the name, under which versions lie. Its row lock is that of everything about the function. */
@Entity('functions')
export class FunctionEntity extends Scoped {
  @PrimaryColumn('text', { name: 'function_name' })
  functionName!: string;

  /** The number of the version that is published next; numbers are never given out again. */
  @Column('integer', { name: 'next_version' })
  nextVersion!: number;

  /** Most invocations at a time; null for no limit of its own. */
  @Column('integer', { name: 'reserved_concurrency', nullable: true })
  reservedConcurrency!: number | null;

  @Column('jsonb')
  tags!: Record<string, string>;
}

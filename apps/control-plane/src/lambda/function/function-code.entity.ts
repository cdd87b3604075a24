import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';

/** An archive, kept once for all versions and functions that run it. */
@Entity('function_code')
export class FunctionCodeEntity extends Scoped {
  /** Hexadecimal. */
  @PrimaryColumn('text')
  sha256!: string;

  /** Bytes. */
  @Column('integer')
  size!: number;

  @Column('bytea')
  archive!: Buffer;

  @Column('timestamptz', { name: 'stored_at' })
  storedAt!: Date;
}

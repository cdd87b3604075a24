import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { FunctionVersionEntity } from './function-version.entity.js';

const VERSION_KEY = ['accountId', 'region', 'functionName', 'version'] as const;

/** A name for a version of a function, which can be pointed to another one. */
@Entity('function_aliases')
@Index('function_aliases_of_version', [...VERSION_KEY])
@ForeignKey(() => FunctionVersionEntity, VERSION_KEY, VERSION_KEY, { name: 'function_aliases_version', onDelete: 'CASCADE' })
export class FunctionAliasEntity extends Scoped {
  @PrimaryColumn('text', { name: 'function_name' })
  functionName!: string;

  @PrimaryColumn('text', { name: 'alias_name' })
  aliasName!: string;

  /** UUID; another one with every change. */
  @Column('text', { name: 'revision_id' })
  revisionId!: string;

  @Column('text')
  version!: string;

  @Column('text')
  description!: string;

  /** Other versions that get a share of the invocations, each from 0 to 1. */
  @Column('jsonb')
  routing!: [version: string, weight: number][];
}

import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../../database/scoped.js';
import { FunctionCodeEntity } from './function-code.entity.js';
import { FunctionEntity } from './function.entity.js';

const FUNCTION_KEY = ['accountId', 'region', 'functionName'] as const;

/** Members of a configuration that are kept to be told again and change nothing here. */
export interface ToldSettings {
  architectures?: string[];
  ephemeralStorage?: number;
  tracingMode?: string;
  loggingConfig?: Record<string, string>;
}

/** What one version of a function runs: `$LATEST` can change, published ones never do. */
@Entity('function_versions')
@Index('function_versions_of_code', ['accountId', 'region', 'codeSha256'])
@ForeignKey(() => FunctionEntity, FUNCTION_KEY, FUNCTION_KEY, { name: 'function_versions_function', onDelete: 'CASCADE' })
@ForeignKey(() => FunctionCodeEntity, ['accountId', 'region', 'codeSha256'], ['accountId', 'region', 'sha256'], {
  name: 'function_versions_code',
})
export class FunctionVersionEntity extends Scoped {
  @PrimaryColumn('text', { name: 'function_name' })
  functionName!: string;

  /** `$LATEST` or a number. */
  @PrimaryColumn('text')
  version!: string;

  /** UUID; another one with every change. */
  @Column('text', { name: 'revision_id' })
  revisionId!: string;

  @Column('text')
  runtime!: string;

  /** ARN; nothing is done in its name. */
  @Column('text')
  role!: string;

  @Column('text')
  handler!: string;

  @Column('text')
  description!: string;

  /** Seconds. */
  @Column('integer')
  timeout!: number;

  /** Megabytes. */
  @Column('integer', { name: 'memory_size' })
  memorySize!: number;

  /** JSON object of variables, sealed under the master key; null where there are none. */
  @Column('text', { name: 'environment_sealed', nullable: true })
  environmentSealed!: string | null;

  /** Of the archive, hexadecimal. */
  @Column('text', { name: 'code_sha256' })
  codeSha256!: string;

  /** Bytes of the archive. */
  @Column('integer', { name: 'code_size' })
  codeSize!: number;

  @Column('jsonb')
  settings!: ToldSettings;

  @Column('timestamptz', { name: 'last_modified' })
  lastModified!: Date;
}

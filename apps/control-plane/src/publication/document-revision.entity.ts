import type { DocumentKind } from '@gatehouse/snapshot';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Scoped } from '../database/scoped.js';

/**
 * The newest revision of each published document. Rows are never removed: a deleted one stays as a tombstone, so that a gateway that was away
 * learns of the deletion after any loss of Redis, and revisions go on where they stopped when a name is made again.
 */
@Entity('document_revisions')
export class DocumentRevisionEntity extends Scoped {
  @PrimaryColumn('text')
  kind!: DocumentKind;

  @PrimaryColumn('text')
  key!: string;

  @Column('bigint')
  revision!: string;

  @Column('boolean')
  deleted!: boolean;
}

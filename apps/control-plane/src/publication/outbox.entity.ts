import type { DocumentKind } from '@gatehouse/snapshot';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Scoped } from '../database/scoped.js';

/** One document that one admin transaction changed, until every gateway could know of it. Found by state, never by `id > last`. */
@Entity('outbox')
@Index('outbox_unsent', ['publicationId'], { where: 'sent_at IS NULL' })
@Index('outbox_unsent_document', ['accountId', 'region', 'kind', 'key'], { where: 'sent_at IS NULL' })
export class OutboxEntity extends Scoped {
  @PrimaryColumn('uuid', { name: 'publication_id' })
  publicationId!: string;

  @PrimaryColumn('text')
  kind!: DocumentKind;

  @PrimaryColumn('text')
  key!: string;

  @Column('bigint')
  revision!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  /** Where the change log of Redis stood after it was sent, and under which epoch. */
  @Column('text', { name: 'sent_epoch', nullable: true })
  sentEpoch!: string | null;

  @Column('bigint', { name: 'sent_sequence', nullable: true })
  sentSequence!: string | null;
}

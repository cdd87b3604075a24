import { refName, type DocumentKind, type Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';

/** One document of a publication, and where the change log stood when it was sent; null while it was not. */
export interface PublishedRow {
  name: string;
  revision: number;
  sent: { epoch: string; sequence: number } | null;
}

interface Row {
  account_id: string;
  region: string;
  kind: DocumentKind;
  key: string;
  revision: string;
  sent_epoch: string | null;
  sent_sequence: string | null;
}

/** The documents of a publication of this account and region; none when it is not known there. */
export async function findPublished(manager: EntityManager, scope: Scope, publicationId: string): Promise<PublishedRow[]> {
  const rows = await manager.query<Row[]>(
    `SELECT account_id, region, kind, key, revision, sent_epoch, sent_sequence FROM outbox
     WHERE account_id = $1 AND region = $2 AND publication_id = $3`,
    [scope.accountId, scope.region, publicationId],
  );
  return rows.map((row) => ({
    name: refName({ accountId: row.account_id, region: row.region, kind: row.kind, key: row.key }),
    revision: Number(row.revision),
    sent: row.sent_epoch === null ? null : { epoch: row.sent_epoch, sequence: Number(row.sent_sequence) },
  }));
}

import { refName, type DocumentKind, type DocumentRef } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { keyColumns } from './document-revisions.js';

/** One outbox row that was not sent. */
export interface UnsentRow extends DocumentRef {
  publicationId: string;
}

interface Row {
  publication_id: string;
  account_id: string;
  region: string;
  kind: DocumentKind;
  key: string;
}

const COLUMNS = 'publication_id, account_id, region, kind, key';

const fromRow = (row: Row): UnsentRow => ({
  publicationId: row.publication_id,
  kind: row.kind,
  accountId: row.account_id,
  region: row.region,
  key: row.key,
});

/**
 * All unsent rows that must be sent together with those of `documents`: their publications, the other documents of these publications, the
 * publications of those, and so on. A publication shows all its documents at once, in their newest revisions; so whatever else these revisions
 * belong to has to go along.
 */
export async function findUnsentWith(manager: EntityManager, documents: readonly DocumentRef[]): Promise<UnsentRow[]> {
  const known = new Set<string>();
  const rows = new Map<string, UnsentRow>();
  let wanted = [...documents];
  while (wanted.length > 0) {
    for (const document of wanted) known.add(refName(document));
    const found = await manager.query<Row[]>(
      `SELECT ${COLUMNS} FROM outbox WHERE sent_at IS NULL AND publication_id IN (
         SELECT publication_id FROM outbox
         JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS wanted (account_id, region, kind, key)
         USING (account_id, region, kind, key)
         WHERE sent_at IS NULL)`,
      keyColumns(wanted),
    );
    const more = new Map<string, DocumentRef>();
    for (const row of found.map(fromRow)) {
      rows.set(`${row.publicationId} ${refName(row)}`, row);
      if (!known.has(refName(row))) more.set(refName(row), row);
    }
    wanted = [...more.values()];
  }
  return [...rows.values()];
}

/**
 * Takes up to `limit` unsent rows that are at least `ageMs` old, in the order of their publications and after the publication `after`, and locks
 * them until the transaction ends. Rows that another control plane holds are passed over.
 */
export async function claimUnsent(manager: EntityManager, after: string, ageMs: number, limit: number): Promise<UnsentRow[]> {
  const rows = await manager.query<Row[]>(
    `SELECT ${COLUMNS} FROM outbox
     WHERE sent_at IS NULL AND publication_id > $1 AND created_at < $2
     ORDER BY publication_id LIMIT $3 FOR UPDATE SKIP LOCKED`,
    [after, new Date(Date.now() - ageMs), limit],
  );
  return rows.map(fromRow);
}

/**
 * Notes where the change log stood after these rows were sent. Rows that another transaction holds are left to it: whoever holds them is sending
 * them too, and waiting for one another could deadlock.
 */
export async function markSent(
  manager: EntityManager,
  rows: readonly UnsentRow[],
  epoch: string,
  sequence: number,
): Promise<void> {
  await manager.query(
    `UPDATE outbox SET sent_at = now(), sent_epoch = $6, sent_sequence = $7 WHERE ctid IN (
       SELECT outbox.ctid FROM outbox
       JOIN unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) AS sent (publication_id, account_id, region, kind, key)
       USING (publication_id, account_id, region, kind, key)
       WHERE sent_at IS NULL FOR UPDATE OF outbox SKIP LOCKED)`,
    [rows.map(({ publicationId }) => publicationId), ...keyColumns(rows), epoch, sequence],
  );
}

/** The newest epoch that anything was sent under, and how far its change log had come then. */
export async function farthestSent(manager: EntityManager): Promise<{ epoch: string; sequence: number } | null> {
  const [row] = await manager.query<{ sent_epoch: string; sequence: string }[]>(
    `SELECT sent_epoch, max(sent_sequence) AS sequence FROM outbox WHERE sent_epoch IS NOT NULL
     GROUP BY sent_epoch ORDER BY sent_epoch COLLATE "C" DESC LIMIT 1`,
  );
  return row ? { epoch: row.sent_epoch, sequence: Number(row.sequence) } : null;
}

/** Removes up to `limit` rows that were sent more than `ageMs` ago; answers how many. */
export async function removeSent(manager: EntityManager, ageMs: number, limit: number): Promise<number> {
  const [, removed] = await manager.query<[unknown, number]>(
    `DELETE FROM outbox WHERE ctid IN (SELECT ctid FROM outbox WHERE sent_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(Date.now() - ageMs), limit],
  );
  return removed;
}

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
 *
 * Each document is looked up on its own (OFFSET 0 keeps Postgres from choosing another way): while an import adds 10,000 documents at a time, the
 * planner knows nothing of them yet, and joined every one with every other for minutes.
 */
export async function findUnsentWith(manager: EntityManager, documents: readonly DocumentRef[]): Promise<UnsentRow[]> {
  const known = new Set<string>();
  const rows = new Map<string, UnsentRow>();
  let wanted = [...documents];
  while (wanted.length > 0) {
    for (const document of wanted) known.add(refName(document));
    const found = await manager.query<Row[]>(
      `WITH publications AS MATERIALIZED (
         SELECT DISTINCT found.publication_id
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS wanted (account_id, region, kind, key)
         CROSS JOIN LATERAL (
           SELECT publication_id FROM outbox o
           WHERE o.account_id = wanted.account_id AND o.region = wanted.region AND o.kind = wanted.kind AND o.key = wanted.key
             AND o.sent_at IS NULL OFFSET 0) AS found)
       SELECT found.* FROM publications CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM outbox o
         WHERE o.publication_id = publications.publication_id AND o.sent_at IS NULL OFFSET 0) AS found`,
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
 * them too, and waiting for one another could deadlock. Each is found by its document: by its publication (hence the casts) all rows of that would be
 * read for each.
 */
export async function markSent(
  manager: EntityManager,
  rows: readonly UnsentRow[],
  epoch: string,
  sequence: number,
): Promise<void> {
  await manager.query(
    `UPDATE outbox SET sent_at = now(), sent_epoch = $6, sent_sequence = $7 WHERE ctid IN (
       SELECT held.ctid
       FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) AS sent (publication_id, account_id, region, kind, key)
       CROSS JOIN LATERAL (
         SELECT o.ctid FROM outbox o
         WHERE o.account_id = sent.account_id AND o.region = sent.region AND o.kind = sent.kind AND o.key = sent.key
           AND o.publication_id::text = sent.publication_id::text AND o.sent_at IS NULL FOR UPDATE SKIP LOCKED) AS held)`,
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

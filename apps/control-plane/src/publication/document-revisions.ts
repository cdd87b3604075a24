import type { DocumentKind, DocumentRef } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';

/** The newest revision of a document, and whether it is a deletion. */
export interface DocumentRevision extends DocumentRef {
  revision: number;
  deleted: boolean;
}

interface Row {
  account_id: string;
  region: string;
  kind: DocumentKind;
  key: string;
  revision: string;
  deleted: boolean;
}

const COLUMNS = 'account_id, region, kind, key, revision, deleted';

const fromRow = (row: Row): DocumentRevision => ({
  kind: row.kind,
  accountId: row.account_id,
  region: row.region,
  key: row.key,
  revision: Number(row.revision),
  deleted: row.deleted,
});

/** The columns of several documents' keys, as parameters for `unnest`. */
export function keyColumns(
  documents: readonly DocumentRef[],
): [accounts: string[], regions: string[], kinds: string[], keys: string[]] {
  return [
    documents.map(({ accountId }) => accountId),
    documents.map(({ region }) => region),
    documents.map(({ kind }) => kind),
    documents.map(({ key }) => key),
  ];
}

/** The newest revisions of these documents. */
export async function findRevisions(manager: EntityManager, documents: readonly DocumentRef[]): Promise<DocumentRevision[]> {
  const rows = await manager.query<Row[]>(
    `SELECT ${COLUMNS} FROM document_revisions
     JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS wanted (account_id, region, kind, key)
     USING (account_id, region, kind, key)`,
    keyColumns(documents),
  );
  return rows.map(fromRow);
}

/** Up to `limit` of all revisions ever given out, deletions included, in the order of their keys, after `last`. */
export async function listRevisions(
  manager: EntityManager,
  last: DocumentRef | null,
  limit: number,
): Promise<DocumentRevision[]> {
  const after = last ? [last.accountId, last.region, last.kind, last.key] : ['', '', '', ''];
  const rows = await manager.query<Row[]>(
    `SELECT ${COLUMNS} FROM document_revisions
     WHERE (account_id, region, kind, key) > ($1, $2, $3, $4)
     ORDER BY account_id, region, kind, key LIMIT $5`,
    [...after, limit],
  );
  return rows.map(fromRow);
}

/** The highest revision that was given out. */
export async function lastRevision(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<[{ last_value: string; is_called: boolean }]>(
    `SELECT last_value, is_called FROM document_revision`,
  );
  return row.is_called ? Number(row.last_value) : 0;
}

/** Goes on with revisions after `revision`, never before those given out already. */
export async function continueRevisionsAfter(manager: EntityManager, revision: number): Promise<void> {
  await manager.query(`SELECT setval('document_revision', GREATEST($1::bigint, (SELECT last_value FROM document_revision)))`, [
    revision,
  ]);
}

import type { ChangedDocument, SnapshotReader } from '../snapshot-reader.js';

/** How far a process has followed the change log. */
export interface Position {
  epoch: string;
  sequence: number;
}

/** A step along the change log. */
export interface ChangePage {
  /** Where it ends. */
  position: Position;
  /** Everything is listed from this page on: of pages before it nothing counts. */
  beginsList: boolean;
  documents: readonly ChangedDocument[];
  /** Digest over all documents at `position` where the log ends there; null when another page follows. */
  digest: string | null;
}

const DOCUMENTS_A_PAGE = 500;

/**
 * Reads the change log from `from` to its end, page by page; all of it when `from` is null or of an epoch that is over. Ends without a last page while there is nothing to
 * follow: the control plane is publishing everything under a new epoch, or Redis came back from a crash without its last writes and stands before
 * `from`, in which case the control plane begins a new epoch. Rejects when Redis is away.
 *
 * A page that is not full ends at the log's end, as one step of Redis. What a publication tore before that is whole then: it moved its
 * documents to the end of the log.
 */
export async function* changePages(reader: SnapshotReader, from: Position | null): AsyncGenerator<ChangePage, undefined> {
  let at = from;
  let beginsList = from === null;
  for (;;) {
    const { epoch, complete, sequence, digest, documents } = await reader.changesAfter(
      at?.epoch ?? null,
      at?.sequence ?? 0,
      DOCUMENTS_A_PAGE,
    );
    if (!complete || epoch === null) return;
    if (epoch !== at?.epoch) {
      at = { epoch, sequence: 0 };
      beginsList = true;
      continue;
    }
    if (sequence < at.sequence) return;
    const isLast = documents.length < DOCUMENTS_A_PAGE;
    at = { epoch, sequence: isLast ? sequence : documents.at(-1)!.sequence };
    yield { position: at, beginsList, documents, digest: isLast ? digest : null };
    if (isLast) return;
    beginsList = false;
  }
}

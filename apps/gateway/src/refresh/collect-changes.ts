import type { ChangedDocument, SnapshotReader } from '@gatehouse/publication';

/** How far a gateway has followed the change log. */
export interface Position {
  epoch: string;
  sequence: number;
}

/** Everything that changed after a position, up to one moment: of each publication all documents or none. */
export interface Changes {
  position: Position;
  /** Digest over all documents at that moment. */
  digest: string;
  /** The newest of each changed document that was not known. */
  documents: Map<string, ChangedDocument>;
  /** Names of all documents of Redis, when everything was listed; else null. */
  listed: Set<string> | null;
}

const DOCUMENTS_A_PAGE = 500;

/**
 * Reads the change log from `from` to its end; all of it when `from` is null or of an epoch that is over. Answers null while there is nothing to
 * follow: the control plane is publishing everything under a new epoch, or Redis came back from a crash without its last writes and stands before
 * `from`, in which case the control plane begins a new epoch. `knows` leaves out what need not be read again. Rejects when Redis is away.
 *
 * A page that is not full ends at the log's end, as one step of Redis. What a publication tore before that is whole then: it moved its
 * documents to the end of the log.
 */
export async function collectChanges(
  reader: SnapshotReader,
  from: Position | null,
  knows: (document: ChangedDocument) => boolean,
): Promise<Changes | null> {
  let at = from;
  let listed = from === null ? new Set<string>() : null;
  let documents = new Map<string, ChangedDocument>();
  for (;;) {
    const page = await reader.changesAfter(at?.epoch ?? null, at?.sequence ?? 0, DOCUMENTS_A_PAGE);
    if (!page.complete || page.epoch === null) return null;
    if (page.epoch !== at?.epoch) {
      at = { epoch: page.epoch, sequence: 0 };
      listed = new Set();
      documents = new Map();
      continue;
    }
    if (page.sequence < at.sequence) return null;
    for (const document of page.documents) {
      listed?.add(document.name);
      if (knows(document)) documents.delete(document.name);
      else documents.set(document.name, document);
    }
    if (page.documents.length < DOCUMENTS_A_PAGE) {
      return { position: { epoch: page.epoch, sequence: page.sequence }, digest: page.digest, documents, listed };
    }
    at = { epoch: page.epoch, sequence: page.documents.at(-1)!.sequence };
  }
}

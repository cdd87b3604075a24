import type { ChangedDocument, SnapshotReader } from '../snapshot-reader.js';
import { changePages, type Position } from './change-pages.js';

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

/**
 * Reads the change log from `from` to its end, as `changePages` does. Answers null while there is nothing to follow. `knows` leaves out what need not be
 * read again. Rejects when Redis is away.
 */
export async function collectChanges(
  reader: SnapshotReader,
  from: Position | null,
  knows: (document: ChangedDocument) => boolean,
): Promise<Changes | null> {
  let listed: Set<string> | null = null;
  const documents = new Map<string, ChangedDocument>();
  for await (const page of changePages(reader, from)) {
    if (page.beginsList) {
      listed = new Set();
      documents.clear();
    }
    for (const document of page.documents) {
      listed?.add(document.name);
      if (knows(document)) documents.delete(document.name);
      else documents.set(document.name, document);
    }
    if (page.digest !== null) return { position: page.position, digest: page.digest, documents, listed };
  }
  return null;
}

import { RefusedDocument, parseRef, readDocument, type AnyDocument, type DataPlaneKey } from '@gatehouse/snapshot';
import type { ChangedDocument } from '../snapshot-reader.js';

/**
 * Reads a document of the change log strictly.
 * @param oldest the newest revision of this name that was taken in under this epoch
 * Throws `RefusedDocument` for one that cannot be trusted.
 */
export function readChanged(
  keys: readonly DataPlaneKey[],
  { name, revision, text }: ChangedDocument,
  oldest: number,
): Exclude<AnyDocument, { kind: 'deployment' }> {
  if (text === null) throw new RefusedDocument(name, 'Redis lists it and does not hold it');
  const document = readDocument(keys, parseRef(name), text);
  if (document.kind === 'deployment') throw new RefusedDocument(name, 'a deployment is no document of the change log');
  // The list of revisions is not signed: an old document under a higher number would be an old setting brought back.
  if (document.revision !== revision)
    throw new RefusedDocument(name, `listed as revision ${revision}, signed as ${document.revision}`);
  // Whoever writes to Redis may have kept an older document, signature, number and all.
  if (revision < oldest) throw new RefusedDocument(name, `revision ${revision} in place of ${oldest}, in the same epoch`);
  return document;
}

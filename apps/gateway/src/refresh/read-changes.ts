import { deploymentNamesOf, type ChangedDocument, type SnapshotReader } from '@gatehouse/publication';
import {
  RefusedDocument,
  parseRef,
  readDocument,
  type AnyDocument,
  type DataPlaneKey,
  type DeploymentSnapshot,
} from '@gatehouse/snapshot';
import { setImmediate } from 'node:timers/promises';

/** A document that was read, beside the text it came as. */
export interface ReadDocument {
  document: AnyDocument;
  text: string;
}

/** What a set of changes turned out to be. */
export interface ReadChanges {
  documents: ReadDocument[];
  /** Every deployment that `documents` need, by name. */
  deployments: Map<string, DeploymentSnapshot>;
  /** Text of those that were fetched for it, by name. */
  fetched: Map<string, string>;
  refused: RefusedDocument[];
  /** Stages whose deployment is not there or not readable, with the reason; worth another try. */
  waiting: { changed: ChangedDocument; reason: string }[];
}

/** Documents read in one go, before requests get their turn. */
const READ_AT_ONCE = 200;

/**
 * Reads changed documents strictly and fetches the deployments that their stages need and `held` has not. A revision below
 * `oldest` of its name is refused. Rejects only when Redis is away.
 */
export async function readChanges(
  changed: Iterable<ChangedDocument>,
  keys: readonly DataPlaneKey[],
  held: (name: string) => DeploymentSnapshot | undefined,
  oldest: (name: string) => number,
  reader: SnapshotReader,
): Promise<ReadChanges> {
  const read: (ReadDocument & { changed: ChangedDocument })[] = [];
  const refused: RefusedDocument[] = [];
  for (const document of changed) {
    try {
      read.push({ ...readChanged(document, keys, oldest(document.name)), changed: document });
    } catch (error) {
      refused.push(asRefused(document.name, error));
    }
    if ((read.length + refused.length) % READ_AT_ONCE === 0) await setImmediate();
  }

  const deployments = new Map<string, DeploymentSnapshot>();
  const toFetch = new Set<string>();
  for (const name of read.flatMap(({ document }) => deploymentNamesOf(document))) {
    const snapshot = held(name);
    if (snapshot) deployments.set(name, snapshot);
    else toFetch.add(name);
  }
  const fetched = await reader.deployments([...toFetch]);
  const unreadable = new Map<string, string>();
  let turns = 0;
  for (const [name, text] of fetched) {
    try {
      deployments.set(name, readDeployment(name, keys, text));
    } catch (error) {
      unreadable.set(name, asRefused(name, error).message);
    }
    if (++turns % READ_AT_ONCE === 0) await setImmediate();
  }

  const documents: ReadDocument[] = [];
  const waiting: ReadChanges['waiting'] = [];
  for (const { document, text, changed } of read) {
    const lacking = deploymentNamesOf(document).find((name) => !deployments.has(name));
    if (lacking === undefined) documents.push({ document, text });
    else waiting.push({ changed, reason: unreadable.get(lacking) ?? `${lacking} is not there` });
  }
  return { documents, deployments, fetched, refused, waiting };
}

function readChanged({ name, revision, text }: ChangedDocument, keys: readonly DataPlaneKey[], oldest: number): ReadDocument {
  if (text === null) throw new RefusedDocument(name, 'Redis lists it and does not hold it');
  const ref = parseRef(name);
  if (ref.kind === 'deployment') throw new RefusedDocument(name, 'a deployment is no document of the change log');
  const document = readDocument(keys, ref, text);
  // The list of revisions is not signed: an old document under a higher number would be an old setting brought back.
  if (document.revision !== revision)
    throw new RefusedDocument(name, `listed as revision ${revision}, signed as ${document.revision}`);
  // Whoever writes to Redis may have kept an older document, signature, number and all.
  if (revision < oldest) throw new RefusedDocument(name, `revision ${revision} in place of ${oldest}, in the same epoch`);
  return { document, text };
}

function readDeployment(name: string, keys: readonly DataPlaneKey[], text: string): DeploymentSnapshot {
  const document = readDocument(keys, parseRef(name), text);
  if (document.kind !== 'deployment' || !document.body) throw new RefusedDocument(name, 'a deployment without content');
  return document.body;
}

function asRefused(name: string, error: unknown): RefusedDocument {
  return error instanceof RefusedDocument ? error : new RefusedDocument(name, (error as Error).message);
}

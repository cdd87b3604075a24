import { readChanged, type ChangedDocument, type DocumentHead, type SnapshotReader } from '@gatehouse/publication';
import { RefusedDocument, type DataPlaneKey } from '@gatehouse/snapshot';
import { setImmediate } from 'node:timers/promises';
import { headOf, readHead } from './read-document.js';

/** A document that was read, beside the text it came as. */
export interface ReadDocument extends DocumentHead {
  readonly text: string;
}

/** What a set of changes turned out to be. */
export interface ReadChanges {
  documents: ReadDocument[];
  /** Text of the deployments that `documents` need and that were fetched for them, by name. */
  deployments: Map<string, string>;
  refused: RefusedDocument[];
  /** Stages whose deployment is not there or not readable, with the reason; worth another try. */
  waiting: { changed: ChangedDocument; reason: string }[];
}

/** Documents read in one go, before requests get their turn. */
const READ_AT_ONCE = 200;

/**
 * Reads changed documents strictly and fetches the deployments that their stages need and that are not `held`. A revision below
 * `oldest` of its name is refused. Rejects only when Redis is away.
 */
export async function readChanges(
  changed: Iterable<ChangedDocument>,
  keys: readonly DataPlaneKey[],
  held: (name: string) => boolean,
  oldest: (name: string) => number,
  reader: SnapshotReader,
): Promise<ReadChanges> {
  const read: { document: ReadDocument; changed: ChangedDocument }[] = [];
  const refused: RefusedDocument[] = [];
  for (const document of changed) {
    try {
      const head = headOf(readChanged(keys, document, oldest(document.name)));
      // Who has no text was refused.
      read.push({ document: { ...head, text: document.text! }, changed: document });
    } catch (error) {
      refused.push(asRefused(document.name, error));
    }
    if ((read.length + refused.length) % READ_AT_ONCE === 0) await setImmediate();
  }

  const needed = new Set(read.flatMap(({ document }) => document.needs));
  const deployments = await reader.deployments([...needed].filter((name) => !held(name)));
  const unreadable = new Map<string, string>();
  let turns = 0;
  for (const [name, text] of deployments) {
    try {
      readDeployment(name, keys, text);
    } catch (error) {
      unreadable.set(name, asRefused(name, error).message);
      deployments.delete(name);
    }
    if (++turns % READ_AT_ONCE === 0) await setImmediate();
  }

  const documents: ReadDocument[] = [];
  const waiting: ReadChanges['waiting'] = [];
  for (const { document, changed } of read) {
    const lacking = document.needs.find((name) => !deployments.has(name) && !held(name));
    if (lacking === undefined) documents.push(document);
    else waiting.push({ changed, reason: unreadable.get(lacking) ?? `${lacking} is not there` });
  }
  return { documents, deployments, refused, waiting };
}

function readDeployment(name: string, keys: readonly DataPlaneKey[], text: string): void {
  const { kind, tombstone } = readHead(keys, name, text);
  if (kind !== 'deployment' || tombstone) throw new RefusedDocument(name, 'a deployment without content');
}

function asRefused(name: string, error: unknown): RefusedDocument {
  return error instanceof RefusedDocument ? error : new RefusedDocument(name, (error as Error).message);
}

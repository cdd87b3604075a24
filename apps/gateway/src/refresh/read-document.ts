import type { DocumentHead } from '@gatehouse/publication';
import { deploymentNamesOf } from '@gatehouse/publication/deployments-of';
import { parseRef, readDocument, refName, type AnyDocument, type DataPlaneKey } from '@gatehouse/snapshot';

/** What a line begins with that holds a document. */
export const DOCUMENT = 'D ';

const NOTHING_NEEDED: readonly string[] = [];

/** Reads a document strictly and answers what following it takes; workers read the content. Throws `RefusedDocument`. */
export function readHead(keys: readonly DataPlaneKey[], name: string, text: string): DocumentHead {
  return headOf(readDocument(keys, parseRef(name), text));
}

/** What following a document takes. */
export function headOf(document: AnyDocument): DocumentHead {
  const needs = document.kind === 'stage' ? deploymentNamesOf(document) : NOTHING_NEEDED;
  const { kind, revision, body } = document;
  return { name: refName(document), kind, revision, tombstone: body === null, needs };
}

/** What every document begins with that Gatehouse has written. */
const NAME_FIRST = '{"name":"';

/** The name that a document gives itself. Throws when it is no document. */
export function nameIn(text: string): string {
  if (text.startsWith(NAME_FIRST)) {
    const name = text.slice(NAME_FIRST.length, text.indexOf('"', NAME_FIRST.length));
    if (!name.includes('\\')) return name;
  }
  const { name } = JSON.parse(text) as { name: unknown };
  if (typeof name !== 'string') throw new Error('a document without a name');
  return name;
}

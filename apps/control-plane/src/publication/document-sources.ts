import {
  refName,
  type AnyDocument,
  type DataPlaneKey,
  type Document,
  type DocumentBodies,
  type DocumentKind,
  type Scope,
  type SealingKey,
} from '@gatehouse/snapshot';
import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { readAccount } from '../apigateway/account/load-account-document.js';
import { readApiKeys } from '../apigateway/api-key/load-api-key-document.js';
import { readDomains } from '../apigateway/domain-name/load-domain-documents.js';
import { readStages } from '../apigateway/stage/load-stage-documents.js';
import { readUsagePlans } from '../apigateway/usage-plan/load-usage-plan-document.js';
import { readCertificates } from '../certificates/load-certificate-documents.js';
import { readPrincipals } from '../identity/load-principal-documents.js';
import { readFunctions } from '../lambda/function/load-function-documents.js';
import type { DocumentRevision } from './document-revisions.js';

/** What documents are made with: secrets that the database keeps under one key are published under the other. */
export interface DocumentKeys {
  readonly dataPlaneKey: DataPlaneKey;
  readonly atRestKey: SealingKey;
}

/** What a source makes of a document's rows: its body and, of a stage, the deployments that it names. */
interface Made<K extends DocumentKind> {
  body: DocumentBodies[K];
  deployments?: Document<'deployment'>[];
}

/**
 * Reads the rows of many documents of one kind; gives for each whose rows are there, by key, what makes it of them. Only the making may fail because of
 * what a document holds: a reading that fails says nothing of any document.
 */
type Read<K extends DocumentKind> = (
  manager: EntityManager,
  scope: Scope,
  keys: readonly string[],
  documentKeys: DocumentKeys,
) => Promise<Map<string, () => Made<K>>>;

/** Where the bodies of each kind of document come from. Deployments come with the stages that name them. */
const SOURCES = {
  stage: async (manager, scope, keys, { dataPlaneKey, atRestKey }) =>
    eachMade(await readStages(manager, scope, keys, dataPlaneKey, atRestKey), ({ stage, deployments }) => ({
      body: stage,
      deployments: deployments.map(({ hash, body }) => ({ ...scope, kind: 'deployment' as const, key: hash, revision: 0, body })),
    })),
  'usage-plan': async (manager, scope, keys) => eachMade(await readUsagePlans(manager, scope, keys), (body) => ({ body })),
  'api-key': async (manager, scope, keys) => eachMade(await readApiKeys(manager, scope, keys), (body) => ({ body })),
  certificate: async (manager, scope, keys, { dataPlaneKey, atRestKey }) =>
    eachMade(await readCertificates(manager, { scope, key: dataPlaneKey }, keys, atRestKey), (body) => ({ body })),
  domain: async (manager, scope, keys) => eachMade(await readDomains(manager, scope, keys), (body) => ({ body })),
  account: async (manager, scope) => eachMade(await readAccount(manager, scope), (body) => ({ body })),
  principal: async (manager, scope, keys, documentKeys) =>
    eachMade(await readPrincipals(manager, scope, keys, documentKeys), (body) => ({ body })),
  function: async (manager, scope, keys, documentKeys) =>
    eachMade(await readFunctions(manager, scope, keys, documentKeys), (body) => ({ body })),
} satisfies { [K in Exclude<DocumentKind, 'deployment'>]: Read<K> };

function eachMade<From, To>(makers: ReadonlyMap<string, () => From>, change: (from: From) => To): Map<string, () => To> {
  return new Map([...makers].map(([key, make]) => [key, () => change(make())]));
}

/** Documents as they are published, with the deployments that their stages name. */
export interface LoadedDocuments {
  documents: AnyDocument[];
  /** By name. */
  deployments: Map<string, Document<'deployment'>>;
  /** Documents that could not be made, and why. */
  failed: { name: string; error: Error }[];
}

/**
 * Makes documents from what the transaction of `manager` sees; it must be one that sees a single moment (REPEATABLE READ), so that a body never
 * comes with another revision than its own. A document that is deleted, or whose rows are gone, becomes a tombstone.
 */
export async function loadDocuments(
  manager: EntityManager,
  revisions: readonly DocumentRevision[],
  documentKeys: DocumentKeys,
): Promise<LoadedDocuments> {
  const loaded: LoadedDocuments = { documents: [], deployments: new Map(), failed: [] };
  const groups = new Map<string, DocumentRevision[]>();
  for (const revision of revisions) {
    const name = `${revision.kind} ${revision.accountId}/${revision.region}`;
    const group = groups.get(name);
    if (group) group.push(revision);
    else groups.set(name, [revision]);
  }
  for (const group of groups.values()) await loadGroup(manager, group, documentKeys, loaded);
  return loaded;
}

/** Between so many documents, requests get their turn: the deployment of a stage can take milliseconds to compile. */
const MADE_AT_ONCE = 4;

/** Documents of one kind, account and region. */
async function loadGroup(
  manager: EntityManager,
  group: readonly DocumentRevision[],
  documentKeys: DocumentKeys,
  loaded: LoadedDocuments,
): Promise<void> {
  const { kind, accountId, region } = group[0]!;
  if (kind === 'deployment') throw new Error('a deployment has no revision of its own');
  if (!Object.hasOwn(SOURCES, kind)) {
    // Of a newer control plane, which publishes it: this one goes on with what it knows.
    const error = new Error(`unknown document kind ${kind}`);
    for (const revision of group) loaded.failed.push({ name: refName(revision), error });
    return;
  }
  const keys = group.flatMap(({ key, deleted }) => (deleted ? [] : [key]));
  const read: Read<DocumentKind> = SOURCES[kind];
  const makers = keys.length > 0 ? await read(manager, { accountId, region }, keys, documentKeys) : new Map<string, never>();
  for (const [place, { key, revision }] of group.entries()) {
    if (place % MADE_AT_ONCE === MADE_AT_ONCE - 1) await setImmediate();
    const ref = { kind, accountId, region, key };
    try {
      const made = makers.get(key)?.();
      loaded.documents.push({ ...ref, revision, body: made?.body ?? null } as AnyDocument);
      for (const deployment of made?.deployments ?? []) loaded.deployments.set(refName(deployment), deployment);
    } catch (error) {
      loaded.failed.push({ name: refName(ref), error: error as Error });
    }
  }
}

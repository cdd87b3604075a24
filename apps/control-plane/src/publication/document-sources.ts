import { refName, type AnyDocument, type DataPlaneKey, type Document, type DocumentKind, type Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { loadApiKeyDocument } from '../apigateway/api-key/load-api-key-document.js';
import { loadStageDocuments } from '../apigateway/stage/load-stage-documents.js';
import { loadUsagePlanDocument } from '../apigateway/usage-plan/load-usage-plan-document.js';
import type { DocumentRevision } from './document-revisions.js';

/** What a source makes of a document's rows: its body (null when the rows are gone) and, of a stage, the deployment that it names. */
interface Loaded<K extends DocumentKind> {
  body: Document<K>['body'];
  deployment?: Document<'deployment'>;
}

type Load<K extends DocumentKind> = (
  manager: EntityManager,
  scope: Scope,
  key: string,
  dataPlaneKey: DataPlaneKey,
) => Promise<Loaded<K>>;

/** Where the body of each kind of document comes from. Deployments come with the stages that name them. */
const SOURCES = {
  stage: async (manager, scope, key, dataPlaneKey) => {
    const loaded = await loadStageDocuments(manager, scope, key, dataPlaneKey);
    if (!loaded) return { body: null };
    const { hash, body } = loaded.deployment;
    return { body: loaded.stage, deployment: { ...scope, kind: 'deployment', key: hash, revision: 0, body } };
  },
  'usage-plan': async (manager, scope, key) => ({ body: await loadUsagePlanDocument(manager, scope, key) }),
  'api-key': async (manager, scope, key) => ({ body: await loadApiKeyDocument(manager, scope, key) }),
} satisfies { [K in Exclude<DocumentKind, 'deployment'>]: Load<K> };

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
 * comes with another revision than its own. A deleted document becomes a tombstone.
 */
export async function loadDocuments(
  manager: EntityManager,
  revisions: readonly DocumentRevision[],
  dataPlaneKey: DataPlaneKey,
): Promise<LoadedDocuments> {
  const loaded: LoadedDocuments = { documents: [], deployments: new Map(), failed: [] };
  for (const { kind, accountId, region, key, revision, deleted } of revisions) {
    const ref = { kind, accountId, region, key };
    try {
      if (kind === 'deployment') throw new Error('a deployment has no revision of its own');
      const { body, deployment }: Loaded<DocumentKind> = deleted
        ? { body: null }
        : await SOURCES[kind](manager, { accountId, region }, key, dataPlaneKey);
      loaded.documents.push({ ...ref, revision, body } as AnyDocument);
      if (deployment) loaded.deployments.set(refName(deployment), deployment);
    } catch (error) {
      loaded.failed.push({ name: refName(ref), error: error as Error });
    }
  }
  return loaded;
}

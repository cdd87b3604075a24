import { canonicalJson, contentHash, type AnyDocument, type DeploymentSnapshot, type Document } from '@gatehouse/snapshot';

/** Of all of them. */
export const scope = { accountId: '123456789012', region: 'us-east-1' };

/** A deployment named by its content; `apiId` makes it one of its own. */
export function deployment(apiId: string): Document<'deployment'> {
  const body: DeploymentSnapshot = {
    protocol: 'REST',
    apiId,
    apiKeySource: 'HEADER',
    disableExecuteApiEndpoint: false,
    routes: [],
  };
  return { ...scope, kind: 'deployment', key: contentHash(canonicalJson(body)), revision: 0, body };
}

/** A stage of the API `api`, which serves the deployment of that `apiId`. */
export function stage(name: string, revision: number, apiId: string): Document<'stage'> {
  const deploymentHash = deployment(apiId).key;
  const body = { apiId: 'api', stageName: name, deploymentId: 'd', deploymentHash, variables: [], methodSettings: [] };
  return { ...scope, kind: 'stage', key: `api/${name}`, revision, body };
}

/** A key of no plan. */
export function apiKey(id: string, revision: number, enabled = true): Document<'api-key'> {
  return { ...scope, kind: 'api-key', key: id, revision, body: { apiKeyId: id, valueHash: '00', enabled, usagePlanIds: [] } };
}

/** What deletes a document. */
export const tombstone = <K extends AnyDocument>(document: K, revision: number): K => ({ ...document, revision, body: null });

import { refName, type AnyDocument, type DocumentRef } from '@gatehouse/snapshot';

/** The deployments that must be there before `document` may be served. */
export function deploymentsOf(document: AnyDocument): DocumentRef[] {
  if (document.kind !== 'stage' || document.body === null) return [];
  const { accountId, region, body } = document;
  const hashes = body.canary === undefined ? [body.deploymentHash] : [body.deploymentHash, body.canary.deploymentHash];
  return [...new Set(hashes)].map((key) => ({ kind: 'deployment', accountId, region, key }));
}

/** Their names, as Redis and the disk copy know them. */
export const deploymentNamesOf = (document: AnyDocument): string[] => deploymentsOf(document).map(refName);

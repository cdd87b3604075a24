import type { Scope } from '@gatehouse/snapshot';
import { randomBytes } from 'node:crypto';
import { checkStageName } from './stage-rules.js';
import { StageEntity } from './stage.entity.js';

/** What names a stage and what it serves. */
export interface StagePlace {
  apiId: string;
  stageName: string;
  deploymentId: string;
}

/** A name that no cache has had: stages that follow one another under one name share nothing. */
export const newCacheEpoch = () => randomBytes(9).toString('base64url');

/** The same for the decisions of authorizers. */
export const newDecisionsEpoch = newCacheEpoch;

/** Forgets what is cached for a stage whose cache was switched on or off, or has another size. Source: AWS, "changing the cache capacity deletes all cached data". */
export function renewCache(stage: StageEntity, before: Pick<StageEntity, 'cacheClusterEnabled' | 'cacheClusterSize'>): void {
  const isSame = stage.cacheClusterEnabled === before.cacheClusterEnabled && stage.cacheClusterSize === before.cacheClusterSize;
  if (!isSame) stage.cacheEpoch = newCacheEpoch();
}

/** A stage with AWS's defaults. Throws `BadRequestException` for a name that no stage may have. */
export function newStage(scope: Scope, place: StagePlace): StageEntity {
  const now = new Date();
  return Object.assign(new StageEntity(), {
    ...scope,
    ...place,
    stageName: checkStageName(place.stageName),
    description: null,
    documentationVersion: null,
    createdDate: now,
    lastUpdatedDate: now,
    variables: {},
    methodSettings: {},
    cacheClusterEnabled: false,
    cacheClusterSize: null,
    cacheEpoch: newCacheEpoch(),
    decisionsEpoch: newDecisionsEpoch(),
    clientCertificateId: null,
    tracingEnabled: false,
    accessLogSettings: null,
    canarySettings: null,
    tags: {},
  } satisfies StageEntity);
}

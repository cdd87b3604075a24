import type { Scope } from '@gatehouse/snapshot';
import { checkStageName } from './stage-rules.js';
import { StageEntity } from './stage.entity.js';

/** What names a stage and what it serves. */
export interface StagePlace {
  apiId: string;
  stageName: string;
  deploymentId: string;
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
    clientCertificateId: null,
    tracingEnabled: false,
    accessLogSettings: null,
    canarySettings: null,
    tags: {},
  } satisfies StageEntity);
}

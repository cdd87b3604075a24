import { compileDeployment, compileStage, type CompiledDeployment } from '@gatehouse/compiler';
import type { DataPlaneKey, Scope, StageSnapshot } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { StageEntity } from './stage.entity.js';
import { stageModel } from './stage.model.js';

/** What is published of a stage: itself, and the deployment that it serves. */
export interface StageDocuments {
  stage: StageSnapshot;
  deployment: CompiledDeployment;
}

type DeployedStage = StageEntity & { deployment: DeploymentEntity };

/**
 * Compiles the stage named `{apiId}/{stageName}` and its deployment, read in one statement so that they belong together. Null when there
 * is no such stage. Literals are sealed with `dataPlaneKey`.
 */
export async function loadStageDocuments(
  manager: EntityManager,
  scope: Scope,
  key: string,
  dataPlaneKey: DataPlaneKey,
): Promise<StageDocuments | null> {
  const [apiId, stageName] = splitStageKey(key);
  const found = await manager
    .createQueryBuilder(StageEntity, 'stage')
    .innerJoinAndMapOne(
      'stage.deployment',
      DeploymentEntity,
      'deployment',
      'deployment.accountId = stage.accountId AND deployment.region = stage.region AND deployment.apiId = stage.apiId AND deployment.deploymentId = stage.deploymentId',
    )
    .where({ ...scope, apiId, stageName })
    .getOne();
  if (!found) return null;
  const { model } = (found as DeployedStage).deployment;
  const deployment = compileDeployment(model, { scope, key: dataPlaneKey });
  return { stage: compileStage(stageModel(found), deployment.hash), deployment };
}

/** The key of a stage's document. */
export function stageKey(apiId: string, stageName: string): string {
  return `${apiId}/${stageName}`;
}

function splitStageKey(key: string): [apiId: string, stageName: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

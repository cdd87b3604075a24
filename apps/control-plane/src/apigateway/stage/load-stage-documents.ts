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
  return (await readStages(manager, scope, [key], dataPlaneKey)).get(key)?.() ?? null;
}

/**
 * Reads many stages with their deployments in one statement. Gives for each that there is, by key, what compiles it; only that can throw because
 * of what is deployed.
 */
export async function readStages(
  manager: EntityManager,
  scope: Scope,
  keys: readonly string[],
  dataPlaneKey: DataPlaneKey,
): Promise<Map<string, () => StageDocuments>> {
  const names = keys.map(splitStageKey);
  const stages = await manager
    .createQueryBuilder(StageEntity, 'stage')
    .innerJoinAndMapOne(
      'stage.deployment',
      DeploymentEntity,
      'deployment',
      'deployment.accountId = stage.accountId AND deployment.region = stage.region AND deployment.apiId = stage.apiId AND deployment.deploymentId = stage.deploymentId',
    )
    .where({ ...scope })
    .andWhere('(stage.apiId, stage.stageName) IN (SELECT * FROM unnest(CAST(:apiIds AS text[]), CAST(:stageNames AS text[])))', {
      apiIds: names.map(([apiId]) => apiId),
      stageNames: names.map(([, stageName]) => stageName),
    })
    .getMany();
  return new Map(
    stages.map((stage) => [
      stageKey(stage.apiId, stage.stageName),
      () => {
        const deployment = compileDeployment((stage as DeployedStage).deployment.model, { scope, key: dataPlaneKey });
        return { stage: compileStage(stageModel(stage), deployment.hash), deployment };
      },
    ]),
  );
}

/** The key of a stage's document. */
export function stageKey(apiId: string, stageName: string): string {
  return `${apiId}/${stageName}`;
}

function splitStageKey(key: string): [apiId: string, stageName: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

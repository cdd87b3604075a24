import type { CreateDeploymentRequest } from '@gatehouse/admin-contract/apigateway';
import { badRequest } from '@gatehouse/aws-wire';
import { UnenforceableSettings } from '@gatehouse/compiler';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { stageKey } from './load-stage-documents.js';
import { newStage } from './new-stage.js';
import { checkStage } from './stage-rules.js';
import { StageEntity } from './stage.entity.js';

/**
 * Makes a stage serve a new deployment, and makes the stage itself where there is none; the API's lock is held. Settings that the request
 * carries are applied; variables join those that the stage has.
 */
export async function deployToStage(
  transaction: AdminTransaction,
  apiId: string,
  deploymentId: string,
  input: CreateDeploymentRequest & { stageName: string },
): Promise<void> {
  const { manager, scope } = transaction;
  const { stageName } = input;
  const existing = await manager.findOneBy(StageEntity, { ...scope, apiId, stageName });
  const stage = existing ?? newStage(scope, { apiId, stageName, deploymentId });
  stage.deploymentId = deploymentId;
  stage.lastUpdatedDate = new Date();
  stage.description = input.stageDescription ?? stage.description;
  stage.cacheClusterEnabled = input.cacheClusterEnabled ?? stage.cacheClusterEnabled;
  stage.cacheClusterSize = input.cacheClusterSize ?? stage.cacheClusterSize;
  stage.tracingEnabled = input.tracingEnabled ?? stage.tracingEnabled;
  stage.variables = Object.fromEntries([...Object.entries(stage.variables), ...Object.entries(input.variables ?? {})]);
  checkStage(stage);
  if (existing) await manager.update(StageEntity, { ...scope, apiId, stageName }, stage);
  else await manager.insert(StageEntity, stage);
  transaction.publish('stage', stageKey(apiId, stageName));
}

/**
 * A canary release needs a stage that is there already; what AWS says of one without is said first. Throws `UnenforceableSettings` for
 * every other canary: gateways do not split traffic yet.
 */
export async function refuseCanary(
  { manager, scope }: AdminTransaction,
  apiId: string,
  { canarySettings, stageName }: CreateDeploymentRequest,
): Promise<void> {
  if (!canarySettings) return;
  if (!stageName) {
    throw badRequest(
      'Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. ' +
        `Provided value is ${stageName === undefined ? 'null' : 'empty'}`,
    );
  }
  if (!(await manager.existsBy(StageEntity, { ...scope, apiId, stageName }))) {
    throw badRequest(
      `Invalid deployment content specified.Stage ${stageName} must already be created before making a canary release deployment`,
    );
  }
  throw new UnenforceableSettings([`stage ${stageName}: canarySettings`]);
}

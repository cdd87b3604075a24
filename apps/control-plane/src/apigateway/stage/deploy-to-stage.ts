import type { CreateDeploymentRequest } from '@gatehouse/admin-contract/apigateway';
import { badRequest } from '@gatehouse/aws-wire';
import type { ControlPlaneConfig } from '../../config.js';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { newCanary } from './canary-release.js';
import { stageKey } from './load-stage-documents.js';
import { newStage, renewCache } from './new-stage.js';
import { checkStage } from './stage-rules.js';
import { StageEntity } from './stage.entity.js';

/** What a deployment is to become: nothing but a snapshot, what a stage serves, or the canary release of a stage. */
export type Target =
  { kind: 'snapshot' } | { kind: 'stage'; existing: StageEntity | null } | { kind: 'canary'; stage: StageEntity };

/**
 * Reads where a deployment goes; the API's lock is held. Throws `BadRequestException` in AWS's words for a canary release of no stage, and
 * for a deployment to a stage that has a canary release.
 */
export async function findTarget(
  { manager, scope }: AdminTransaction,
  apiId: string,
  { stageName, canarySettings }: CreateDeploymentRequest,
): Promise<Target> {
  if (!stageName) {
    if (!canarySettings) return { kind: 'snapshot' };
    throw invalidContent(
      `Non null and non empty stageName must be provided for canary deployment. Provided value is ${stageName === undefined ? 'null' : 'empty'}`,
    );
  }
  const stage = await manager.findOneBy(StageEntity, { ...scope, apiId, stageName });
  if (canarySettings) {
    if (stage) return { kind: 'canary', stage };
    throw invalidContent(`Stage ${stageName} must already be created before making a canary release deployment`);
  }
  if (stage?.canarySettings) {
    throw invalidContent(`Stage ${stageName} has a canary release. Promote or remove it before deploying to the stage`);
  }
  return { kind: 'stage', existing: stage };
}

/**
 * Makes a stage serve a new deployment, and makes the stage itself where there is none; or makes the deployment the stage's canary release.
 * Settings that the request carries are applied; variables join those that the stage has. The API's lock is held.
 */
export async function deployToStage(
  transaction: AdminTransaction,
  target: Exclude<Target, { kind: 'snapshot' }>,
  deployment: { apiId: string; deploymentId: string },
  input: CreateDeploymentRequest,
  config: Pick<ControlPlaneConfig, 'unenforced' | 'limits'>,
): Promise<void> {
  const { manager, scope } = transaction;
  const { apiId, deploymentId } = deployment;
  const existing = target.kind === 'canary' ? target.stage : target.existing;
  const stage = existing ?? newStage(scope, { ...deployment, stageName: input.stageName! });
  if (target.kind === 'stage') stage.deploymentId = deploymentId;
  else stage.canarySettings = newCanary(stage, { ...input.canarySettings, deploymentId });
  stage.lastUpdatedDate = new Date();
  stage.description = input.stageDescription ?? stage.description;
  const before = { ...stage };
  stage.cacheClusterEnabled = input.cacheClusterEnabled ?? stage.cacheClusterEnabled;
  stage.cacheClusterSize = input.cacheClusterSize ?? stage.cacheClusterSize;
  renewCache(stage, before);
  stage.tracingEnabled = input.tracingEnabled ?? stage.tracingEnabled;
  stage.variables = Object.fromEntries([...Object.entries(stage.variables), ...Object.entries(input.variables ?? {})]);
  checkStage(stage, config);
  const { stageName } = stage;
  if (existing) await manager.update(StageEntity, { ...scope, apiId, stageName }, stage);
  else {
    await transaction.requireRoom('stages', StageEntity, { apiId });
    await manager.insert(StageEntity, stage);
  }
  transaction.publish('stage', stageKey(apiId, stageName));
}

const invalidContent = (what: string) => badRequest(`Invalid deployment content specified.${what}`);

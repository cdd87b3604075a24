import type { AdminCall } from '@gatehouse/admin-contract';
import {
  StagesOperations,
  type CreateStageRequest,
  type DeleteStageRequest,
  type FlushStageAuthorizersCacheRequest,
  type FlushStageCacheRequest,
  type GetStageRequest,
  type GetStagesRequest,
  type Stage,
  type Stages,
  type UpdateStageRequest,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest, conflict } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { refuseWhileStageMapped } from '../base-path-mapping/mapped-target.js';
import { findDeployment } from '../deployment/find-deployment.js';
import { findRestApi } from '../rest-api/find-rest-api.js';
import { checkTags } from '../tag/tag-rules.js';
import { UsagePlanStageEntity } from '../usage-plan/usage-plan-stage.entity.js';
import { newCanary } from './canary-release.js';
import { findStage } from './find-stage.js';
import { stageKey } from './load-stage-documents.js';
import { newCacheEpoch, newDecisionsEpoch, newStage, renewCache } from './new-stage.js';
import { requireLoggingRole } from './stage-logs.js';
import { checkStage, requireNamed } from './stage-rules.js';
import { StageEntity } from './stage.entity.js';
import { stagePatch } from './stage.patch.js';
import { stageView } from './stage.view.js';

@Injectable()
export class StagesService extends StagesOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  override async createStage(call: AdminCall, input: CreateStageRequest): Promise<Stage> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { stageName, deploymentId } = input;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const stage = newStage(call.scope, { apiId, stageName, deploymentId });
      await findDeployment(manager, call.scope, apiId, deploymentId);
      if (await manager.existsBy(StageEntity, { ...call.scope, apiId, stageName })) throw conflict('Stage already exists');
      await transaction.requireRoom('stages', StageEntity, { apiId });
      stage.description = input.description || null;
      stage.documentationVersion = input.documentationVersion || null;
      stage.variables = input.variables ?? {};
      stage.cacheClusterEnabled = input.cacheClusterEnabled ?? false;
      stage.cacheClusterSize = input.cacheClusterSize ?? null;
      stage.tracingEnabled = input.tracingEnabled ?? false;
      stage.canarySettings = input.canarySettings ? newCanary(stage, input.canarySettings) : null;
      stage.tags = checkTags(input.tags ?? {});
      await requireNamed(transaction, stage);
      checkStage(stage, this.config);
      await manager.insert(StageEntity, stage);
      transaction.publish('stage', stageKey(apiId, stageName));
      return stageView(stage);
    });
  }

  override async getStage(call: AdminCall, input: GetStageRequest): Promise<Stage> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    return stageView(await findStage(manager, call.scope, apiId, input.stageName));
  }

  /** Sorted by name, all of them: AWS has no paging here. */
  override async getStages(call: AdminCall, input: GetStagesRequest): Promise<Stages> {
    const { manager } = this.database;
    const { apiId } = await findRestApi(manager, call.scope, input.restApiId);
    const deployment = input.deploymentId ? { deploymentId: input.deploymentId } : {};
    const stages = await manager.find(StageEntity, {
      where: { ...call.scope, apiId, ...deployment },
      order: { stageName: 'ASC' },
    });
    return { item: stages.map(stageView) };
  }

  override async updateStage(call: AdminCall, input: UpdateStageRequest): Promise<Stage> {
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const stage = await findStage(manager, call.scope, apiId, input.stageName);
      if (!input.patchOperations?.length) return stageView(stage);
      const patched = applyPatch(stagePatch, stage, input.patchOperations);
      await requireNamed(transaction, patched, stage);
      checkStage(patched, this.config);
      await requireLoggingRole(transaction, patched, stage);
      patched.lastUpdatedDate = new Date();
      renewCache(patched, stage);
      await manager.update(StageEntity, { ...call.scope, apiId, stageName: stage.stageName }, patched);
      transaction.publish('stage', stageKey(apiId, stage.stageName));
      return stageView(patched);
    });
  }

  /** Gateways look for answers under another name from the publication on; those under the old one run out. */
  override async flushStageCache(call: AdminCall, input: FlushStageCacheRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const { stageName } = await findStage(manager, call.scope, apiId, input.stageName);
      await manager.update(StageEntity, { ...call.scope, apiId, stageName }, { cacheEpoch: newCacheEpoch() });
      transaction.publish('stage', stageKey(apiId, stageName));
    });
  }

  /** As of answers: what authorizers decided under the old name is not asked for again. */
  override async flushStageAuthorizersCache(call: AdminCall, input: FlushStageAuthorizersCacheRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const { stageName } = await findStage(manager, call.scope, apiId, input.stageName);
      await manager.update(StageEntity, { ...call.scope, apiId, stageName }, { decisionsEpoch: newDecisionsEpoch() });
      transaction.publish('stage', stageKey(apiId, stageName));
    });
  }

  override async deleteStage(call: AdminCall, input: DeleteStageRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { apiId } = await transaction.lockApi(input.restApiId);
      const { stageName } = await findStage(manager, call.scope, apiId, input.stageName);
      const planned = await manager.findOneBy(UsagePlanStageEntity, { ...call.scope, apiId, stageName });
      if (planned) {
        throw badRequest(
          `Cannot delete Stage ${apiId}:${stageName} because there are Usage Plans associated with it, including ${planned.usagePlanId}`,
        );
      }
      await refuseWhileStageMapped(manager, call.scope, apiId, stageName);
      await manager.delete(StageEntity, { ...call.scope, apiId, stageName });
      transaction.publish('stage', stageKey(apiId, stageName), true);
    });
  }
}

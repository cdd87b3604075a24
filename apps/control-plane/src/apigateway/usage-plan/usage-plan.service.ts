import type { AdminCall } from '@gatehouse/admin-contract';
import {
  UsagePlansOperations,
  type CreateUsagePlanRequest,
  type DeleteUsagePlanRequest,
  type GetUsagePlanRequest,
  type GetUsagePlansRequest,
  type UpdateUsagePlanRequest,
  type UsagePlan,
  type UsagePlans,
} from '@gatehouse/admin-contract/apigateway';
import type { ApiStageModel } from '@gatehouse/api-model';
import { badRequest, conflict } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, In } from 'typeorm';
import { freeId } from '../../database/free-ids.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { applyPatch } from '../../patch/apply-patch.js';
import { groupBy } from '../resource/group-by.js';
import { checkTags } from '../tag/tag-rules.js';
import { lockApiStages, writeApiStages } from './api-stages.js';
import { findUsagePlan, findUsagePlanStages } from './find-usage-plan.js';
import { requireOnePlanPerStage } from './one-plan-per-stage.js';
import { checkMethodThrottles, checkName, checkQuota, checkThrottle, malformedApiStage } from './usage-plan-rules.js';
import { UsagePlanStageEntity } from './usage-plan-stage.entity.js';
import { UsagePlanEntity } from './usage-plan.entity.js';
import { usagePlanModel } from './usage-plan.model.js';
import { readApiStage, usagePlanPatch, withEscapedResourcePath } from './usage-plan.patch.js';
import { usagePlanView } from './usage-plan.view.js';

@Injectable()
export class UsagePlansService extends UsagePlansOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {
    super();
  }

  override async createUsagePlan(call: AdminCall, input: CreateUsagePlanRequest): Promise<UsagePlan> {
    const given = {
      name: checkName(input.name),
      description: input.description || null,
      productCode: null,
      createdDate: new Date(),
      throttle: checkThrottle(input.throttle),
      quota: checkQuota(input.quota),
      periodChange: null,
      tags: checkTags(input.tags ?? {}),
    };
    const apiStages = readApiStages(input.apiStages ?? []);
    return this.unitOfWork.run(call, async (transaction) => {
      const usagePlanId = await freeId(transaction, UsagePlanEntity, 'usagePlanId');
      const usagePlan: UsagePlanEntity = { ...call.scope, usagePlanId, ...given };
      await lockApiStages(transaction, usagePlanId, apiStages);
      await transaction.requireRoom('usagePlans', UsagePlanEntity);
      await transaction.manager.insert(UsagePlanEntity, usagePlan);
      await writeApiStages(transaction, usagePlanId, apiStages);
      transaction.publish('usage-plan', usagePlanId);
      return usagePlanView(usagePlan, apiStages, { tags: 'if any' });
    });
  }

  override async getUsagePlan(call: AdminCall, input: GetUsagePlanRequest): Promise<UsagePlan> {
    const { manager } = this.database;
    const usagePlan = await findUsagePlan(manager, call.scope, input.usagePlanId);
    const stages = await findUsagePlanStages(manager, call.scope, usagePlan.usagePlanId);
    return usagePlanView(usagePlan, usagePlanModel(usagePlan, stages).apiStages, { tags: 'shown' });
  }

  /** In the order of creation; with `keyId` only those that the API key is in. */
  override async getUsagePlans(call: AdminCall, input: GetUsagePlansRequest): Promise<UsagePlans> {
    const { manager } = this.database;
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = manager
      .createQueryBuilder(UsagePlanEntity, 'plan')
      .where({ ...call.scope })
      .orderBy({ 'plan.createdDate': 'ASC', 'plan.usagePlanId': 'ASC' })
      .take(limit + 1);
    if (after) query.andWhere('(plan.createdDate, plan.usagePlanId) > (:date, :id)', { date: after[0], id: after[1] });
    if (input.keyId) {
      query.andWhere(
        `EXISTS (SELECT FROM usage_plan_keys k WHERE k.account_id = plan.account_id AND k.region = plan.region
                    AND k.usage_plan_id = plan.usage_plan_id AND k.api_key_id = :keyId)`,
        { keyId: input.keyId },
      );
    }
    const page = pageOf(await query.getMany(), limit, (plan) => [plan.createdDate.toISOString(), plan.usagePlanId]);
    const stages = await manager.find(UsagePlanStageEntity, {
      where: { ...call.scope, usagePlanId: In(page.items.map(({ usagePlanId }) => usagePlanId)) },
      order: { position: 'ASC' },
    });
    const byPlan = groupBy(stages, (stage) => stage.usagePlanId);
    const item = page.items.map((plan) =>
      usagePlanView(plan, usagePlanModel(plan, byPlan.get(plan.usagePlanId) ?? []).apiStages, { tags: 'left out' }),
    );
    return { item, position: page.position };
  }

  override async updateUsagePlan(call: AdminCall, input: UpdateUsagePlanRequest): Promise<UsagePlan> {
    const operations = (input.patchOperations ?? []).map(withEscapedResourcePath);
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager } = transaction;
      const { usagePlanId } = await findUsagePlan(manager, call.scope, input.usagePlanId);
      const added = operations.filter(({ op, path }) => op === 'add' && path === '/apiStages');
      await lockApiStages(
        transaction,
        usagePlanId,
        added.map(({ value }) => readApiStage(value ?? undefined)),
      );
      const usagePlan = await transaction.lockUsagePlan(usagePlanId);
      const { apiStages } = usagePlanModel(usagePlan, await findUsagePlanStages(manager, call.scope, usagePlanId));
      const { name, description, productCode, throttle, quota } = usagePlan;
      const draft = { usagePlanId, name, description, productCode, throttle, quota, apiStages };
      const patched = applyPatch(usagePlanPatch, draft, operations);
      Object.assign(usagePlan, {
        name: patched.name,
        description: patched.description,
        productCode: patched.productCode,
        throttle: checkThrottle(patched.throttle),
        quota: checkQuota(patched.quota),
        // Gateways count each period for itself: `QuotaPeriodChanges` tells them what was used before.
        periodChange: patched.quota?.period === quota?.period ? usagePlan.periodChange : randomUUID(),
      } satisfies Partial<UsagePlanEntity>);
      await manager.update(UsagePlanEntity, { ...call.scope, usagePlanId }, usagePlan);
      await writeApiStages(transaction, usagePlanId, patched.apiStages);
      if (added.length > 0) await requireOnePlanPerStage(manager, call.scope, usagePlanId);
      if (operations.length > 0) transaction.publish('usage-plan', usagePlanId);
      return usagePlanView(usagePlan, patched.apiStages, { tags: 'shown' });
    });
  }

  /** Its API stages must have been removed before; its keys lose it. What they used stays on record. */
  override async deleteUsagePlan(call: AdminCall, input: DeleteUsagePlanRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { usagePlanId } = await transaction.lockUsagePlan(input.usagePlanId);
      const [stage] = await findUsagePlanStages(manager, scope, usagePlanId);
      if (stage) {
        throw badRequest(
          `Cannot delete Usage Plan ${usagePlanId} because there are API Stages associated with it, including ${stage.apiId}:${stage.stageName}`,
        );
      }
      const keys = await manager.query<{ api_key_id: string }[]>(
        `SELECT k.api_key_id FROM api_keys k JOIN usage_plan_keys m USING (account_id, region, api_key_id)
          WHERE m.account_id = $1 AND m.region = $2 AND m.usage_plan_id = $3 ORDER BY k.api_key_id FOR UPDATE OF k`,
        [scope.accountId, scope.region, usagePlanId],
      );
      await manager.delete(UsagePlanEntity, { ...scope, usagePlanId });
      transaction.publish('usage-plan', usagePlanId, true);
      for (const { api_key_id } of keys) transaction.publish('api-key', api_key_id);
    });
  }
}

/** Checks what a creation gives. Throws `BadRequestException` or `ConflictException` for an API stage that is incomplete or given twice. */
function readApiStages(given: NonNullable<CreateUsagePlanRequest['apiStages']>): ApiStageModel[] {
  const apiStages = given.map(({ apiId, stage, throttle }) => {
    if (!apiId || !stage) throw malformedApiStage();
    return { apiId, stage, throttle: checkMethodThrottles(throttle ?? {}) };
  });
  const names = new Set(apiStages.map(({ apiId, stage }) => `${apiId}:${stage}`));
  if (names.size < apiStages.length) throw conflict('An API Stage can be associated with a Usage Plan only once');
  return apiStages;
}

import type { AdminCall } from '@gatehouse/admin-contract';
import {
  UsagePlanKeysOperations,
  type CreateUsagePlanKeyRequest,
  type DeleteUsagePlanKeyRequest,
  type GetUsagePlanKeyRequest,
  type GetUsagePlanKeysRequest,
  type UsagePlanKey,
  type UsagePlanKeys,
} from '@gatehouse/admin-contract/apigateway';
import { badRequest, concurrentModification, conflict, notFound } from '@gatehouse/aws-wire';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ControlPlaneConfig } from '../../config.js';
import { UnitOfWork, type AdminTransaction } from '../../database/unit-of-work.js';
import { pageLimit, pageOf } from '../../paging/page.js';
import { decodePosition } from '../../paging/position.js';
import { checkQuota } from '../../quotas/quotas.js';
import { openValue } from '../api-key/api-key-value.js';
import { ApiKeyEntity } from '../api-key/api-key.entity.js';
import { NAME_BEGINS, nameBeginning } from '../api-key/name-prefix.js';
import { findUsagePlan } from './find-usage-plan.js';
import { requireOnePlanPerStage } from './one-plan-per-stage.js';
import { UsagePlanKeyEntity } from './usage-plan-key.entity.js';
import { KEY_TYPE, usagePlanKeyView } from './usage-plan-key.view.js';

@Injectable()
export class UsagePlanKeysService extends UsagePlanKeysOperations {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ControlPlaneConfig) private readonly config: ControlPlaneConfig,
  ) {
    super();
  }

  override async createUsagePlanKey(call: AdminCall, input: CreateUsagePlanKeyRequest): Promise<UsagePlanKey> {
    const { usagePlanId, keyId: apiKeyId, keyType } = input;
    return this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const locked = await lockPlansOfKey(transaction, apiKeyId, usagePlanId);
      if (!locked.has(usagePlanId)) throw notFound('Invalid Usage Plan ID specified');
      const apiKey = await transaction.lockApiKey(apiKeyId);
      if (keyType !== KEY_TYPE) throw badRequest(`Invalid key type specified. Must be one of: [${KEY_TYPE}]`);
      const plans = await plansOfKey(transaction, apiKeyId);
      if (plans.includes(usagePlanId)) throw conflict(`API Key is already associated with Usage Plan ${usagePlanId}`);
      // A plan that the key joined between the two reads is not locked, and can only be locked before the key.
      if (plans.some((plan) => !locked.has(plan))) throw concurrentModification();
      checkQuota('usagePlansOfKey', transaction.limits, plans.length + 1);
      await manager.insert(UsagePlanKeyEntity, { ...scope, usagePlanId, apiKeyId, createdDate: new Date() });
      await requireOnePlanPerStage(manager, scope, usagePlanId, apiKeyId);
      transaction.publish('api-key', apiKeyId);
      return this.view(apiKey);
    });
  }

  override async getUsagePlanKey(call: AdminCall, input: GetUsagePlanKeyRequest): Promise<UsagePlanKey> {
    const { manager } = this.database;
    const { usagePlanId } = await findUsagePlan(manager, call.scope, input.usagePlanId);
    const key = { ...call.scope, apiKeyId: input.keyId };
    const member = await manager.existsBy(UsagePlanKeyEntity, { ...key, usagePlanId });
    const apiKey = member ? await manager.findOneBy(ApiKeyEntity, key) : null;
    if (!apiKey) throw unknownKey();
    return this.view(apiKey);
  }

  /** The key that was added last comes first; `nameQuery` is a case-sensitive prefix. An unknown plan has no keys, which is no error (as on AWS). */
  override async getUsagePlanKeys(call: AdminCall, input: GetUsagePlanKeysRequest): Promise<UsagePlanKeys> {
    const limit = pageLimit(input.limit);
    const after = decodePosition(input.position, ['timestamp', 'text']);
    const query = this.database.manager
      .createQueryBuilder(UsagePlanKeyEntity, 'member')
      .innerJoinAndMapOne(
        'member.apiKey',
        ApiKeyEntity,
        'key',
        'key.accountId = member.accountId AND key.region = member.region AND key.apiKeyId = member.apiKeyId',
      )
      .where({ ...call.scope, usagePlanId: input.usagePlanId })
      .orderBy({ 'member.createdDate': 'DESC', 'member.apiKeyId': 'DESC' })
      .limit(limit + 1);
    if (after) query.andWhere('(member.createdDate, member.apiKeyId) < (:date, :id)', { date: after[0], id: after[1] });
    if (input.nameQuery) query.andWhere(NAME_BEGINS, nameBeginning(input.nameQuery));
    const members = (await query.getMany()) as (UsagePlanKeyEntity & { apiKey: ApiKeyEntity })[];
    const page = pageOf(members, limit, (member) => [member.createdDate.toISOString(), member.apiKeyId]);
    return { item: page.items.map(({ apiKey }) => this.view(apiKey)), position: page.position };
  }

  override async deleteUsagePlanKey(call: AdminCall, input: DeleteUsagePlanKeyRequest): Promise<void> {
    await this.unitOfWork.run(call, async (transaction) => {
      const { manager, scope } = transaction;
      const { usagePlanId } = await findUsagePlan(manager, scope, input.usagePlanId);
      const { apiKeyId } = await transaction.lockApiKey(input.keyId);
      const { affected } = await manager.delete(UsagePlanKeyEntity, { ...scope, usagePlanId, apiKeyId });
      if (affected === 0) throw unknownKey();
      transaction.publish('api-key', apiKeyId);
    });
  }

  private view(apiKey: ApiKeyEntity): UsagePlanKey {
    return usagePlanKeyView(apiKey, openValue(this.config.atRestKey, apiKey));
  }
}

const unknownKey = () => notFound('Invalid API Key identifier specified');

async function plansOfKey({ manager, scope }: AdminTransaction, apiKeyId: string): Promise<string[]> {
  const memberships = await manager.findBy(UsagePlanKeyEntity, { ...scope, apiKeyId });
  return memberships.map(({ usagePlanId }) => usagePlanId);
}

/**
 * Locks the plan that a key is to join and those that it is in, against changes of their stages: two edits that only together would put the
 * key into two plans of one stage wait for one another. The lock is shared, so that many keys can join a plan at once.
 */
async function lockPlansOfKey(transaction: AdminTransaction, apiKeyId: string, usagePlanId: string): Promise<Set<string>> {
  const { manager, scope } = transaction;
  const ids = [usagePlanId, ...(await plansOfKey(transaction, apiKeyId))];
  const rows = await manager.query<{ usage_plan_id: string }[]>(
    `SELECT usage_plan_id FROM usage_plans WHERE account_id = $1 AND region = $2 AND usage_plan_id = ANY ($3)
      ORDER BY usage_plan_id FOR SHARE`,
    [scope.accountId, scope.region, ids],
  );
  return new Set(rows.map((row) => row.usage_plan_id));
}

import { compileApiKey } from '@gatehouse/compiler';
import type { KeyRecord, Scope } from '@gatehouse/snapshot';
import { In, type EntityManager } from 'typeorm';
import { UsagePlanKeyEntity } from '../usage-plan/usage-plan-key.entity.js';
import { ApiKeyEntity } from './api-key.entity.js';

/** Reads many API keys at once. Gives for each that there is, by id, what compiles its record. */
export async function readApiKeys(
  manager: EntityManager,
  scope: Scope,
  keys: readonly string[],
): Promise<Map<string, () => KeyRecord>> {
  const where = { ...scope, apiKeyId: In(keys) };
  const apiKeys = await manager.find(ApiKeyEntity, { where, select: { apiKeyId: true, valueHash: true, enabled: true } });
  const plans = new Map<string, string[]>();
  const memberships = await manager.find(UsagePlanKeyEntity, { where, select: { usagePlanId: true, apiKeyId: true } });
  for (const { apiKeyId, usagePlanId } of memberships) {
    const usagePlanIds = plans.get(apiKeyId);
    if (usagePlanIds) usagePlanIds.push(usagePlanId);
    else plans.set(apiKeyId, [usagePlanId]);
  }
  return new Map(
    apiKeys.map(({ apiKeyId, valueHash, enabled }) => [
      apiKeyId,
      () => compileApiKey({ apiKeyId, valueHash, enabled, usagePlanIds: plans.get(apiKeyId) ?? [] }),
    ]),
  );
}

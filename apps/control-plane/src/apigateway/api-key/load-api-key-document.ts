import { compileApiKey } from '@gatehouse/compiler';
import type { KeyRecord, Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import { UsagePlanKeyEntity } from '../usage-plan/usage-plan-key.entity.js';
import { ApiKeyEntity } from './api-key.entity.js';

/** Compiles the record of the API key named `key` (its id). Null when there is none. */
export async function loadApiKeyDocument(manager: EntityManager, scope: Scope, key: string): Promise<KeyRecord | null> {
  const where = { ...scope, apiKeyId: key };
  const apiKey = await manager.findOne(ApiKeyEntity, { where, select: { apiKeyId: true, valueHash: true, enabled: true } });
  if (!apiKey) return null;
  const memberships = await manager.findBy(UsagePlanKeyEntity, where);
  return compileApiKey({
    apiKeyId: apiKey.apiKeyId,
    valueHash: apiKey.valueHash,
    enabled: apiKey.enabled,
    usagePlanIds: memberships.map(({ usagePlanId }) => usagePlanId),
  });
}

import type { ApiKeyModel } from '@gatehouse/api-model';
import type { KeyRecord } from '@gatehouse/snapshot';

/** The record by which gateways know one API key: the hash of its value and its usage plans, never the value. */
export function compileApiKey(model: ApiKeyModel): KeyRecord {
  return {
    apiKeyId: model.apiKeyId,
    valueHash: model.valueHash,
    enabled: model.enabled,
    usagePlanIds: [...model.usagePlanIds].sort(),
  };
}

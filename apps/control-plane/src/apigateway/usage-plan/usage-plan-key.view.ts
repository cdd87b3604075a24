import type { UsagePlanKey } from '@gatehouse/admin-contract/apigateway';
import type { ApiKeyEntity } from '../api-key/api-key.entity.js';

/** The only type of key that a usage plan can have. */
export const KEY_TYPE = 'API_KEY';

/** A key of a usage plan as it goes over the wire: AWS shows its value here without being asked. */
export function usagePlanKeyView(apiKey: ApiKeyEntity, value: string): UsagePlanKey {
  return { id: apiKey.apiKeyId, type: KEY_TYPE, value, name: apiKey.name ?? undefined };
}

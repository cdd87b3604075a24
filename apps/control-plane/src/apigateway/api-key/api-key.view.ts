import type { ApiKey } from '@gatehouse/admin-contract/apigateway';
import type { ApiKeyEntity } from './api-key.entity.js';

interface Shown {
  /** The value, where the caller asked for it. */
  value?: string;
  stageKeys?: string[];
  /** Answers to updates show tags even when there are none. */
  withEmptyTags?: boolean;
}

/** An API key as it goes over the wire; what is not set is left out. */
export function apiKeyView(apiKey: ApiKeyEntity, { value, stageKeys = [], withEmptyTags = false }: Shown): ApiKey {
  return {
    id: apiKey.apiKeyId,
    value,
    name: apiKey.name ?? undefined,
    customerId: apiKey.customerId ?? undefined,
    description: apiKey.description ?? undefined,
    enabled: apiKey.enabled,
    createdDate: apiKey.createdDate,
    lastUpdatedDate: apiKey.lastUpdatedDate,
    stageKeys,
    tags: withEmptyTags || Object.keys(apiKey.tags).length > 0 ? apiKey.tags : undefined,
  };
}

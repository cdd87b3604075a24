import { seal, unseal, type SealingKey } from '@gatehouse/snapshot';
import { createHash } from 'node:crypto';
import type { ApiKeyEntity } from './api-key.entity.js';

/** Where a value belongs; bound to its ciphertext, so that it opens nowhere else. */
type Owner = Pick<ApiKeyEntity, 'accountId' | 'region' | 'apiKeyId'>;

/** SHA-256 of a value, hexadecimal: what finds a key by its value. */
export function hashValue(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/** The two forms in which the value of an API key is kept: its hash finds and compares it, its ciphertext gives it back. */
export function keepValue(key: SealingKey, owner: Owner, value: string): Pick<ApiKeyEntity, 'valueHash' | 'valueSealed'> {
  return {
    valueHash: hashValue(value),
    valueSealed: seal(key, valueName(owner), value),
  };
}

/** The value of an API key. Throws `UnsealError` when the database was changed by something else, or the master key is another one. */
export function openValue(key: SealingKey, apiKey: ApiKeyEntity): string {
  return unseal([key], valueName(apiKey), apiKey.valueSealed);
}

const valueName = ({ accountId, region, apiKeyId }: Owner) => `api-key ${accountId}/${region}/${apiKeyId}`;

import { concurrentModification, longId } from '@gatehouse/aws-wire';
import type { SealingKey } from '@gatehouse/snapshot';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { hashValue, keepValue } from './api-key-value.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { PlansOfKeys } from './plans-of-keys.js';
import type { ImportedApiKey } from './read-api-keys-csv.js';
import type { RowWarnings } from './row-warnings.js';

/** Keys of one import that change what Postgres should know of the table. */
const MANY = 500;

interface Target extends ImportedApiKey {
  apiKeyId: string;
  valueHash: string;
  /** Whether there is a key of this value: it gets the name, description and state of the file, and the plans beside its own. */
  exists: boolean;
}

/**
 * Writes imported keys, however many, in a few statements, and publishes each. Keys whose usage plans cannot be are left out with a warning.
 * Gives the ids in the order of the file. Throws `ConflictException` when somebody else makes, removes or moves one of the keys meanwhile.
 */
export async function importApiKeys(
  transaction: AdminTransaction,
  sealingKey: SealingKey,
  imported: readonly ImportedApiKey[],
  warnings: RowWarnings,
): Promise<string[]> {
  const now = new Date();
  const targets = await findTargets(transaction, imported);
  const plans = await PlansOfKeys.lock(
    transaction,
    targets.flatMap(({ usagePlanIds }) => usagePlanIds),
    targets.filter(({ exists }) => exists).map(({ apiKeyId }) => apiKeyId),
  );
  const accepted = targets.filter(({ apiKeyId, usagePlanIds, line }) => {
    const refusal = plans.refusal(apiKeyId, usagePlanIds);
    if (refusal !== undefined) warnings.add(line, refusal);
    return refusal === undefined;
  });
  const created = accepted.filter(({ exists }) => !exists);
  if (created.length > 0) await transaction.requireRoom('apiKeys', ApiKeyEntity, {}, created.length);
  await createKeys(transaction, sealingKey, created, now);
  await overwriteKeys(
    transaction,
    accepted.filter(({ exists }) => exists),
    now,
  );
  await plans.join(accepted, now);
  for (const { apiKeyId } of accepted) transaction.publish('api-key', apiKeyId);
  return accepted.map(({ apiKeyId }) => apiKeyId);
}

async function findTargets({ manager, scope }: AdminTransaction, imported: readonly ImportedApiKey[]): Promise<Target[]> {
  const hashes = imported.map(({ value }) => hashValue(value));
  const rows = await manager.query<{ api_key_id: string; value_hash: string }[]>(
    'SELECT api_key_id, value_hash FROM api_keys WHERE account_id = $1 AND region = $2 AND value_hash = ANY ($3)',
    [scope.accountId, scope.region, hashes],
  );
  const ids = new Map(rows.map((row) => [row.value_hash, row.api_key_id]));
  return imported.map((apiKey, index) => {
    const valueHash = hashes[index]!;
    return { ...apiKey, valueHash, apiKeyId: ids.get(valueHash) ?? longId(), exists: ids.has(valueHash) };
  });
}

async function createKeys(
  { manager, scope }: AdminTransaction,
  sealingKey: SealingKey,
  keys: readonly Target[],
  now: Date,
): Promise<void> {
  // The unique index decides, also between parallel imports.
  const rows = await manager.query<unknown[]>(
    `INSERT INTO api_keys (account_id, region, api_key_id, value_hash, value_sealed, name, description, enabled, created_date, last_updated_date, tags)
     SELECT $1, $2, api_key_id, value_hash, value_sealed, name, description, enabled, $3, $3, '{}'
       FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[])
         AS given (api_key_id, value_hash, value_sealed, name, description, enabled)
      ORDER BY value_hash ON CONFLICT DO NOTHING RETURNING 1`,
    [
      scope.accountId,
      scope.region,
      now,
      keys.map(({ apiKeyId }) => apiKeyId),
      keys.map(({ valueHash }) => valueHash),
      keys.map(({ apiKeyId, value }) => keepValue(sealingKey, { ...scope, apiKeyId }, value).valueSealed),
      keys.map(({ name }) => name),
      keys.map(({ description }) => description),
      keys.map(({ enabled }) => enabled),
    ],
  );
  if (rows.length < keys.length) throw concurrentModification();
  // Postgres does not know yet that the table has grown, and checks the foreign key of each membership by looking through it all.
  if (keys.length >= MANY) await manager.query('ANALYZE api_keys');
}

/** Their locks are held. */
async function overwriteKeys({ manager, scope }: AdminTransaction, keys: readonly Target[], now: Date): Promise<void> {
  await manager.query(
    `UPDATE api_keys k SET name = given.name, description = given.description, enabled = given.enabled, last_updated_date = $3
       FROM unnest($4::text[], $5::text[], $6::text[], $7::boolean[]) AS given (api_key_id, name, description, enabled)
      WHERE k.account_id = $1 AND k.region = $2 AND k.api_key_id = given.api_key_id`,
    [
      scope.accountId,
      scope.region,
      now,
      keys.map(({ apiKeyId }) => apiKeyId),
      keys.map(({ name }) => name),
      keys.map(({ description }) => description),
      keys.map(({ enabled }) => enabled),
    ],
  );
}

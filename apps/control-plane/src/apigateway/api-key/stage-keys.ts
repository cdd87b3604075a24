import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';

/** The API stages (`{apiId}/{stageName}`, sorted) that each of these keys opens through its usage plans; a key that opens none is missing. */
export async function loadStageKeys(
  manager: EntityManager,
  scope: Scope,
  apiKeyIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await manager.query<{ api_key_id: string; stage_keys: string[] }[]>(
    `SELECT k.api_key_id, array_agg(DISTINCT s.api_id || '/' || s.stage_name ORDER BY s.api_id || '/' || s.stage_name) AS stage_keys
       FROM usage_plan_keys k
       JOIN usage_plan_stages s USING (account_id, region, usage_plan_id)
      WHERE k.account_id = $1 AND k.region = $2 AND k.api_key_id = ANY ($3)
      GROUP BY k.api_key_id`,
    [scope.accountId, scope.region, apiKeyIds],
  );
  return new Map(rows.map((row) => [row.api_key_id, row.stage_keys]));
}

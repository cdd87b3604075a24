import type { Scope } from '@gatehouse/snapshot';
import type { EntityManager } from 'typeorm';
import type { LimitsProfile } from '../../config.js';

/** Invocations at a time of all functions of an account in a region, of which reservations are made. Source of AWS's: AWS Lambda quotas. */
export const CONCURRENT_EXECUTIONS = { aws: 1_000, none: 100_000 } satisfies Record<LimitsProfile, number>;

/** What must stay for functions without a reservation. Source: AWS Lambda developer guide, configuring reserved concurrency. */
export const LEAST_UNRESERVED = 100;

/** What all functions of an account and region have reserved together. */
export async function reservedExecutions(manager: EntityManager, { accountId, region }: Scope): Promise<number> {
  const [row] = await manager.query<[{ reserved: string }]>(
    'SELECT coalesce(sum(reserved_concurrency), 0) AS reserved FROM functions WHERE account_id = $1 AND region = $2',
    [accountId, region],
  );
  return Number(row.reserved);
}

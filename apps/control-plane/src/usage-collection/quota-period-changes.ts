import type { QuotaPeriod, UsageField } from '@gatehouse/throttling';
import type { Redis } from 'ioredis';
import type { DataSource, EntityManager } from 'typeorm';
import { firstDays, redisNow } from './current-periods.js';
import { USED_BY_KEYS_UNDER_OTHER_PERIODS, usedUnderOtherPeriods } from './other-periods.js';
import type { QuotaGrants } from './quota-grants.js';
import { readByPortions } from './read-by-portions.js';
import { raiseTaken, type TakenRow } from './taken-requests.js';

type PlanKey = Pick<UsageField, 'accountId' | 'region' | 'usagePlanId'>;

/** A plan with the mark of a change. */
interface PeriodChange extends PlanKey {
  change: string;
}

interface PeriodRow extends PlanKey {
  period: QuotaPeriod;
}

/** SQL: the name of a plan, as `PlanKey`. */
const PLAN_KEY = 'account_id AS "accountId", region, usage_plan_id AS "usagePlanId"';
/** SQL: plans and those of `planColumns`, which are $1 to $3. */
const PLANS_OF_COLUMNS = `usage_plans JOIN unnest($1::text[], $2::text[], $3::text[]) AS told (account_id, region, usage_plan_id)
  USING (account_id, region, usage_plan_id)`;

/**
 * Makes a quota whose period was changed count everything that was used on the days of the new one. Gateways count each period in a hash of its
 * own, so what they counted under another period, or without a quota, is told to the present hash as one sum beside theirs. Each stored total
 * names the period under which it was counted: it is either a process's own count in the hash or in that sum, never in both.
 */
export class QuotaPeriodChanges {
  constructor(
    private readonly redis: Redis,
    private readonly database: DataSource,
    private readonly grants: QuotaGrants,
  ) {}

  /**
   * Tells Redis what is stored under other periods of plans whose period was changed, and marks what was granted for delivery. Rejects when
   * Redis or Postgres is away; the change stays marked then.
   */
  async deliver(): Promise<void> {
    const changed = await this.database.query<PlanKey[]>(`SELECT ${PLAN_KEY} FROM usage_plans WHERE period_change IS NOT NULL`);
    for (const plan of changed) {
      await this.settle(await this.database.transaction('REPEATABLE READ', (manager) => this.tell(manager, [plan])));
    }
  }

  /**
   * Tells Redis what is stored under other periods of those of `plans` whose period was changed, for the period that the transaction of `manager`
   * sees; it must be one that sees a single moment (REPEATABLE READ). Answers the changes, which stay marked until they are settled. Rejects when
   * Redis or Postgres is away.
   */
  async tell(manager: EntityManager, plans: readonly PlanKey[]): Promise<PeriodChange[]> {
    if (plans.length === 0) return [];
    const changes = await manager.query<PeriodChange[]>(
      `SELECT ${PLAN_KEY}, period_change AS change FROM ${PLANS_OF_COLUMNS} WHERE period_change IS NOT NULL`,
      planColumns(plans),
    );
    if (changes.length === 0) return [];
    const now = await redisNow(this.redis);
    const query = usedUnderOtherPeriods('p.account_id = $4 AND p.region = $5 AND p.usage_plan_id = $6');
    for (const { accountId, region, usagePlanId } of changes) {
      await readByPortions<TakenRow>(manager, query, [...firstDays(now), accountId, region, usagePlanId], (rows) =>
        raiseTaken(this.redis, rows, now),
      );
    }
    return changes;
  }

  /** Marks what was granted under these plans for delivery, and takes the marks of the changes away. Rejects when Postgres is away. */
  async settle(changes: readonly PeriodChange[]): Promise<void> {
    for (const { accountId, region, usagePlanId, change } of changes) {
      await this.grants.markUndelivered(accountId, region, usagePlanId);
      // A later change has another name, and is delivered as well.
      await this.database.query(
        `UPDATE usage_plans SET period_change = NULL
          WHERE account_id = $1 AND region = $2 AND usage_plan_id = $3 AND period_change = $4`,
        [accountId, region, usagePlanId, change],
      );
    }
  }

  /**
   * Tells Redis of totals that were stored after the period had changed: of gateways that reported, or heard of the change, late. Must be called
   * when they are stored. Whoever changes the period meanwhile is followed by `deliver`, which finds them. Rejects when Redis or Postgres is away.
   */
  async tellLate(totals: readonly UsageField[]): Promise<void> {
    const late = await this.lateOf(totals);
    if (late.length === 0) return;
    const now = await redisNow(this.redis);
    const rows = await this.database.query<TakenRow[]>(USED_BY_KEYS_UNDER_OTHER_PERIODS, [
      ...firstDays(now),
      late.map(({ accountId }) => accountId),
      late.map(({ region }) => region),
      late.map(({ usagePlanId }) => usagePlanId),
      late.map(({ apiKeyId }) => apiKeyId),
    ]);
    await raiseTaken(this.redis, rows, now);
  }

  /** Those that were counted under another period than their plan's quota has. */
  private async lateOf(totals: readonly UsageField[]): Promise<UsageField[]> {
    const plans = [...new Map(totals.map((total) => [nameOf(total), total])).values()];
    const rows = await this.database.query<PeriodRow[]>(
      `SELECT ${PLAN_KEY}, quota->>'period' AS period FROM ${PLANS_OF_COLUMNS} WHERE quota IS NOT NULL`,
      planColumns(plans),
    );
    const periods = new Map(rows.map((row) => [nameOf(row), row.period]));
    return totals.filter((total) => {
      const present = periods.get(nameOf(total));
      return present !== undefined && present !== total.period;
    });
  }
}

function planColumns(plans: readonly PlanKey[]): string[][] {
  return [
    plans.map(({ accountId }) => accountId),
    plans.map(({ region }) => region),
    plans.map(({ usagePlanId }) => usagePlanId),
  ];
}

function nameOf({ accountId, region, usagePlanId }: PlanKey): string {
  return `${accountId}/${region}/${usagePlanId}`;
}

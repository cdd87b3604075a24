import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';

/** Enough for Postgres to need its indexes; a million gives the same plans. */
const KEYS = 100_000;
const PLAN = 'plan01';
/** What one query may look at, in pages of 8 KB: a look-up costs four, and an answer has up to 500 items. */
const PAGES = 2500;

let server: TestDatabase;
let serving: Serving;
let queries: { sql: string; parameters: unknown[] }[] = [];

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  const { manager } = serving;
  await manager.query(
    `INSERT INTO api_keys (account_id, region, api_key_id, value_hash, value_sealed, name, customer_id, enabled, created_date, last_updated_date, tags)
     SELECT '123456789012', 'us-east-1', 'key' || n, 'hash' || n, 's', 'key-' || n, 'customer-' || n / 100, true,
            timestamptz '2026-01-01' + n * interval '1 second', now(), '{}'
       FROM generate_series(1, $1) n`,
    [KEYS],
  );
  // Else the checks of foreign keys look through a table that they take for a small one.
  await manager.query('ANALYZE api_keys');
  await manager.query(
    `INSERT INTO usage_plans (account_id, region, usage_plan_id, name, created_date, tags)
     VALUES ('123456789012', 'us-east-1', $1, 'p', now(), '{}')`,
    [PLAN],
  );
  await manager.query(
    `INSERT INTO usage_plan_keys (account_id, region, usage_plan_id, api_key_id, created_date)
     SELECT account_id, region, $1, api_key_id, created_date FROM api_keys`,
    [PLAN],
  );
  await manager.query('ANALYZE usage_plan_keys, usage_plans');
  const logger = {
    logQuery: (sql: string, parameters: unknown[] = []) => void queries.push({ sql, parameters }),
    logQueryError: () => undefined,
    logQuerySlow: () => undefined,
    logSchemaBuild: () => undefined,
    logMigration: () => undefined,
    log: () => undefined,
  };
  serving.definition.database.setOptions({ logging: ['query'], logger });
}, 60_000);

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

/** Runs an operation and then every query of it once more. Gives the plans of those that look at a whole table or at much of it. */
async function slowPlans(operation: () => Promise<unknown>): Promise<string[]> {
  queries = [];
  await operation();
  const slow: string[] = [];
  for (const { sql, parameters } of queries.filter((query) => query.sql.startsWith('SELECT'))) {
    const rows = await serving.manager.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`, parameters);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const buffers = [...plan.matchAll(/shared hit=(\d+)(?: read=(\d+))?/g)].map(
      ([, hit, read]) => Number(hit) + Number(read ?? 0),
    );
    if (/Seq Scan on (api_keys|usage_plan_keys)/.test(plan) || Math.max(0, ...buffers) > PAGES) slow.push(plan);
  }
  return slow;
}

describe('very many API keys', () => {
  const call = testCall();
  const list = (input: object) => () => serving.apiKeys.getApiKeys(call, input);
  const members = (input: object) => () => serving.usagePlanKeys.getUsagePlanKeys(call, { usagePlanId: PLAN, ...input });

  it.each([
    ['the newest', list({})],
    ['the largest page', list({ limit: 500 })],
    ['those of one beginning of the name', list({ nameQuery: 'key-7777' })],
    ['those of a beginning that is rare', list({ nameQuery: 'key-100000' })],
    ['those of a beginning that all have', list({ nameQuery: 'key-' })],
    ['those of a beginning that none has', list({ nameQuery: 'nobody' })],
    ['those of a customer', list({ customerId: 'customer-500' })],
    ['those of nobody', list({ customerId: 'nobody' })],
    ['those of a customer and a beginning', list({ customerId: 'customer-500', nameQuery: 'key-' })],
    ['one', () => serving.apiKeys.getApiKey(call, { apiKey: 'key50000' })],
    ['the usage plans of one', () => serving.usagePlans.getUsagePlans(call, { keyId: 'key50000' })],
    [
      'one of a usage plan',
      () => serving.usagePlanKeys.getUsagePlanKeys(call, { usagePlanId: PLAN, limit: 1, nameQuery: 'nobody' }),
    ],
  ])('%s are found by index', async (_, operation) => {
    expect(await slowPlans(operation)).toEqual([]);
  });

  it('all are listed by pages that cost the same', async () => {
    let position: string | undefined;
    let page = await serving.apiKeys.getApiKeys(call, { limit: 500 });
    for (let i = 0; i < 3; i += 1) {
      position = page.position;
      expect(await slowPlans(async () => (page = await serving.apiKeys.getApiKeys(call, { limit: 500, position })))).toEqual([]);
      expect(page.item).toHaveLength(500);
    }
    const middle = Buffer.from(JSON.stringify(['2026-01-01T12:00:00.000Z', 'key'])).toString('base64url');
    expect(await slowPlans(list({ limit: 500, position: middle }))).toEqual([]);
    expect(await slowPlans(list({ limit: 25, position: middle, nameQuery: 'key-' }))).toEqual([]);
  });

  it('of one usage plan are listed by index', async () => {
    // Their values cannot be opened: only what Postgres does is of interest here.
    for (const operation of [members({}), members({ limit: 500 }), members({ nameQuery: 'key-7777' })]) {
      expect(await slowPlans(() => operation().catch(() => undefined))).toEqual([]);
    }
  });
});

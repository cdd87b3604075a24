import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';

let server: TestDatabase;
let serving: Serving;
let values = 0;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const call = testCall();
const newValue = () => `imported-value-number-${values++}`;
const load = (text: string, more: object = {}, by = testCall()) =>
  serving.apiKeys.importApiKeys(by, { format: 'csv', body: Buffer.from(text), ...more });
const get = (apiKey: string) => serving.apiKeys.getApiKey(call, { apiKey, includeValue: true });
const newPlan = async (...apiStages: { apiId: string; stage: string }[]) =>
  (await serving.usagePlans.createUsagePlan(testCall(), { name: 'p', apiStages })).id!;
const plansOf = async (keyId: string) =>
  (await serving.usagePlans.getUsagePlans(call, { keyId })).item!.map(({ id }) => id!).sort();

describe('ImportApiKeys', () => {
  it('makes keys and puts them into usage plans', async () => {
    const plans = [await newPlan(), await newPlan()].sort();
    const [one, two] = [newValue(), newValue()];
    const by = testCall();
    const { ids, warnings } = await load(
      `Name,key,description,Enabled,usageplanIds\nfirst,${one},d,TRUE,"${plans.join(',')}"\nsecond,${two},,false,\n`,
      {},
      by,
    );
    expect([ids!.length, warnings]).toEqual([2, undefined]);
    expect(await get(ids![0]!)).toMatchObject({ value: one, name: 'first', description: 'd', enabled: true });
    expect(await get(ids![1]!)).toMatchObject({ value: two, name: 'second', enabled: false });
    expect(await plansOf(ids![0]!)).toEqual(plans);
    expect((await serving.published(by)).sort()).toEqual(ids!.map((id) => `api-key ${id}`).sort());
    expect(await serving.apiKeyDocument(ids![0]!)).toMatchObject({ enabled: true });
  });

  it('overwrites a key that is there, which keeps its id and its plans', async () => {
    const [kept, joined] = [await newPlan(), await newPlan()];
    const value = newValue();
    const { ids } = await load(`name,key,description,usageplanids\nold,${value},d,${kept}`);
    const again = await load(`name,key,enabled,usageplanids\nnew,${value},false,${joined}`);
    expect(again.ids).toEqual(ids);
    const key = await get(ids![0]!);
    expect(key).toMatchObject({ name: 'new', enabled: false, value });
    expect(key.description).toBeUndefined();
    expect(await plansOf(ids![0]!)).toEqual([kept, joined].sort());
  });

  it('leaves out what cannot be, with a warning, or keeps nothing', async () => {
    const { restApiId: apiId, stageName: stage } = await serving.newStage();
    const [one, two] = [await newPlan({ apiId, stage }), await newPlan({ apiId, stage })];
    const there = (await load(`name,key,usageplanids\nthere,${newValue()},${one}`)).ids![0]!;
    const { value } = await get(there);
    const good = newValue();
    const text = `name,key,usageplanids
good,${good},${one}
unknown,${newValue()},nope00
short,short,
both,${newValue()},"${one},${two}"
there,${value},${two}
`;
    const shared = (id: string) =>
      `Usage Plan ${id} cannot be added because API Key cannot reference multiple Usage Plans with same API stages`;
    const warnings = [
      'Ignored line 4: API Key value should be at least 20 characters',
      'Ignored line 3: Invalid Usage Plan ID specified: nope00',
      `Ignored line 5: ${shared(two)}`,
      `Ignored line 6: ${shared(two)}`,
    ];
    const before = await serving.manager.query('SELECT count(*) FROM api_keys');
    expect(await refusal(load(text, { failOnWarnings: true }))).toBe(
      `BadRequestException: Warnings found during import:\n${warnings.map((warning) => `\t${warning}`).join('\n')}`,
    );
    expect(await serving.manager.query('SELECT count(*) FROM api_keys')).toEqual(before);
    const answer = await load(text);
    expect(answer.warnings).toEqual(warnings);
    expect(answer.ids).toHaveLength(1);
    expect(await get(answer.ids![0]!)).toMatchObject({ value: good });
  });

  it('lets parallel imports of the same keys end in one key each', async () => {
    const plan = await newPlan();
    const text = `name,key,usageplanids\n${Array.from({ length: 50 }, (_, i) => `n${i},${newValue()},${plan}`).join('\n')}`;
    const done = await Promise.all(Array.from({ length: 4 }, () => refusal(load(text))));
    const concurrent = 'ConflictException: Unable to complete operation due to concurrent modification. Please try again later.';
    expect(done.filter((each) => each !== 'no error' && each !== concurrent)).toEqual([]);
    expect(done).toContain('no error');
    const { item } = await serving.usagePlanKeys.getUsagePlanKeys(call, { usagePlanId: plan, limit: 500 });
    expect(item).toHaveLength(50);
  });

  it('takes 10,000 keys in one call', async () => {
    const plan = await newPlan();
    const rows = Array.from({ length: 10_000 }, (_, i) => `bulk-${i},${newValue()},bulk,TRUE,${plan}`);
    const text = `name,key,description,enabled,usageplanids\n${rows.join('\n')}`;
    const by = testCall();
    const { ids, warnings } = await load(text, {}, by);
    expect([new Set(ids).size, warnings]).toEqual([10_000, undefined]);
    expect(await serving.published(by)).toHaveLength(10_000);
    expect((await get(ids![9_999]!)).name).toBe('bulk-9999');
    expect((await load(text)).ids).toEqual(ids);
  });

  it('refuses a file that gives a value twice, where warnings refuse', async () => {
    const value = newValue();
    const text = `name,key\nfirst,${value}\nsecond,${value}`;
    const warning = 'Ignored line 2: API Key value is given again in line 3';
    expect(await refusal(load(text, { failOnWarnings: true }))).toBe(
      `BadRequestException: Warnings found during import:\n\t${warning}`,
    );
    const { ids, warnings } = await load(text);
    expect([ids!.length, warnings]).toEqual([1, [warning]]);
    expect((await get(ids![0]!)).name).toBe('second');
  });

  it('leaves out keys with more usage plans than there may be', async () => {
    const plans = Array.from({ length: 101 }, (_, index) => `plan${index}`).join(',');
    const { ids, warnings } = await load(`name,key,usageplanids\nn,${newValue()},"${plans}"`);
    expect([ids, warnings]).toEqual([[], ['Ignored line 2: Maximum number of Usage Plans for this API Key has been reached.']]);
  });

  it('refuses what is no file of keys', async () => {
    expect(await refusal(load('nothing'))).toBe('BadRequestException: Invalid API Key import file: missing columns: name, key');
    expect(await load('name,key\n')).toEqual({ ids: [], warnings: undefined });
  });
});

import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { UsagePlanEntity } from './usage-plan.entity.js';

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

interface Operation {
  op: 'add' | 'remove' | 'replace';
  path: string;
  value?: string;
}

const create = (input: object = {}, call = serving.call) => serving.usagePlans.createUsagePlan(call, { name: 'p', ...input });
const update = (usagePlanId: string, ...patchOperations: Operation[]) =>
  serving.usagePlans.updateUsagePlan(testCall(), { usagePlanId, patchOperations });
const document = (id: string) => serving.usagePlanDocument(id);
const newKey = async () => (await serving.apiKeys.createApiKey(serving.call, {})).id!;
const join = (usagePlanId: string, keyId: string, call = testCall()) =>
  serving.usagePlanKeys.createUsagePlanKey(call, { usagePlanId, keyId, keyType: 'API_KEY' });
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

async function newApiStage(): Promise<{ apiId: string; stage: string; name: string }> {
  const { restApiId, stageName } = await serving.newStage();
  return { apiId: restApiId, stage: stageName, name: `${restApiId}:${stageName}` };
}

describe('CreateUsagePlan', () => {
  it('answers with what was given and publishes', async () => {
    const { apiId, stage } = await newApiStage();
    const call = testCall();
    const given = {
      name: 'gold',
      description: 'd',
      apiStages: [{ apiId, stage, throttle: { '/pets/GET': { rateLimit: 0.5, burstLimit: 1 } } }],
      throttle: { rateLimit: 10.5, burstLimit: 20 },
      quota: { limit: 100, period: 'WEEK' as const },
      tags: { a: 'b' },
    };
    const created = await create(given, call);
    expect(wire(created)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      ...given,
      quota: { limit: 100, period: 'WEEK', offset: 0 },
    });
    expect(await serving.published(call)).toEqual([`usage-plan ${created.id}`]);
    expect(await document(created.id!)).toMatchObject({
      throttle: { rateLimit: 10.5, burstLimit: 20 },
      quota: { limit: 100, offset: 0, period: 'WEEK' },
      apiStages: [{ apiId, stage, throttle: [{ path: '/pets', httpMethod: 'GET', limit: { rateLimit: 0.5, burstLimit: 1 } }] }],
    });
  });

  it('needs nothing but a name', async () => {
    const created = await create();
    expect(wire(created)).toEqual({ id: created.id, name: 'p', apiStages: [] });
  });

  it.each<[object, string]>([
    [{ name: '' }, 'Usage Plan name cannot be empty'],
    [{ throttle: { rateLimit: -0.1 } }, 'Usage Plan throttle rate limit must be a number that is not negative'],
    [{ throttle: { burstLimit: -1 } }, 'Usage Plan throttle burst limit must be a whole number that is not negative'],
    [{ throttle: { burstLimit: 2 ** 31 } }, 'Usage Plan throttle burst limit must be a whole number that is not negative'],
    [{ quota: { limit: -1, period: 'DAY' } }, 'Usage Plan quota limit must be a whole number that is not negative'],
    [{ quota: { period: 'DAY' } }, 'Usage Plan quota limit must be a whole number that is not negative'],
    [{ quota: { limit: 1 } }, 'Usage Plan quota period must be one of [DAY, WEEK, MONTH]'],
    [{ quota: { limit: 1, offset: 1, period: 'DAY' } }, 'Usage Plan quota offset must be zero in the DAY period'],
    [
      { quota: { limit: 1, offset: 7, period: 'WEEK' } },
      'Usage Plan quota offset must be between 0 and 6 inclusive in the WEEK period',
    ],
    [
      { quota: { limit: 1, offset: -1, period: 'MONTH' } },
      'Usage Plan quota offset must be between 0 and 27 inclusive in the MONTH period',
    ],
    [{ apiStages: [{ apiId: 'a' }] }, 'Invalid API Stage specified'],
    [{ apiStages: [{ apiId: 'a', stage: 's', throttle: { pets: {} } }] }, 'Invalid method specified for throttle: pets'],
  ])('refuses %j', async (input, message) => {
    expect(await refusal(create(input))).toBe(`BadRequestException: ${message}`);
  });

  it('knows only API stages that exist, and each once', async () => {
    const { apiId, stage } = await newApiStage();
    const unknown = (api: string, name: string) =>
      new RegExp(`^NotFoundException: Invalid API Stage {api: ${api}, stage: ${name}} specified for usageplan [a-z0-9]{6}$`);
    expect(await refusal(create({ apiStages: [{ apiId, stage: 'nope' }] }))).toMatch(unknown(apiId, 'nope'));
    expect(await refusal(create({ apiStages: [{ apiId: 'nope', stage }] }))).toMatch(unknown('nope', stage));
    const twice = [
      { apiId, stage },
      { apiId, stage },
    ];
    expect(await refusal(create({ apiStages: twice }))).toBe(
      'ConflictException: An API Stage can be associated with a Usage Plan only once',
    );
  });
});

describe('reading', () => {
  it('takes a limited number of limits of methods for one API stage', async () => {
    const { apiId, stage } = await newApiStage();
    const throttle = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`/r${i}/GET`, { rateLimit: 1, burstLimit: 1 }]));
    const exceeded =
      'LimitExceededException: Maximum number of method throttles of an API stage for this usage plan has been reached.';
    expect(await refusal(create({ apiStages: [{ apiId, stage, throttle: throttle(1001) }] }))).toBe(exceeded);
    const { id } = await create({ apiStages: [{ apiId, stage, throttle: throttle(1000) }] });
    const path = `/apiStages/${apiId}:${stage}/throttle/~1more/GET/rateLimit`;
    expect(await refusal(update(id!, { op: 'replace', path, value: '1' }))).toBe(exceeded);
  });

  it('shows tags of one plan and leaves them out of lists', async () => {
    const call = testCall({ accountId: '300000000001', region: 'us-east-1' });
    const made = [];
    for (const name of ['a', 'b', 'c']) made.push(await create({ name, tags: { x: 'y' } }, call));
    expect(await serving.usagePlans.getUsagePlan(call, { usagePlanId: made[0]!.id! })).toMatchObject({ tags: { x: 'y' } });
    const first = await serving.usagePlans.getUsagePlans(call, { limit: 2 });
    const second = await serving.usagePlans.getUsagePlans(call, { limit: 2, position: first.position });
    const listed = [...first.item!, ...second.item!];
    expect(listed.map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
    expect(listed.map(({ tags }) => tags)).toEqual([undefined, undefined, undefined]);
    expect(second.position).toBeUndefined();
  });

  it('lists the plans of one key', async () => {
    const [one, two] = [await create(), await create()];
    const keyId = await newKey();
    await join(two.id!, keyId);
    expect((await serving.usagePlans.getUsagePlans(serving.call, { keyId })).item).toMatchObject([{ id: two.id }]);
    expect((await serving.usagePlans.getUsagePlan(serving.call, { usagePlanId: one.id! })).tags).toEqual({});
  });

  it('security class: configuration injection, tenant escape: knows no plans of other accounts and regions', async () => {
    const { apiId, stage } = await newApiStage();
    const { id } = await create();
    const other = testCall({ accountId: '123456789012', region: 'eu-west-1' });
    const unknown = 'NotFoundException: Invalid Usage Plan ID specified';
    expect(await refusal(serving.usagePlans.getUsagePlan(other, { usagePlanId: id! }))).toBe(unknown);
    expect(await refusal(serving.usagePlans.updateUsagePlan(other, { usagePlanId: id! }))).toBe(unknown);
    expect(await refusal(serving.usagePlans.deleteUsagePlan(other, { usagePlanId: id! }))).toBe(unknown);
    expect(await refusal(join(id!, await newKey(), other))).toBe(unknown);
    expect(await refusal(create({ apiStages: [{ apiId, stage }] }, other))).toMatch(/^NotFoundException: Invalid API Stage/);
  });
});

describe('UpdateUsagePlan', () => {
  it('changes limits and publishes them', async () => {
    const { id } = await create();
    const call = testCall();
    const patchOperations = [
      { op: 'replace' as const, path: '/name', value: 'new' },
      { op: 'replace' as const, path: '/description', value: 'd' },
      { op: 'add' as const, path: '/productCode', value: 'pc' },
      { op: 'add' as const, path: '/throttle/rateLimit', value: '10.500000' },
      { op: 'replace' as const, path: '/throttle/burstLimit', value: '3' },
      { op: 'add' as const, path: '/quota/limit', value: '9' },
      { op: 'replace' as const, path: '/quota/offset', value: '2' },
      { op: 'replace' as const, path: '/quota/period', value: 'MONTH' },
    ];
    const updated = await serving.usagePlans.updateUsagePlan(call, { usagePlanId: id!, patchOperations });
    expect(wire(updated)).toEqual({
      id,
      name: 'new',
      description: 'd',
      productCode: 'pc',
      apiStages: [],
      throttle: { rateLimit: 10.5, burstLimit: 3 },
      quota: { limit: 9, offset: 2, period: 'MONTH' },
      tags: {},
    });
    expect(await serving.published(call)).toEqual([`usage-plan ${id}`]);
    expect(await document(id!)).toMatchObject({ throttle: { rateLimit: 10.5 }, quota: { limit: 9 } });
    const bare = await update(
      id!,
      { op: 'remove', path: '/throttle' },
      { op: 'remove', path: '/quota' },
      { op: 'remove', path: '/productCode' },
    );
    expect(wire(bare)).toEqual({ id, name: 'new', description: 'd', apiStages: [], tags: {} });
    expect(await document(id!)).toMatchObject({ throttle: null, quota: null });
  });

  it('marks a change of the period of the quota, and nothing else, for those who tell gateways what was used before', async () => {
    const { id } = await create({ quota: { limit: 9, period: 'DAY' } });
    const mark = async () => {
      const row = await serving.manager.findOneByOrFail(UsagePlanEntity, { ...serving.call.scope, usagePlanId: id! });
      return row.periodChange;
    };
    expect(await mark()).toBeNull();
    await update(
      id!,
      { op: 'replace', path: '/quota/limit', value: '7' },
      { op: 'replace', path: '/quota/period', value: 'DAY' },
    );
    expect(await mark()).toBeNull();
    const marks = new Set<string | null>();
    for (const period of ['MONTH', 'WEEK', 'DAY']) {
      await update(id!, { op: 'replace', path: '/quota/period', value: period });
      marks.add(await mark());
      await update(id!, { op: 'replace', path: '/name', value: 'still marked' });
      marks.add(await mark());
    }
    await update(id!, { op: 'remove', path: '/quota' });
    await update(id!, { op: 'add', path: '/quota/limit', value: '7' }, { op: 'add', path: '/quota/period', value: 'DAY' });
    marks.add(await mark());
    expect([marks.size, marks.has(null)]).toEqual([4, false]);
  });

  it('adds and removes API stages and the limits of their methods, however the path is escaped', async () => {
    const [one, two] = [await newApiStage(), await newApiStage()];
    const { id } = await create();
    const added = await update(
      id!,
      { op: 'add', path: '/apiStages', value: one.name },
      { op: 'add', path: '/apiStages', value: two.name },
      { op: 'replace', path: `/apiStages/${one.name}/throttle/~1pets~1{id}/GET/rateLimit`, value: '5' },
      { op: 'add', path: `/apiStages/${one.name}/throttle/~1pets~1{id}/GET/burstLimit`, value: '6' },
      { op: 'replace', path: `/apiStages/${one.name}/throttle//pets/POST/rateLimit`, value: '7' },
      { op: 'replace', path: `/apiStages/${one.name}/throttle///ANY/rateLimit`, value: '8' },
    );
    expect(wire(added.apiStages)).toEqual([
      {
        apiId: one.apiId,
        stage: 'prod',
        throttle: {
          '/pets/{id}/GET': { rateLimit: 5, burstLimit: 6 },
          '/pets/POST': { rateLimit: 7 },
          '//ANY': { rateLimit: 8 },
        },
      },
      { apiId: two.apiId, stage: 'prod' },
    ]);
    expect((await document(id!))?.apiStages[0]?.throttle).toEqual([
      { path: '/', httpMethod: 'ANY', limit: { rateLimit: 8, burstLimit: 5000 } },
      { path: '/pets', httpMethod: 'POST', limit: { rateLimit: 7, burstLimit: 5000 } },
      { path: '/pets/{id}', httpMethod: 'GET', limit: { rateLimit: 5, burstLimit: 6 } },
    ]);
    const fewer = await update(
      id!,
      { op: 'remove', path: `/apiStages/${one.name}/throttle/~1pets/POST` },
      { op: 'remove', path: '/apiStages', value: two.name },
    );
    expect(fewer.apiStages).toMatchObject([{ apiId: one.apiId, throttle: { '/pets/{id}/GET': {}, '//ANY': {} } }]);
    const none = await update(id!, { op: 'remove', path: `/apiStages/${one.name}/throttle` });
    expect(wire(none.apiStages)).toEqual([{ apiId: one.apiId, stage: 'prod' }]);
  });

  it('says what is wrong, and changes nothing', async () => {
    const { name, apiId } = await newApiStage();
    const { id } = await create({ throttle: { rateLimit: 1 } });
    const unknown = (api: string, stage: string) =>
      `NotFoundException: Invalid API Stage {api: ${api}, stage: ${stage}} specified for usageplan ${id}`;
    const cases: [Operation, string][] = [
      [{ op: 'add', path: '/apiStages' }, 'BadRequestException: Invalid API Stage specified'],
      [{ op: 'add', path: '/apiStages', value: 'nonsense' }, 'BadRequestException: Invalid API Stage specified'],
      [{ op: 'remove', path: '/apiStages' }, 'BadRequestException: Invalid API Stage specified'],
      [{ op: 'add', path: '/apiStages', value: `${apiId}:nope` }, unknown(apiId, 'nope')],
      [{ op: 'add', path: '/apiStages', value: 'nope:prod' }, unknown('nope', 'prod')],
      [{ op: 'remove', path: '/apiStages', value: name }, unknown(apiId, 'prod')],
      [
        { op: 'remove', path: `/apiStages/${name}` },
        `BadRequestException: Invalid patch path  '/apiStages/${name}' specified for op 'remove'. ` +
          'Must be one of: [/apiStages, /quota, /throttle, /productCode, /apiStages/<apidId:stageName>/throttle/<resourcePath>/<httpMethod>, /apiStages/<apidId:stageName>/throttle]',
      ],
      [
        { op: 'replace', path: '/throttle/rateLimit', value: '-1' },
        'BadRequestException: Usage Plan throttle rate limit must be a number that is not negative',
      ],
      [
        { op: 'replace', path: '/quota/limit', value: '5' },
        'BadRequestException: Usage Plan quota period must be one of [DAY, WEEK, MONTH]',
      ],
      [
        { op: 'replace', path: '/quota/period', value: 'YEAR' },
        'BadRequestException: Usage Plan quota period must be one of [DAY, WEEK, MONTH]',
      ],
      [{ op: 'replace', path: '/name', value: '' }, 'BadRequestException: Usage Plan name cannot be empty'],
    ];
    for (const [operation, message] of cases) {
      expect(await refusal(update(id!, { op: 'replace', path: '/description', value: 'd' }, operation))).toBe(message);
    }
    expect(wire(await serving.usagePlans.getUsagePlan(serving.call, { usagePlanId: id! }))).toEqual({
      id,
      name: 'p',
      apiStages: [],
      throttle: { rateLimit: 1 },
      tags: {},
    });
  });

  it('loses nothing of parallel edits', async () => {
    const stages = await Promise.all(Array.from({ length: 6 }, newApiStage));
    const { id } = await create();
    await Promise.all([
      ...stages.map(({ name }) => update(id!, { op: 'add', path: '/apiStages', value: name })),
      update(id!, { op: 'replace', path: '/throttle/rateLimit', value: '5' }),
      update(id!, { op: 'replace', path: '/throttle/burstLimit', value: '6' }),
    ]);
    const plan = await serving.usagePlans.getUsagePlan(serving.call, { usagePlanId: id! });
    expect(plan.throttle).toEqual({ rateLimit: 5, burstLimit: 6 });
    expect(plan.apiStages!.map(({ apiId }) => apiId).sort()).toEqual(stages.map(({ apiId }) => apiId).sort());
  });

  it('takes crossed API stages of parallel edits without a deadlock', async () => {
    const [one, two] = [await newApiStage(), await newApiStage()];
    const plans = await Promise.all(Array.from({ length: 6 }, () => create()));
    const crossed = [
      [one, two],
      [two, one],
    ];
    const edits = plans.map(({ id }, index) =>
      refusal(update(id!, ...crossed[index % 2]!.map(({ name }): Operation => ({ op: 'add', path: '/apiStages', value: name })))),
    );
    expect(await Promise.all(edits)).toEqual(plans.map(() => 'no error'));
  });
});

describe('DeleteUsagePlan', () => {
  it('takes its keys along: one publication names the plan and every key', async () => {
    const { id } = await create();
    const keys = [await newKey(), await newKey()];
    for (const key of keys) await join(id!, key);
    const call = testCall();
    await serving.usagePlans.deleteUsagePlan(call, { usagePlanId: id! });
    expect((await serving.published(call)).sort()).toEqual([`-usage-plan ${id}`, ...keys.map((key) => `api-key ${key}`)].sort());
    expect(await document(id!)).toBeNull();
    expect(await refusal(serving.usagePlans.getUsagePlan(serving.call, { usagePlanId: id! }))).toBe(
      'NotFoundException: Invalid Usage Plan ID specified',
    );
  });

  it('is refused while API stages are associated', async () => {
    const { apiId, stage, name } = await newApiStage();
    const { id } = await create({ apiStages: [{ apiId, stage }] });
    expect(await refusal(serving.usagePlans.deleteUsagePlan(serving.call, { usagePlanId: id! }))).toBe(
      `BadRequestException: Cannot delete Usage Plan ${id} because there are API Stages associated with it, including ${name}`,
    );
  });
});

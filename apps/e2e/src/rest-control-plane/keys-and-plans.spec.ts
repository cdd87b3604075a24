import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeyCommand,
  GetApiKeysCommand,
  GetUsageCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeyCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  ImportApiKeysCommand,
  UpdateApiKeyCommand,
  UpdateUsageCommand,
  UpdateUsagePlanCommand,
  type CreateApiKeyCommandInput,
  type CreateUsagePlanCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { steadyDay } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import { badRequest, conflict, ControlPlaneUnderTest, invalid, notFound } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

const NO_KEY = notFound('Invalid API Key identifier specified');
const NO_PLAN = notFound('Invalid Usage Plan ID specified');
const OPERATIONS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';

const createKey = (input: CreateApiKeyCommandInput = {}) => plane.send(new CreateApiKeyCommand(input));
const updateKey = (apiKey: string, ...patchOperations: PatchOperation[]) => new UpdateApiKeyCommand({ apiKey, patchOperations });
const createPlan = (input: Partial<CreateUsagePlanCommandInput> = {}) =>
  plane.send(new CreateUsagePlanCommand({ name: 'p', ...input }));
const patchPlan = (usagePlanId: string, ...patchOperations: PatchOperation[]) =>
  new UpdateUsagePlanCommand({ usagePlanId, patchOperations });
const join = (usagePlanId: string, keyId: string, keyType = 'API_KEY') =>
  new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType });

describe('CreateApiKey', () => {
  it('makes a disabled key with a value of 40 letters and digits', async () => {
    expect(await createKey()).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      value: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      enabled: false,
      createdDate: expect.any(Date),
      lastUpdatedDate: expect.any(Date),
      stageKeys: [],
    });
  });

  it('keeps what is set', async () => {
    const given = {
      name: 'n',
      description: 'd',
      enabled: true,
      value: `a-value-of-my-own-${Date.now()}`,
      customerId: 'c',
      tags: { a: 'b' },
    };
    const created = await createKey({ ...given, generateDistinctId: true });
    expect(created).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/),
      ...given,
      createdDate: expect.any(Date),
      lastUpdatedDate: expect.any(Date),
      stageKeys: [],
    });
    expect(await plane.send(new GetApiKeyCommand({ apiKey: created.id, includeValue: true }))).toEqual(created);
  });

  it('counts an empty name and an empty value as none', async () => {
    const created = await createKey({ name: '', value: '' });
    expect(created.name).toBeUndefined();
    expect(created.value).toMatch(/^[A-Za-z0-9]{40}$/);
  });

  it.each<[CreateApiKeyCommandInput, string]>([
    [{ name: 'x'.repeat(1025) }, badRequest('Invalid API Key name, can be at most 1024 characters.')],
    [{ value: 'x'.repeat(19) }, badRequest('API Key value should be at least 20 characters')],
    [{ value: 'x'.repeat(129) }, badRequest('API Key value exceeds maximum size of 128 characters')],
    [{ description: 'x'.repeat(125_001) }, badRequest('Invalid API Key description specified.')],
  ])('refuses what is too long or too short (%#)', async (input, message) => {
    expect(await plane.refusal(new CreateApiKeyCommand(input))).toBe(message);
  });

  it('takes the longest and the shortest', async () => {
    await createKey({ name: 'x'.repeat(1024), value: `${Date.now()}`.padEnd(20, 'x'), description: 'x'.repeat(125_000) });
    await createKey({ value: `${Date.now()}`.padEnd(128, 'x') });
  });

  it('refuses a value that is taken', async () => {
    const { value } = await createKey();
    expect(await plane.refusal(new CreateApiKeyCommand({ value }))).toBe(conflict('API Key already exists'));
  });
});

describe('GetApiKey and GetApiKeys', () => {
  it('show the value only where asked', async () => {
    const { value, ...key } = await createKey({ name: 'shown' });
    expect(await plane.send(new GetApiKeyCommand({ apiKey: key.id }))).toEqual(key);
    expect(await plane.send(new GetApiKeyCommand({ apiKey: key.id, includeValue: true }))).toEqual({ ...key, value });
    const listed = async (includeValues?: boolean) =>
      (await plane.send(new GetApiKeysCommand({ nameQuery: 'shown', includeValues }))).items;
    expect(await listed()).toEqual([key]);
    expect(await listed(true)).toEqual([{ ...key, value }]);
    expect(await plane.refusal(new GetApiKeyCommand({ apiKey: 'nosuch' }))).toBe(NO_KEY);
  });

  it('filter by the start of the name, case-sensitively, and by customer', async () => {
    for (const name of ['alpha', 'alphabet', 'Alpha', 'beta']) await createKey({ name, customerId: `of ${name}` });
    const names = async (query: object) => (await plane.send(new GetApiKeysCommand(query))).items!.map(({ name }) => name).sort();
    expect(await names({ nameQuery: 'alpha' })).toEqual(['alpha', 'alphabet']);
    expect(await names({ customerId: 'of Alpha' })).toEqual(['Alpha']);
    expect(await names({ nameQuery: 'nosuch' })).toEqual([]);
  });

  it('list the newest first', async () => {
    const older = await createKey({ name: 'ordered 1' });
    // Dates are whole seconds on the wire; the order is that of creation all the same, to the millisecond.
    const made = Date.now();
    await until('the next millisecond', () => (Date.now() > made ? true : undefined));
    const newer = await createKey({ name: 'ordered 2' });
    const { items } = await plane.send(new GetApiKeysCommand({ nameQuery: 'ordered' }));
    expect(items!.map(({ id }) => id)).toEqual([newer.id, older.id]);
  });
});

describe('UpdateApiKey and DeleteApiKey', () => {
  it('change what AWS lets change, and answer without the value', async () => {
    const { value: _, ...key } = await createKey();
    const updated = await plane.send(
      updateKey(
        key.id!,
        { op: 'replace', path: '/name', value: 'n' },
        { op: 'replace', path: '/description', value: 'd' },
        { op: 'replace', path: '/enabled', value: 'true' },
        { op: 'replace', path: '/customerId', value: 'c' },
      ),
    );
    expect(updated).toEqual({
      ...key,
      name: 'n',
      description: 'd',
      enabled: true,
      customerId: 'c',
      tags: {},
      lastUpdatedDate: expect.any(Date),
    });
    expect(await plane.send(updateKey(key.id!))).toEqual({ ...updated, lastUpdatedDate: expect.any(Date) });
    expect(await plane.send(new DeleteApiKeyCommand({ apiKey: key.id }))).toEqual({});
    expect(await plane.refusal(new DeleteApiKeyCommand({ apiKey: key.id }))).toBe(NO_KEY);
    expect(await plane.refusal(updateKey(key.id!))).toBe(NO_KEY);
  });

  it.each<[PatchOperation, string]>([
    [
      { op: 'replace', path: '/value', value: 'x'.repeat(20) },
      badRequest(
        "Invalid patch path  '/value' specified for op 'replace'. Must be one of: [/description, /enabled, /name, /customerId]",
      ),
    ],
    [
      { op: 'remove', path: '/name' },
      badRequest("Invalid patch path  '/name' specified for op 'remove'. Please choose supported operations"),
    ],
    [
      { op: 'x' as never, path: '/name' },
      invalid(`Value 'x' at 'updateApiKeyInput.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`),
    ],
  ])('refuse %j', async (operation, message) => {
    const { id } = await createKey();
    expect(await plane.refusal(updateKey(id!, operation))).toBe(message);
  });
});

describe('CreateUsagePlan', () => {
  it('answers with what was given, and a default offset', async () => {
    const { restApiId: apiId, stageName: stage } = await plane.newStage();
    const given = {
      name: 'gold',
      description: 'd',
      apiStages: [{ apiId, stage, throttle: { '/pets/GET': { rateLimit: 0.5, burstLimit: 1 } } }],
      throttle: { rateLimit: 10.5, burstLimit: 20 },
      tags: { a: 'b' },
    };
    const plan = await createPlan({ ...given, quota: { limit: 100, period: 'WEEK' } });
    expect(plan).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6,10}$/),
      ...given,
      quota: { limit: 100, period: 'WEEK', offset: 0 },
    });
    expect(await plane.send(new GetUsagePlanCommand({ usagePlanId: plan.id }))).toEqual(plan);
  });

  it('needs nothing but a name', async () => {
    const plan = await createPlan();
    expect(plan).toEqual({ id: expect.any(String), name: 'p', apiStages: [] });
    expect(await plane.send(new GetUsagePlanCommand({ usagePlanId: plan.id }))).toEqual({ ...plan, tags: {} });
  });

  it('knows only API stages that exist', async () => {
    const { restApiId } = await plane.newStage();
    const refused = (apiStages: object[]) => plane.refusal(new CreateUsagePlanCommand({ name: 'p', apiStages }));
    const unknown = (api: string, stage: string) =>
      new RegExp(
        `^NotFoundException 404: Invalid API Stage \\{api: ${api}, stage: ${stage}\\} specified for usageplan [a-z0-9]+$`,
      );
    expect(await refused([{ apiId: restApiId, stage: 'nosuch' }])).toMatch(unknown(restApiId, 'nosuch'));
    expect(await refused([{ apiId: 'nosuchapi1', stage: 'prod' }])).toMatch(unknown('nosuchapi1', 'prod'));
    expect(await refused([{ apiId: restApiId }])).toBe(badRequest('Invalid API Stage specified'));
  });

  it.each<[Partial<CreateUsagePlanCommandInput>]>([
    [{ throttle: { rateLimit: -1 } }],
    [{ throttle: { burstLimit: -1 } }],
    [{ quota: { limit: -1, period: 'DAY' } }],
    [{ quota: { limit: 1, offset: 1, period: 'DAY' } }],
    [{ quota: { limit: 1, offset: 7, period: 'WEEK' } }],
    [{ quota: { limit: 1, offset: 28, period: 'MONTH' } }],
  ])('refuses %j', async (input) => {
    expect(await plane.refusal(new CreateUsagePlanCommand({ name: 'p', ...input }))).toMatch(/^BadRequestException 400: /);
  });
});

describe('GetUsagePlans', () => {
  it('leaves tags out, and lists those of one key on request', async () => {
    const { tags: _, ...tagged } = await createPlan({ tags: { a: 'b' } });
    const { items } = await plane.send(new GetUsagePlansCommand({ limit: 500 }));
    expect(items!.find(({ id }) => id === tagged.id)).toEqual(tagged);
    const key = await createKey();
    await plane.send(join(tagged.id!, key.id!));
    expect((await plane.send(new GetUsagePlansCommand({ keyId: key.id }))).items).toEqual([tagged]);
  });
});

describe('UpdateUsagePlan', () => {
  it('changes what AWS lets change', async () => {
    const { restApiId, stageName } = await plane.newStage();
    const stage = `${restApiId}:${stageName}`;
    const { id } = await createPlan();
    const updated = await plane.send(
      patchPlan(
        id!,
        { op: 'replace', path: '/name', value: 'new' },
        { op: 'replace', path: '/description', value: 'd' },
        { op: 'add', path: '/productCode', value: 'pc' },
        { op: 'add', path: '/throttle/rateLimit', value: '10.500000' },
        { op: 'replace', path: '/throttle/burstLimit', value: '3' },
        { op: 'add', path: '/quota/limit', value: '9' },
        { op: 'replace', path: '/quota/offset', value: '2' },
        { op: 'replace', path: '/quota/period', value: 'MONTH' },
        { op: 'add', path: '/apiStages', value: stage },
        { op: 'add', path: `/apiStages/${stage}/throttle/~1pets/GET/rateLimit`, value: '1.5' },
        { op: 'add', path: `/apiStages/${stage}/throttle/~1pets/GET/burstLimit`, value: '2' },
      ),
    );
    expect(updated).toEqual({
      id,
      name: 'new',
      description: 'd',
      productCode: 'pc',
      throttle: { rateLimit: 10.5, burstLimit: 3 },
      quota: { limit: 9, offset: 2, period: 'MONTH' },
      apiStages: [{ apiId: restApiId, stage: stageName, throttle: { '/pets/GET': { rateLimit: 1.5, burstLimit: 2 } } }],
      tags: {},
    });
    expect(await plane.send(new GetUsagePlanCommand({ usagePlanId: id }))).toEqual(updated);
    expect(await plane.send(patchPlan(id!))).toEqual(updated);
    const cleared = await plane.send(
      patchPlan(
        id!,
        { op: 'remove', path: '/quota' },
        { op: 'remove', path: '/throttle' },
        { op: 'remove', path: '/productCode' },
        { op: 'remove', path: `/apiStages/${stage}/throttle` },
      ),
    );
    expect(cleared).toEqual({
      id,
      name: 'new',
      description: 'd',
      apiStages: [{ apiId: restApiId, stage: stageName }],
      tags: {},
    });
    expect((await plane.send(patchPlan(id!, { op: 'remove', path: '/apiStages', value: stage }))).apiStages).toEqual([]);
  });

  it('refuses stages that are none', async () => {
    const { id } = await createPlan();
    const { restApiId } = await plane.newStage();
    const add = (value?: string) => plane.refusal(patchPlan(id!, { op: 'add', path: '/apiStages', value }));
    expect(await add()).toBe(badRequest('Invalid API Stage specified'));
    expect(await add('nonsense')).toBe(badRequest('Invalid API Stage specified'));
    expect(await add(`${restApiId}:nosuch`)).toBe(
      notFound(`Invalid API Stage {api: ${restApiId}, stage: nosuch} specified for usageplan ${id}`),
    );
    expect(await plane.refusal(patchPlan(id!, { op: 'x' as never, path: '/name' }))).toBe(
      invalid(`Value 'x' at 'updateUsagePlanInput.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`),
    );
  });
});

describe('a usage plan that is not there', () => {
  it('is not found, and has no keys', async () => {
    const usagePlanId = 'nosuch';
    const { id: keyId } = await createKey();
    const dates = { startDate: '2026-01-01', endDate: '2026-01-02' };
    expect(await plane.refusal(new GetUsagePlanCommand({ usagePlanId }))).toBe(NO_PLAN);
    expect(await plane.refusal(patchPlan(usagePlanId))).toBe(NO_PLAN);
    expect(await plane.refusal(new DeleteUsagePlanCommand({ usagePlanId }))).toBe(NO_PLAN);
    expect(await plane.refusal(join(usagePlanId, keyId!))).toBe(NO_PLAN);
    expect(await plane.refusal(new GetUsageCommand({ usagePlanId, ...dates }))).toBe(NO_PLAN);
    expect(await plane.send(new GetUsagePlanKeysCommand({ usagePlanId }))).toEqual({ items: [] });
  });
});

describe('DeleteUsagePlan', () => {
  it('removes it, once', async () => {
    const { id: usagePlanId } = await createPlan();
    expect(await plane.send(new DeleteUsagePlanCommand({ usagePlanId }))).toEqual({});
    expect(await plane.refusal(new DeleteUsagePlanCommand({ usagePlanId }))).toBe(NO_PLAN);
  });
});

describe('usage plan keys', () => {
  it('are added, read, listed, filtered and removed', async () => {
    const { restApiId, stageName } = await plane.newStage();
    const plan = await createPlan({ apiStages: [{ apiId: restApiId, stage: stageName }] });
    const key = await createKey({ name: 'one' });
    const other = await createKey({ name: 'two' });
    const usagePlanId = plan.id!;
    const joined = { id: key.id, type: 'API_KEY', value: key.value, name: 'one' };
    expect(await plane.send(join(usagePlanId, key.id!))).toEqual(joined);
    await plane.send(join(usagePlanId, other.id!));
    expect(await plane.send(new GetUsagePlanKeyCommand({ usagePlanId, keyId: key.id }))).toEqual(joined);
    const { items } = await plane.send(new GetUsagePlanKeysCommand({ usagePlanId }));
    expect(items!.map(({ name }) => name)).toEqual(['two', 'one']);
    expect((await plane.send(new GetUsagePlanKeysCommand({ usagePlanId, nameQuery: 'on' }))).items).toEqual([joined]);
    const { stageKeys } = await plane.send(new GetApiKeyCommand({ apiKey: key.id }));
    expect(stageKeys).toEqual([`${restApiId}/${stageName}`]);
    expect(await plane.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: key.id }))).toEqual({});
    expect(await plane.refusal(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: key.id }))).toBe(NO_KEY);
    expect(await plane.refusal(new GetUsagePlanKeyCommand({ usagePlanId, keyId: key.id }))).toBe(NO_KEY);
  });

  it('are refused where there is no such key or type, twice, and in two plans of one stage', async () => {
    const { restApiId: apiId, stageName: stage } = await plane.newStage();
    const [one, two] = [await createPlan({ apiStages: [{ apiId, stage }] }), await createPlan({ apiStages: [{ apiId, stage }] })];
    const { id: keyId } = await createKey();
    expect(await plane.refusal(join(one.id!, 'nosuch'))).toBe(NO_KEY);
    expect(await plane.refusal(join(one.id!, keyId!, 'PASSWORD'))).toMatch(/^BadRequestException 400: /);
    await plane.send(join(one.id!, keyId!));
    expect(await plane.refusal(join(one.id!, keyId!))).toMatch(/^ConflictException 409: /);
    expect(await plane.refusal(join(two.id!, keyId!))).toMatch(/^ConflictException 409: /);
  });
});

describe('GetUsage', () => {
  it('answers under `values`, of keys that were used', async () => {
    const { id: usagePlanId } = await createPlan({ quota: { limit: 10, period: 'DAY' } });
    const { id: keyId } = await createKey();
    await plane.send(join(usagePlanId!, keyId!));
    const dates = { startDate: '2026-01-01', endDate: '2026-01-02' };
    expect(await plane.send(new GetUsageCommand({ usagePlanId, ...dates }))).toEqual({ usagePlanId, ...dates, items: {} });
    const { body } = await plane.raw('GET', `/usageplans/${usagePlanId}/usage?startDate=2026-01-01&endDate=2026-01-02`);
    expect(JSON.parse(body)).toEqual({ usagePlanId, ...dates, values: {} });
  });

  it.each([
    ['01.01.2026', '2026-01-02'],
    ['2026-01-02', '2026-01-01'],
    ['2026-02-30', '2026-03-01'],
  ])('refuses %s to %s', async (startDate, endDate) => {
    const { id: usagePlanId } = await createPlan();
    expect(await plane.refusal(new GetUsageCommand({ usagePlanId, startDate, endDate }))).toMatch(/^BadRequestException 400: /);
  });
});

describe('UpdateUsage', () => {
  it('changes what remains of the quota', async () => {
    const today = await steadyDay(10);
    const { id: usagePlanId } = await createPlan({ quota: { limit: 10, period: 'MONTH' } });
    const { id: keyId } = await createKey();
    await plane.send(join(usagePlanId!, keyId!));
    const update = (more: object, ...patchOperations: PatchOperation[]) =>
      new UpdateUsageCommand({ usagePlanId, keyId, patchOperations, ...more });
    const remaining: PatchOperation = { op: 'replace', path: '/remaining', value: '100' };
    const { items, ...answer } = await plane.send(update({}, remaining));
    expect(answer).toMatchObject({ usagePlanId, startDate: expect.any(String), endDate: expect.any(String) });
    expect(items![keyId!]!.at(-1)).toEqual([0, 100]);
    const usage = await plane.send(new GetUsageCommand({ usagePlanId, keyId, startDate: today, endDate: today }));
    expect(usage.items).toEqual({ [keyId!]: [[0, 100]] });
    expect(await plane.refusal(update({ usagePlanId: 'nosuch' }, remaining))).toBe(NO_PLAN);
    expect(await plane.refusal(update({ keyId: 'nosuch' }, remaining))).toMatch(/^NotFoundException 404: /);
    expect(await plane.refusal(update({}, { ...remaining, value: 'many' }))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(update({}, { ...remaining, path: '/nosuch' }))).toBe(
      badRequest("Invalid patch path  '/nosuch' specified for op 'replace'. Must be one of: [/remaining]"),
    );
    expect(await plane.refusal(update({}, { ...remaining, op: 'x' as never }))).toBe(
      invalid(`Value 'x' at 'updateUsageInput.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`),
    );
  });
});

describe('ImportApiKeys', () => {
  const load = (csv: string, more: object = {}) => new ImportApiKeysCommand({ body: Buffer.from(csv), format: 'csv', ...more });
  const value = (n: number) => `the-value-of-imported-key-${n}`;

  it('takes keys with their plans, whatever the case of the header', async () => {
    const [one, two] = [await createPlan(), await createPlan()];
    const answer = await plane.send(
      load(
        'Name,key,description,ENABLED,usageplanIds\n' +
          `first,${value(1)},d,TRUE,"${one.id},${two.id}"\n` +
          `second,${value(2)},,false,\n`,
      ),
    );
    expect(answer).toEqual({ ids: [expect.any(String), expect.any(String)] });
    const [first, second] = answer.ids!;
    expect(await plane.send(new GetApiKeyCommand({ apiKey: first, includeValue: true }))).toMatchObject({
      name: 'first',
      value: value(1),
      description: 'd',
      enabled: true,
    });
    expect(await plane.send(new GetApiKeyCommand({ apiKey: second }))).toMatchObject({ name: 'second', enabled: false });
    const { items } = await plane.send(new GetUsagePlansCommand({ keyId: first }));
    expect(items!.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
  });

  it('warns of what it leaves out, and keeps nothing where warnings are failures', async () => {
    const csv = `name,key,usageplanIds\nbad,${value(3)},nosuch\n`;
    const { warnings } = await plane.send(load(csv));
    expect(warnings!.length).toBeGreaterThan(0);
    const again = `name,key,usageplanIds\nworse,${value(4)},nosuch\n`;
    expect(await plane.refusal(load(again, { failOnWarnings: true }))).toMatch(/^BadRequestException 400: /);
    expect((await plane.send(new GetApiKeysCommand({ nameQuery: 'worse' }))).items).toEqual([]);
  });

  it('refuses what is no such file', async () => {
    expect(await plane.refusal(load(''))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(load('colour\nred\n'))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(load('name,key\n', { format: 'xml' }))).toMatch(
      /^(ValidationException|BadRequestException) 400: /,
    );
  });
});

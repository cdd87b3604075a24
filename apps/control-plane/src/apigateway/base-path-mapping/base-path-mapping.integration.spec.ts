import type { CreateBasePathMappingRequest } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Domains } from '../domain-name/domains.fixture.js';
import { refusal, testCall } from '../rest-api/definition.fixture.js';

let server: TestDatabase;
let domains: Domains;
let domainName: string;
let restApiId: string;
let names = 0;

beforeAll(async () => {
  server = await createDatabase();
  domains = await Domains.open(server.url);
});
afterAll(async () => {
  await domains?.serving.close();
  await server?.drop();
});
beforeEach(async () => {
  domainName = `api${++names}.example.com`;
  await domains.domainNames.createDomainName(testCall(), { domainName });
  ({ restApiId } = await domains.serving.newStage());
});

type Given = Partial<CreateBasePathMappingRequest>;
const create = (input: Given = {}, call = testCall()) =>
  domains.mappings.createBasePathMapping(call, { domainName, restApiId, ...input });
const update = (basePath: string, ...operations: [path: string, value?: string][]) =>
  domains.mappings.updateBasePathMapping(testCall(), {
    domainName,
    basePath,
    patchOperations: operations.map(([path, value]) => ({ op: 'replace', path, ...(value === undefined ? {} : { value }) })),
  });
const get = (basePath: string) => domains.mappings.getBasePathMapping(testCall(), { domainName, basePath });
const list = async (input: object = {}) => domains.mappings.getBasePathMappings(testCall(), { domainName, ...input });
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const published = async () => (await domains.document(domainName))?.basePaths;

const NO_DOMAIN = 'NotFoundException: Invalid domain name identifier specified';
const NO_MAPPING = 'NotFoundException: Invalid base path mapping identifier specified';
const EXISTS = 'ConflictException: Base path already exists for this domain name';

describe('CreateBasePathMapping', () => {
  it('answers with what was given, and publishes the domain', async () => {
    const call = testCall();
    expect(wire(await create({ basePath: 'pets', stage: 'prod' }, call))).toEqual({ basePath: 'pets', restApiId, stage: 'prod' });
    expect(await domains.serving.published(call)).toEqual([`domain ${domainName}`]);
    expect(await published()).toEqual([{ basePath: 'pets', protocol: 'REST', apiId: restApiId, stage: 'prod' }]);
  });

  it.each([undefined, '', '(none)'])('has (none) for the empty base path, given as %j', async (basePath) => {
    expect(wire(await create({ basePath }))).toEqual({ basePath: '(none)', restApiId });
    expect(wire(await get('(none)'))).toEqual({ basePath: '(none)', restApiId });
    expect(await published()).toEqual([{ basePath: '', protocol: 'REST', apiId: restApiId, stage: null }]);
    for (const again of [undefined, '', '(none)']) expect(await refusal(create({ basePath: again }))).toBe(EXISTS);
  });

  it('takes what a path segment may be on AWS, in its case', async () => {
    for (const basePath of ["a$-_.+!*'()Z09", 'x'.repeat(300), 'Pets', 'pets', 'constructor', '...'])
      expect((await create({ basePath })).basePath).toBe(basePath);
    expect(await published()).toHaveLength(6);
  });

  it('refuses base paths of several segments, and those that no path can have', async () => {
    for (const basePath of ['a/b', '/a', 'a/', '/']) {
      expect(await refusal(create({ basePath }))).toBe(
        "BadRequestException: API Gateway V1 doesn't support the slash character (/) in base path mappings. " +
          'To create a multi-level base path mapping, use API Gateway V2.',
      );
    }
    for (const basePath of ['.', '..', 'a b', 'a%20b', 'ä', 'a;b', 'a~b', 'a\nb'])
      expect(await refusal(create({ basePath }))).toBe(
        "BadRequestException: Base path only allows letters, numbers and the characters $-_.+!*'()",
      );
    expect(await refusal(create({ basePath: 'x'.repeat(301) }))).toBe(
      'BadRequestException: Base path can be at most 300 characters.',
    );
    expect((await list()).item).toEqual([]);
  });

  it('needs a domain name, an API and a stage that there are', async () => {
    expect(await refusal(create({ domainName: 'unknown.example.com', basePath: 'a/b' }))).toBe(NO_DOMAIN);
    expect(await refusal(create({ restApiId: 'unknown' }))).toBe('BadRequestException: Invalid REST API identifier specified');
    expect(await refusal(create({ stage: 'unknown' }))).toBe('BadRequestException: Invalid stage identifier specified');
    expect(await refusal(create({ domainNameId: 'abc' }))).toBe(NO_DOMAIN);
    const foreign = testCall({ accountId: '999999999999', region: 'us-east-1' });
    expect(await refusal(create({}, foreign))).toBe(NO_DOMAIN);
    await domains.domainNames.createDomainName(foreign, { domainName: `foreign.${domainName}` });
    expect(await refusal(create({ domainName: `foreign.${domainName}` }, foreign))).toBe(
      'BadRequestException: Invalid REST API identifier specified',
    );
  });

  it('holds to the quota of a domain name', async () => {
    const limited = await Domains.open(server.url, 'refuse', 'aws');
    await limited.serving.manager.query(
      `INSERT INTO base_path_mappings (account_id, region, domain_name, domain_name_id, base_path, api_id)
       SELECT '123456789012', 'us-east-1', $1, '', 'p' || n, $2 FROM generate_series(1, 200) n`,
      [domainName, restApiId],
    );
    expect(await refusal(limited.mappings.createBasePathMapping(testCall(), { domainName, restApiId }))).toBe(
      'LimitExceededException: Maximum number of API mappings for this custom domain name has been reached.',
    );
    await limited.serving.close();
  });

  it('lets one of several at once have a base path', async () => {
    // Each has an API of its own, so that nothing but the domain name is locked by all.
    const apis = await Promise.all([1, 2, 3, 4, 5, 6].map(() => domains.serving.newStage()));
    for (const basePath of ['a', 'b', 'c', 'd', 'e']) {
      const answers = await Promise.all(apis.map((api) => refusal(create({ basePath, restApiId: api.restApiId }))));
      expect(answers.sort()).toEqual([...Array<string>(5).fill(EXISTS), 'no error']);
    }
  });
});

describe('GetBasePathMappings', () => {
  it('pages by base path', async () => {
    for (const basePath of ['b', 'a', undefined]) await create({ basePath });
    const first = await list({ limit: 2 });
    expect(first.item?.map(({ basePath }) => basePath)).toEqual(['(none)', 'a']);
    const second = await list({ limit: 2, position: first.position });
    expect(wire(second)).toEqual({ item: [{ basePath: 'b', restApiId }] });
    expect(await refusal(list({ domainName: 'unknown.example.com', position: 'x' }))).toBe(NO_DOMAIN);
    expect(await refusal(list({ position: 'x' }))).toBe('BadRequestException: Invalid position parameter');
  });
});

describe('UpdateBasePathMapping', () => {
  it('replaces base path, API and stage', async () => {
    await create({ basePath: 'pets', stage: 'prod' });
    const other = await domains.serving.newStage('beta');
    expect(wire(await update('pets', ['/basePath', 'dogs'], ['/restapiId', other.restApiId], ['/stage', 'beta']))).toEqual({
      basePath: 'dogs',
      restApiId: other.restApiId,
      stage: 'beta',
    });
    expect(await refusal(get('pets'))).toBe(NO_MAPPING);
    expect(await published()).toEqual([{ basePath: 'dogs', protocol: 'REST', apiId: other.restApiId, stage: 'beta' }]);
    expect(wire(await update('dogs', ['/stage', ''], ['/basePath', '(none)']))).toEqual({
      basePath: '(none)',
      restApiId: other.restApiId,
    });
    expect((await update('(none)', ['/basePath', 'x'])).basePath).toBe('x');
  });

  it('refuses what cannot be, and keeps nothing of it', async () => {
    await create({ basePath: 'pets', stage: 'prod' });
    await create({ basePath: 'dogs' });
    const refused: [[string, string?][], string][] = [
      [[['/basePath', 'dogs']], EXISTS],
      [[['/basePath', 'a/b']], "BadRequestException: API Gateway V1 doesn't support the slash character"],
      [[['/restapiId', 'unknown']], 'BadRequestException: Invalid REST API identifier specified'],
      [[['/restapiId']], 'BadRequestException: Invalid REST API identifier specified'],
      [[['/stage', 'unknown']], 'BadRequestException: Invalid stage identifier specified'],
      [
        [
          ['/stage', ''],
          ['/domainName', 'x'],
        ],
        "BadRequestException: Invalid patch path  '/domainName' specified for op 'replace'. Must be one of: [/basePath, /restapiId, /stage]",
      ],
    ];
    for (const [operations, message] of refused) expect(await refusal(update('pets', ...operations))).toContain(message);
    expect(wire(await get('pets'))).toEqual({ basePath: 'pets', restApiId, stage: 'prod' });
    expect(await refusal(update('cats', ['/stage', 'prod']))).toBe(NO_MAPPING);
    expect(wire(await update('pets'))).toEqual({ basePath: 'pets', restApiId, stage: 'prod' });
  });

  it('takes several at once one after the other', async () => {
    await create({ basePath: 'pets', stage: 'prod' });
    const other = await domains.serving.newStage();
    const updates = Array.from({ length: 10 }, (_, n) => [
      update('pets', ['/restapiId', n % 2 ? other.restApiId : restApiId]),
      update('pets', ['/stage', n % 2 ? 'prod' : '']),
      update('pets', ['/restapiId', other.restApiId], ['/stage', 'prod']),
    ]);
    expect(new Set(await Promise.all(updates.flat().map(refusal)))).toEqual(new Set(['no error']));
    expect([restApiId, other.restApiId]).toContain((await get('pets')).restApiId);
  });
});

describe('DeleteBasePathMapping', () => {
  it('removes it and publishes the domain', async () => {
    await create({ basePath: 'pets' });
    await create();
    const call = testCall();
    await domains.mappings.deleteBasePathMapping(call, { domainName, basePath: '(none)' });
    expect(await domains.serving.published(call)).toEqual([`domain ${domainName}`]);
    expect((await published())?.map(({ basePath }) => basePath)).toEqual(['pets']);
    for (const basePath of ['(none)', 'unknown'])
      expect(await refusal(domains.mappings.deleteBasePathMapping(testCall(), { domainName, basePath }))).toBe(NO_MAPPING);
  });
});

describe('APIs and stages that base paths lead to', () => {
  const deleteApi = () => domains.serving.definition.restApis.deleteRestApi(testCall(), { restApiId });
  const deleteStage = () => domains.serving.stages.deleteStage(testCall(), { restApiId, stageName: 'prod' });

  it('stay until their mappings are gone', async () => {
    const other = `z.${domainName}`;
    await domains.domainNames.createDomainName(testCall(), { domainName: other });
    await create({ basePath: 'pets', stage: 'prod' });
    await create({ basePath: 'dogs', stage: 'prod' });
    await create({ domainName: other, stage: 'prod' });
    expect(await refusal(deleteApi())).toBe(
      `BadRequestException: Deleting RestApi ${restApiId} failed. Please remove all base path mappings related to the RestApi in your domains: ${domainName}, ${other}`,
    );
    expect(await refusal(deleteStage())).toBe(
      `BadRequestException: Deleting stage prod failed. Please remove all base path mappings related to the stage in your domains: ${domainName}, ${other}`,
    );
    await domains.domainNames.deleteDomainName(testCall(), { domainName: other });
    for (const basePath of ['pets', 'dogs']) await update(basePath, ['/stage', '']);
    // Base paths that leave the stage to the path name none.
    expect(await refusal(deleteStage())).toBe('no error');
    expect(await refusal(deleteApi())).toContain(`related to the RestApi in your domains: ${domainName}`);
    await domains.domainNames.deleteDomainName(testCall(), { domainName });
    expect(await refusal(deleteApi())).toBe('no error');
  });

  it('are not deleted while they are being mapped', async () => {
    const answers = await Promise.all([refusal(create({ stage: 'prod' })), refusal(deleteStage()), refusal(deleteApi())]);
    const mapped = (await list()).item?.length === 1;
    expect(answers[0] === 'no error').toBe(mapped);
    if (mapped) expect(answers.slice(1).every((answer) => answer.includes('Please remove all base path mappings'))).toBe(true);
  });
});

import {
  CreateDeploymentCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  FlushStageAuthorizersCacheCommand,
  FlushStageCacheCommand,
  GetDeploymentCommand,
  GetDeploymentsCommand,
  GetStageCommand,
  GetStagesCommand,
  PutMethodCommand,
  UpdateDeploymentCommand,
  UpdateMethodCommand,
  UpdateStageCommand,
  type CreateDeploymentCommandInput,
  type CreateStageCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  badRequest,
  conflict,
  ControlPlaneUnderTest,
  invalid,
  notFound,
  SHORT_ID,
  unknownApi,
} from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start();
});
afterAll(() => plane?.stop());

const NO_DEPLOYMENT = notFound('Invalid Deployment identifier specified');
const NO_STAGE = notFound('Invalid Stage identifier specified');

const deploy = (restApiId: string, more: Partial<CreateDeploymentCommandInput> = {}) =>
  plane.send(new CreateDeploymentCommand({ restApiId, ...more }));
const replace = (path: string, value?: string): PatchOperation => ({ op: 'replace', path, value });
interface StageKey {
  restApiId: string;
  stageName: string;
}
const patch = ({ restApiId, stageName }: StageKey, ...patchOperations: PatchOperation[]) =>
  new UpdateStageCommand({ restApiId, stageName, patchOperations });
const update = (stage: StageKey, ...patchOperations: PatchOperation[]) => plane.send(patch(stage, ...patchOperations));
const getStage = ({ restApiId, stageName }: StageKey) => plane.send(new GetStageCommand({ restApiId, stageName }));

const STAGE_DEFAULTS = {
  cacheClusterEnabled: false,
  cacheClusterStatus: 'NOT_AVAILABLE',
  methodSettings: {},
  tracingEnabled: false,
  createdDate: expect.any(Date) as Date,
  lastUpdatedDate: expect.any(Date) as Date,
};
const SETTING_DEFAULTS = {
  cacheDataEncrypted: false,
  cacheTtlInSeconds: 300,
  cachingEnabled: false,
  dataTraceEnabled: false,
  metricsEnabled: false,
  requireAuthorizationForCacheControl: true,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

describe('deployments', () => {
  it('are created, read, listed, described and deleted', async () => {
    const { restApiId } = await plane.newMock();
    const plain = await deploy(restApiId);
    expect(plain).toEqual({ id: expect.stringMatching(SHORT_ID), createdDate: expect.any(Date) });
    const described = await deploy(restApiId, { description: 'd' });
    expect(described).toEqual({ id: expect.stringMatching(SHORT_ID), createdDate: expect.any(Date), description: 'd' });
    const key = { restApiId, deploymentId: described.id };
    expect(await plane.send(new GetDeploymentCommand(key))).toEqual(described);
    const { items, position } = await plane.send(new GetDeploymentsCommand({ restApiId }));
    expect([items!.length, position]).toEqual([2, undefined]);
    expect(items).toEqual(expect.arrayContaining([plain, described]));
    const patched = new UpdateDeploymentCommand({ ...key, patchOperations: [replace('/description', 'new')] });
    expect(await plane.send(patched)).toEqual({ ...described, description: 'new' });
    expect(await plane.send(new UpdateDeploymentCommand({ ...key, patchOperations: [] }))).toEqual({
      ...described,
      description: 'new',
    });
    expect(await plane.send(new DeleteDeploymentCommand(key))).toEqual({});
    expect(await plane.refusal(new GetDeploymentCommand(key))).toBe(NO_DEPLOYMENT);
    expect(await plane.refusal(new DeleteDeploymentCommand(key))).toBe(NO_DEPLOYMENT);
    expect(await plane.refusal(patched)).toBe(NO_DEPLOYMENT);
  });

  it('show a summary of the API only where asked, and of the API as it was', async () => {
    const method = await plane.newMock();
    const { restApiId } = method;
    const { id: deploymentId } = await deploy(restApiId);
    await plane.send(new UpdateMethodCommand({ ...method, patchOperations: [replace('/apiKeyRequired', 'true')] }));
    const embedded = await plane.send(new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }));
    expect(embedded).toEqual({
      id: deploymentId,
      createdDate: expect.any(Date),
      apiSummary: { '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } },
    });
  });

  it('make the stage, with what is said of it, and point an existing one to themselves', async () => {
    const { restApiId } = await plane.newMock();
    const first = await deploy(restApiId, { stageName: 'dev', stageDescription: 's', variables: { a: '1', b: '2' } });
    const dev = { restApiId, stageName: 'dev' };
    const made = { ...STAGE_DEFAULTS, stageName: 'dev', description: 's', variables: { a: '1', b: '2' } };
    expect(await getStage(dev)).toEqual({ ...made, deploymentId: first.id });
    const second = await deploy(restApiId, { stageName: 'dev' });
    expect(await getStage(dev)).toEqual({ ...made, deploymentId: second.id });
  });

  it('are refused for an API that cannot be deployed', async () => {
    const { restApiId, rootId } = await plane.newApi();
    expect(await plane.refusal(new CreateDeploymentCommand({ restApiId }))).toBe(
      badRequest("The REST API doesn't contain any methods"),
    );
    await plane.send(new PutMethodCommand({ restApiId, resourceId: rootId, httpMethod: 'GET', authorizationType: 'NONE' }));
    expect(await plane.refusal(new CreateDeploymentCommand({ restApiId }))).toBe(badRequest('No integration defined for method'));
    expect(await plane.refusal(new CreateDeploymentCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    expect(await plane.refusal(new GetDeploymentsCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
    expect(await plane.refusal(new GetDeploymentCommand({ restApiId, deploymentId: 'nosuch' }))).toBe(NO_DEPLOYMENT);
  });

  it('stay while a stage points to them', async () => {
    const { restApiId, deploymentId } = await plane.newStage();
    expect(await plane.refusal(new DeleteDeploymentCommand({ restApiId, deploymentId }))).toBe(
      badRequest('Active stages pointing to this deployment must be moved or deleted'),
    );
  });

  it('are refused as canaries without a stage', async () => {
    const { restApiId } = await plane.newMock();
    const canary = (more: object) =>
      plane.refusal(new CreateDeploymentCommand({ restApiId, canarySettings: { percentTraffic: 10 }, ...more }));
    const blank =
      'Invalid deployment content specified.Non null and non empty stageName must be provided for canary deployment. Provided value is';
    expect(await canary({})).toBe(badRequest(`${blank} null`));
    expect(await canary({ stageName: '' })).toBe(badRequest(`${blank} empty`));
    expect(await canary({ stageName: 'dev' })).toBe(
      badRequest(
        'Invalid deployment content specified.Stage dev must already be created before making a canary release deployment',
      ),
    );
  });

  it('can be patched in their description only', async () => {
    const { restApiId, deploymentId } = await plane.newStage();
    const refused = (operation: PatchOperation) =>
      plane.refusal(new UpdateDeploymentCommand({ restApiId, deploymentId, patchOperations: [operation] }));
    expect(await refused(replace('/id', 'x'))).toBe(
      badRequest("Invalid patch path  '/id' specified for op 'replace'. Must be one of: [/description]"),
    );
    expect(await refused({ op: 'x' as never, path: '/description' })).toBe(
      invalid(
        "Value 'x' at 'updateDeploymentInput.patchOperations.1.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
      ),
    );
  });
});

describe('CreateStage', () => {
  it('answers with the defaults', async () => {
    const { restApiId, deploymentId } = await plane.newStage();
    const stage = { restApiId, stageName: 'dev' };
    const created = await plane.send(new CreateStageCommand({ ...stage, deploymentId }));
    expect(created).toEqual({ ...STAGE_DEFAULTS, stageName: 'dev', deploymentId });
    expect(await getStage(stage)).toEqual(created);
    const { status, body } = await plane.raw('GET', `/restapis/${restApiId}/stages/dev`);
    expect([status, JSON.parse(body)]).toEqual([
      200,
      {
        ...STAGE_DEFAULTS,
        stageName: 'dev',
        deploymentId,
        createdDate: created.createdDate!.getTime() / 1000,
        lastUpdatedDate: created.lastUpdatedDate!.getTime() / 1000,
      },
    ]);
  });

  it('keeps what is set', async () => {
    const { restApiId, deploymentId } = await plane.newStage();
    const given = { description: 'd', variables: { a: '1' }, tags: { team: 'pets' }, cacheClusterSize: '0.5' } as const;
    const stageName = 'a-b_C9';
    const created = await plane.send(new CreateStageCommand({ restApiId, stageName, deploymentId, ...given }));
    expect(created).toEqual({ ...STAGE_DEFAULTS, stageName, deploymentId, ...given });
    expect(await getStage({ restApiId, stageName })).toEqual(created);
  });

  it.each<[Partial<CreateStageCommandInput>, string | RegExp]>([
    [{ stageName: 'prod' }, conflict('Stage already exists')],
    [{ restApiId: 'nosuchapi1' }, unknownApi('nosuchapi1')],
    [{ deploymentId: 'nosuch' }, NO_DEPLOYMENT],
    [{ stageName: 'a b' }, /^BadRequestException 400: /],
    [{ stageName: 'x'.repeat(129) }, /^BadRequestException 400: /],
    [{ variables: { 'a b': 'x' } }, /^BadRequestException 400: /],
    [{ variables: { a: '"' } }, /^BadRequestException 400: /],
  ])('refuses %j', async (wrong, message) => {
    const { restApiId, deploymentId } = await plane.newStage();
    const command = new CreateStageCommand({ restApiId, stageName: 'dev', deploymentId, ...wrong });
    expect(await plane.refusal(command)).toMatch(message);
  });
});

describe('GetStages', () => {
  it('lists under `item` in both wire and SDK, of one deployment on request', async () => {
    const prod = await plane.newStage();
    const { id } = await deploy(prod.restApiId, { stageName: 'dev' });
    const [dev, all] = [
      await getStage({ ...prod, stageName: 'dev' }),
      await plane.send(new GetStagesCommand({ restApiId: prod.restApiId })),
    ];
    expect(all).toEqual({ item: [dev, await getStage(prod)] });
    const { restApiId } = prod;
    expect(await plane.send(new GetStagesCommand({ restApiId, deploymentId: id }))).toEqual({ item: [dev] });
    expect(await plane.refusal(new GetStagesCommand({ restApiId: 'nosuchapi1' }))).toBe(unknownApi('nosuchapi1'));
  });
});

describe('UpdateStage', () => {
  it('changes what AWS lets change', async () => {
    const stage = await plane.newStage();
    const other = await deploy(stage.restApiId);
    const changed = {
      ...STAGE_DEFAULTS,
      stageName: 'prod',
      deploymentId: other.id,
      description: 'd',
      cacheClusterSize: '1.6',
      variables: { color: 'blue' },
    };
    const updated = await update(
      stage,
      replace('/deploymentId', other.id),
      replace('/description', 'd'),
      replace('/cacheClusterSize', '1.6'),
      replace('/cacheClusterEnabled', 'false'),
      replace('/tracingEnabled', 'false'),
      replace('/variables/color', 'blue'),
    );
    expect(updated).toEqual(changed);
    expect(await getStage(stage)).toEqual(updated);
    const { variables } = await update(stage, { op: 'remove', path: '/variables/color' });
    expect(variables).toBeUndefined();
  });

  it('makes a whole entry with the first setting, and new entries inherit the wildcard', async () => {
    const stage = await plane.newStage();
    const wildcard = { ...SETTING_DEFAULTS, throttlingRateLimit: 10 };
    const first = await update(stage, replace('/*/*/throttling/rateLimit', '10.000000'));
    expect(first.methodSettings).toEqual({ '*/*': wildcard });
    const second = await update(
      stage,
      replace('/~1pets~1{id}/GET/throttling/burstLimit', '3'),
      replace('/~1/GET/metrics/enabled', 'true'),
    );
    expect(second.methodSettings).toEqual({
      '*/*': wildcard,
      'pets~1{id}/GET': { ...wildcard, throttlingBurstLimit: 3 },
      '~1/GET': { ...wildcard, metricsEnabled: true },
    });
    expect((await getStage(stage)).methodSettings).toEqual(second.methodSettings);
    const removed = await update(stage, { op: 'remove', path: '/*/*' }, { op: 'remove', path: '/~1pets~1{id}/GET' });
    expect(Object.keys(removed.methodSettings!)).toEqual(['~1/GET']);
  });

  it('takes every setting of a method', async () => {
    const stage = await plane.newStage();
    const { methodSettings } = await update(
      stage,
      replace('/*/*/metrics/enabled', 'true'),
      replace('/*/*/logging/dataTrace', 'false'),
      replace('/*/*/logging/loglevel', 'OFF'),
      replace('/*/*/throttling/burstLimit', '7'),
      replace('/*/*/throttling/rateLimit', '0.5'),
      replace('/*/*/caching/enabled', 'false'),
      replace('/*/*/caching/ttlInSeconds', '60'),
      replace('/*/*/caching/dataEncrypted', 'true'),
      replace('/*/*/caching/requireAuthorizationForCacheControl', 'false'),
      replace('/*/*/caching/unauthorizedCacheControlHeaderStrategy', 'FAIL_WITH_403'),
    );
    expect(methodSettings).toEqual({
      '*/*': {
        metricsEnabled: true,
        dataTraceEnabled: false,
        loggingLevel: 'OFF',
        throttlingBurstLimit: 7,
        throttlingRateLimit: 0.5,
        cachingEnabled: false,
        cacheTtlInSeconds: 60,
        cacheDataEncrypted: true,
        requireAuthorizationForCacheControl: false,
        unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
      },
    });
  });

  it.each([
    ['/*/*', '*/*'],
    ['/~1pets/GET', '~1pets/GET'],
    ['/accessLogSettings', 'accessLogSettings'],
    ['/accessLogSettings/nosuch', 'accessLogSettings/nosuch'],
  ])('says that there is no setting %s to remove', async (path, printed) => {
    const stage = await plane.newStage();
    expect(await plane.refusal(patch(stage, { op: 'remove', path }))).toBe(
      badRequest(`Cannot remove method setting ${printed} because there is no method setting for this method `),
    );
  });

  it.each(['/tags/x', '/documentation_version', '/nosuch'])('lists its paths where %s is none', async (path) => {
    const settings = [
      'metrics/enabled',
      'logging/dataTrace',
      'logging/loglevel',
      'throttling/burstLimit',
      'throttling/rateLimit',
      'caching/ttlInSeconds',
      'caching/enabled',
      'caching/dataEncrypted',
      'caching/requireAuthorizationForCacheControl',
      'caching/unauthorizedCacheControlHeaderStrategy',
    ];
    // AWS forgets the separators around the limits: there are none among those of methods, blanks among those of the wildcard.
    const listed = (prefix: string, separator: string) =>
      settings
        .map((setting) => `${prefix}/${setting}`)
        .join(', ')
        .replace(/(throttling\/burstLimit), /, `$1${separator}`)
        .replace(/(throttling\/rateLimit), /, `$1${separator}`);
    const all = [
      '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId',
      '/accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format',
      listed('/{resourcePath}/{httpMethod}', ''),
      listed('/*/*', ' '),
      '/variables/{variable_name}, /tracingEnabled',
    ];
    expect(await plane.refusal(patch(await plane.newStage(), replace(path, 'x')))).toBe(
      badRequest(`Invalid method setting path: ${path}. Must be one of: [${all.join(', ')}]`),
    );
  });

  it.each<[PatchOperation, string]>([
    [
      { op: 'add', path: '/canarySettings/deploymentId', value: 'x' },
      badRequest('Invalid add operation with path: /canarySettings/deploymentId'),
    ],
    [
      { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' },
      badRequest('Promotion not available. Canary does not exist.'),
    ],
    [
      { op: 'copy', path: '/description', from: '/deploymentId' },
      badRequest(
        'Invalid copy operation with path: /description and from /deploymentId. ' +
          'Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
      ),
    ],
    [replace('/deploymentId', 'nosuch'), badRequest('Deployment id does not exist')],
    [replace('/accessLogSettings/format', ''), badRequest('Access Log value must not be empty')],
    [
      { op: 'x' as never, path: '/description' },
      invalid(
        "Value 'x' at 'updateStageInput.patchOperations.2.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]",
      ),
    ],
  ])('refuses %j, and applies nothing', async (operation, message) => {
    const stage = await plane.newStage();
    const before = await getStage(stage);
    expect(await plane.refusal(patch(stage, replace('/description', 'x'), operation))).toBe(message);
    expect(await getStage(stage)).toEqual(before);
  });

  it('names the two settings of access logs where a third is patched', async () => {
    const refused = await plane.refusal(patch(await plane.newStage(), replace('/accessLogSettings/nosuch', 'x')));
    expect(refused).toBe(
      badRequest(
        'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
      ),
    );
  });
});

describe('a stage that is not there', () => {
  it('is not found', async () => {
    const { restApiId } = await plane.newMock();
    const key = { restApiId, stageName: 'nosuch' };
    expect(await plane.refusal(new GetStageCommand(key))).toBe(NO_STAGE);
    expect(await plane.refusal(patch(key))).toBe(NO_STAGE);
    expect(await plane.refusal(new DeleteStageCommand(key))).toBe(NO_STAGE);
    expect(await plane.refusal(new FlushStageCacheCommand(key))).toBe(NO_STAGE);
    expect(await plane.refusal(new FlushStageAuthorizersCacheCommand(key))).toBe(NO_STAGE);
  });
});

describe('DeleteStage and the flushes of caches', () => {
  it('answer without a body', async () => {
    const stage = await plane.newStage();
    const { restApiId, stageName } = stage;
    expect(await plane.send(new FlushStageCacheCommand({ restApiId, stageName }))).toEqual({});
    expect(await plane.send(new FlushStageAuthorizersCacheCommand({ restApiId, stageName }))).toEqual({});
    expect(await plane.send(new DeleteStageCommand({ restApiId, stageName }))).toEqual({});
    expect(await plane.refusal(new GetStageCommand({ restApiId, stageName }))).toBe(NO_STAGE);
    expect(await plane.send(new GetStagesCommand({ restApiId }))).toEqual({ item: [] });
  });

  it('keep a stage that a usage plan covers', async () => {
    const { restApiId, stageName } = await plane.newStage();
    await plane.send(new CreateUsagePlanCommand({ name: 'p', apiStages: [{ apiId: restApiId, stage: stageName }] }));
    expect(await plane.refusal(new DeleteStageCommand({ restApiId, stageName }))).toMatch(/^BadRequestException 400: /);
  });
});

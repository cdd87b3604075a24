import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentationVersionEntity } from '../documentation-version/documentation-version.entity.js';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from './serving.fixture.js';

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
  op: 'add' | 'remove' | 'replace' | 'copy';
  path: string;
  value?: string;
  from?: string;
}

type StageKey = { restApiId: string; stageName: string };

const update = ({ restApiId, stageName }: StageKey, ...patchOperations: Operation[]) =>
  serving.stages.updateStage(serving.call, { restApiId, stageName, patchOperations });
/** Gives an API a documentation version. */
const document = (apiId: string, version: string) =>
  serving.manager.insert(DocumentationVersionEntity, {
    ...serving.call.scope,
    apiId,
    version,
    createdDate: new Date(),
    parts: [],
  });
const replace = (path: string, value?: string): Operation => ({ op: 'replace', path, value });
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

const DEFAULTS = {
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

const LISTED =
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, ' +
  '/{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, ' +
  '/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, ' +
  '/{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, ' +
  '/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, ' +
  '/*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, ' +
  '/*/*/caching/enabled, /*/*/caching/dataEncrypted, /*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, ' +
  '/variables/{variable_name}, /tracingEnabled';

describe('CreateStage', () => {
  it('answers with AWS defaults and publishes', async () => {
    const { restApiId, deploymentId } = await serving.newStage();
    const call = testCall();
    const created = await serving.stages.createStage(call, { restApiId, stageName: 'dev', deploymentId });
    expect(wire(created)).toEqual({
      stageName: 'dev',
      deploymentId,
      cacheClusterEnabled: false,
      cacheClusterStatus: 'NOT_AVAILABLE',
      methodSettings: {},
      tracingEnabled: false,
      createdDate: expect.any(String),
      lastUpdatedDate: expect.any(String),
    });
    expect(await serving.published(call)).toEqual([`stage ${restApiId}/dev`]);
  });

  it('keeps what is set, names that objects know by themselves included', async () => {
    const { restApiId, deploymentId } = await serving.newStage();
    await document(restApiId, '1');
    const variables = JSON.parse('{"__proto__":"a","constructor":"b"}') as Record<string, string>;
    const given = { description: 'd', documentationVersion: '1', cacheClusterSize: '0.5' as const, tags: { team: 'x' } };
    await serving.stages.createStage(serving.call, { restApiId, stageName: 'dev', deploymentId, variables, ...given });
    const read = await serving.stages.getStage(serving.call, { restApiId, stageName: 'dev' });
    expect(read).toMatchObject(given);
    expect(Object.entries(read.variables!).sort()).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    const documents = await serving.stageDocuments(`${restApiId}/dev`);
    expect(documents?.stage.variables).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
  });

  it.each([[{ tracingEnabled: true }, 'tracingEnabled true']])('refuses %j by name', async (settings, name) => {
    const { restApiId, deploymentId } = await serving.newStage();
    expect(
      await refusal(serving.stages.createStage(serving.call, { restApiId, stageName: 'dev', deploymentId, ...settings })),
    ).toBe(`BadRequestException: The gateways cannot enforce these settings yet: stage dev: ${name}`);
  });

  it('says what is wrong', async () => {
    const { restApiId, deploymentId } = await serving.newStage();
    const create = (more: object) =>
      serving.stages.createStage(serving.call, { restApiId, stageName: 'dev', deploymentId, ...more });
    expect(await refusal(create({ stageName: 'prod' }))).toBe('ConflictException: Stage already exists');
    expect(await refusal(create({ deploymentId: 'nope00' }))).toBe('NotFoundException: Invalid Deployment identifier specified');
    expect(await refusal(create({ documentationVersion: '9' }))).toBe(
      'NotFoundException: Invalid Documentation version specified',
    );
    expect(await refusal(create({ stageName: 'a/b' }))).toMatch(/^BadRequestException: Stage name only allows/);
    expect(await refusal(create({ restApiId: 'nope' }))).toBe(
      'NotFoundException: Invalid API identifier specified 123456789012:nope',
    );
  });
});

describe('reading', () => {
  it('lists the stages of an API, of one deployment on request', async () => {
    const { restApiId, deploymentId } = await serving.newStage();
    const { id } = await serving.deployments.createDeployment(serving.call, { restApiId, stageName: 'dev' });
    const list = async (more: object = {}) =>
      (await serving.stages.getStages(serving.call, { restApiId, ...more })).item!.map(({ stageName }) => stageName);
    expect(await list()).toEqual(['dev', 'prod']);
    expect(await list({ deploymentId })).toEqual(['prod']);
    expect(await list({ deploymentId: id })).toEqual(['dev']);
  });

  it('knows only what is there', async () => {
    const { restApiId } = await serving.newStage();
    const unknown = 'NotFoundException: Invalid Stage identifier specified';
    expect(await refusal(serving.stages.getStage(serving.call, { restApiId, stageName: 'nope' }))).toBe(unknown);
    expect(await refusal(update({ restApiId, stageName: 'nope' }))).toBe(unknown);
    expect(await refusal(serving.stages.deleteStage(serving.call, { restApiId, stageName: 'nope' }))).toBe(unknown);
    expect(await serving.stageDocuments(`${restApiId}/nope`)).toBeNull();
  });
});

describe('UpdateStage', () => {
  it('changes settings and publishes them', async () => {
    const stage = await serving.newStage();
    const other = await serving.deployments.createDeployment(serving.call, { restApiId: stage.restApiId });
    await document(stage.restApiId, '2');
    const call = testCall();
    const patchOperations = [
      replace('/deploymentId', other.id),
      replace('/description', 'd'),
      replace('/documentationVersion', '2'),
      replace('/cacheClusterSize', '0.5'),
      replace('/cacheClusterEnabled', 'false'),
      replace('/tracingEnabled', 'false'),
      replace('/variables/color', 'blue'),
    ];
    const updated = await serving.stages.updateStage(call, { ...stage, patchOperations });
    expect(updated).toMatchObject({
      deploymentId: other.id,
      description: 'd',
      documentationVersion: '2',
      cacheClusterSize: '0.5',
      variables: { color: 'blue' },
    });
    expect(await serving.published(call)).toEqual([`stage ${stage.restApiId}/prod`]);
    expect(await serving.stages.getStage(serving.call, stage)).toEqual(updated);
    expect((await update(stage, { op: 'remove', path: '/variables/color' })).variables).toBeUndefined();
  });

  it('makes a full entry with the first setting of a method, and inherits the wildcard', async () => {
    const stage = await serving.newStage();
    const first = await update(stage, replace('/*/*/throttling/rateLimit', '10'));
    expect(first.methodSettings).toEqual({ '*/*': { ...DEFAULTS, throttlingRateLimit: 10 } });
    const second = await update(
      stage,
      replace('/~1pets~1{id}/GET/throttling/burstLimit', '3'),
      replace('/~1/GET/metrics/enabled', 'true'),
    );
    expect(second.methodSettings).toEqual({
      '*/*': { ...DEFAULTS, throttlingRateLimit: 10 },
      'pets~1{id}/GET': { ...DEFAULTS, throttlingRateLimit: 10, throttlingBurstLimit: 3 },
      '~1/GET': { ...DEFAULTS, throttlingRateLimit: 10, metricsEnabled: true },
    });
    const documents = await serving.stageDocuments(`${stage.restApiId}/prod`);
    expect(documents?.stage.methodSettings).toEqual([
      { path: '*', httpMethod: '*', metricsEnabled: false, throttle: { rateLimit: 10, burstLimit: 5000 } },
      { path: '/pets/{id}', httpMethod: 'GET', metricsEnabled: false, throttle: { rateLimit: 10, burstLimit: 3 } },
      { path: '/', httpMethod: 'GET', metricsEnabled: true, throttle: { rateLimit: 10, burstLimit: 5000 } },
    ]);
  });

  it('takes every setting of a method that is switched off, and fractions', async () => {
    const stage = await serving.newStage();
    const { methodSettings } = await update(
      stage,
      replace('/*/*/throttling/rateLimit', '0.500000'),
      replace('/*/*/throttling/burstLimit', '-1'),
      replace('/*/*/logging/loglevel', 'OFF'),
      replace('/*/*/logging/dataTrace', 'false'),
      replace('/*/*/caching/enabled', 'false'),
      replace('/*/*/caching/ttlInSeconds', '60'),
      replace('/*/*/caching/dataEncrypted', 'true'),
      replace('/*/*/caching/requireAuthorizationForCacheControl', 'false'),
      replace('/*/*/caching/unauthorizedCacheControlHeaderStrategy', 'FAIL_WITH_403'),
    );
    expect(methodSettings!['*/*']).toEqual({
      ...DEFAULTS,
      throttlingRateLimit: 0.5,
      throttlingBurstLimit: -1,
      loggingLevel: 'OFF',
      cacheTtlInSeconds: 60,
      cacheDataEncrypted: true,
      requireAuthorizationForCacheControl: false,
      unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
    });
  });

  it('removes entries', async () => {
    const stage = await serving.newStage();
    await update(stage, replace('/*/*/metrics/enabled', 'true'), replace('/~1pets/GET/metrics/enabled', 'false'));
    const left = await update(stage, { op: 'remove', path: '/*/*' });
    expect(Object.keys(left.methodSettings!)).toEqual(['pets/GET']);
    expect((await update(stage, { op: 'remove', path: '/~1pets/GET' })).methodSettings).toEqual({});
  });

  it.each([
    ['/*/*', '*/*'],
    ['/~1pets/GET', '~1pets/GET'],
    ['/accessLogSettings', 'accessLogSettings'],
    ['/accessLogSettings/nothing', 'accessLogSettings/nothing'],
  ])('says that there is no setting %s to remove', async (path, printed) => {
    const stage = await serving.newStage();
    expect(await refusal(update(stage, { op: 'remove', path }))).toBe(
      `BadRequestException: Cannot remove method setting ${printed} because there is no method setting for this method `,
    );
  });

  it.each([
    '/tags/x',
    '/documentation_version',
    '/nothing',
    '/*/*/nothing/enabled',
    '/~1pets/FETCH/metrics/enabled',
    '/*/GET/throttling/rateLimit',
  ])('lists the paths of a stage where %s is none', async (path) => {
    const stage = await serving.newStage();
    expect(await refusal(update(stage, replace(path, 'x')))).toBe(
      `BadRequestException: Invalid method setting path: ${path}. Must be one of: [${LISTED}]`,
    );
  });

  it.each<[Operation, string]>([
    [
      { op: 'add', path: '/canarySettings/deploymentId', value: 'x' },
      'Invalid add operation with path: /canarySettings/deploymentId',
    ],
    [{ op: 'remove', path: '/deploymentId' }, 'Invalid remove operation with path: /deploymentId'],
    [
      { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' },
      'Promotion not available. Canary does not exist.',
    ],
    [
      { op: 'copy', path: '/variables', from: '/canarySettings/stageVariableOverrides' },
      'Promotion not available. Canary does not exist.',
    ],
    [
      { op: 'copy', path: '/description', from: '/deploymentId' },
      'Invalid copy operation with path: /description and from /deploymentId. ' +
        'Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]',
    ],
    [replace('/deploymentId', 'nope00'), 'Deployment id does not exist'],
    [replace('/canarySettings/deploymentId', 'nope00'), 'Deployment id does not exist'],
    [replace('/clientCertificateId', 'abc'), 'Invalid Client Certificate identifier specified'],
    [replace('/accessLogSettings/format', ''), 'Access Log value must not be empty'],
    [replace('/accessLogSettings/destinationArn', 'logs'), 'Invalid ARN specified in the request'],
    [
      replace('/accessLogSettings/destinationArn', 'arn:aws-cn:logs:cn-north-1:123456789012:log-group:x'),
      'Invalid ARN specified in the request',
    ],
    [replace('/*/*/throttling/rateLimit', '-2'), 'Invalid throttling rate limit: -2'],
    [replace('/*/*/throttling/rateLimit', '-0.5'), 'Invalid throttling rate limit: -0.5'],
    [replace('/*/*/throttling/burstLimit', '1.5'), 'Invalid throttling burst limit: 1.5'],
    [replace('/*/*/logging/loglevel', 'LOUD'), 'Invalid logging level: LOUD. Must be one of: [OFF, ERROR, INFO]'],
    [
      replace('/cacheClusterSize', '9'),
      'Invalid cache cluster size: 9. Must be one of: [0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118, 237]',
    ],
  ])('refuses %j', async (operation, message) => {
    expect(await refusal(update(await serving.newStage(), operation))).toBe(`BadRequestException: ${message}`);
  });

  it.each<[Operation, string]>([
    [replace('/tracingEnabled', 'true'), 'stage prod: tracingEnabled true'],
    [
      replace('/accessLogSettings/destinationArn', 'arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-x'),
      'stage prod: accessLogSettings destinationArn arn:aws:firehose:us-east-1:123456789012:deliverystream/amazon-apigateway-x',
    ],
  ])('refuses by name %j, and changes nothing', async (operation, name) => {
    const stage = await serving.newStage();
    const before = await serving.stages.getStage(serving.call, stage);
    expect(await refusal(update(stage, replace('/description', 'd'), operation))).toBe(
      `BadRequestException: The gateways cannot enforce these settings yet: ${name}`,
    );
    expect(await serving.stages.getStage(serving.call, stage)).toEqual(before);
  });

  it('without operations changes and publishes nothing', async () => {
    const stage = await serving.newStage();
    const call = testCall();
    const before = await serving.stages.getStage(serving.call, stage);
    expect(await serving.stages.updateStage(call, stage)).toEqual(before);
    expect(await serving.published(call)).toEqual([]);
  });

  it('loses nothing of parallel edits', async () => {
    const stage = await serving.newStage();
    const names = Array.from({ length: 10 }, (_, index) => `v${index}`);
    await Promise.all(
      names.map((name) =>
        serving.stages.updateStage(testCall(), { ...stage, patchOperations: [replace(`/variables/${name}`, name)] }),
      ),
    );
    const { variables } = await serving.stages.getStage(serving.call, stage);
    expect(Object.keys(variables!).sort()).toEqual(names);
  });
});

describe('tags of a stage', () => {
  it('stay while others update it and deploy to it', async () => {
    const stage = await serving.newStage();
    const { restApiId, stageName } = stage;
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/${stageName}`;
    const keys = Array.from({ length: 20 }, (_, n) => `k${n}`);
    await Promise.all(
      keys.flatMap((key) => [
        serving.definition.tags.tagResource(testCall(), { resourceArn, tags: { [key]: 'x' } }),
        update(stage, replace('/description', key)),
        serving.deployments.createDeployment(testCall(), { restApiId, stageName }),
      ]),
    );
    const { tags } = await serving.definition.tags.getTags(testCall(), { resourceArn });
    expect(Object.keys(tags!).sort()).toEqual(keys.sort());
  });
});

describe('DeleteStage', () => {
  it('publishes a tombstone', async () => {
    const { restApiId, stageName } = await serving.newStage();
    const call = testCall();
    await serving.stages.deleteStage(call, { restApiId, stageName });
    expect(await serving.published(call)).toEqual([`-stage ${restApiId}/prod`]);
    expect((await serving.stages.getStages(serving.call, { restApiId })).item).toEqual([]);
  });

  it('keeps a stage that a usage plan covers', async () => {
    const { restApiId, stageName } = await serving.newStage();
    const { id } = await serving.usagePlans.createUsagePlan(serving.call, {
      name: 'p',
      apiStages: [{ apiId: restApiId, stage: stageName }],
    });
    expect(await refusal(serving.stages.deleteStage(serving.call, { restApiId, stageName }))).toBe(
      `BadRequestException: Cannot delete Stage ${restApiId}:prod because there are Usage Plans associated with it, including ${id}`,
    );
  });
});

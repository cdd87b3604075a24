import type { MethodSettingModel, StageModel } from '@gatehouse/api-model';
import { dataPlaneKey, readDocument, writeDocument } from '@gatehouse/snapshot';
import { describe, expect, it } from 'vitest';
import { compileStage, unenforceableOfStage } from './compile-stage.js';

const stage = (more: Partial<StageModel> = {}): StageModel => ({
  apiId: 'a1b2c3d4e5',
  stageName: 'prod',
  deploymentId: 'd12345',
  variables: {},
  methodSettings: {},
  cacheClusterEnabled: false,
  tracingEnabled: false,
  ...more,
});

const setting = (more: Partial<MethodSettingModel> = {}): MethodSettingModel => ({
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
  ...more,
});

const HASHES = { deployment: 'hash', canary: null };

describe('what a stage becomes', () => {
  it('is a document that gateways read', () => {
    const key = dataPlaneKey(Buffer.alloc(32, 7));
    const body = compileStage(stage({ variables: { color: 'blue' }, methodSettings: { '*/*': setting() } }), HASHES);
    const ref = { kind: 'stage', key: 'a1b2c3d4e5/prod', accountId: '123456789012', region: 'us-east-1' } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 3, body })).body).toEqual(body);
  });

  it('names the deployment of its canary release, and lists all variables of it', () => {
    const canarySettings = { percentTraffic: 5, deploymentId: 'd67890', stageVariableOverrides: { color: 'green', size: 's' } };
    const body = compileStage(stage({ variables: { color: 'blue', brand: 'x' }, canarySettings }), {
      ...HASHES,
      canary: 'other',
    });
    expect(body.canary).toEqual({
      percentTraffic: 5,
      deploymentId: 'd67890',
      deploymentHash: 'other',
      variables: [
        ['brand', 'x'],
        ['color', 'green'],
        ['size', 's'],
      ],
      useStageCache: false,
    });
    const key = dataPlaneKey(Buffer.alloc(32, 7));
    const ref = { kind: 'stage', key: 'a1b2c3d4e5/prod', accountId: '123456789012', region: 'us-east-1' } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 3, body })).body).toEqual(body);
  });

  it('names its deployment and lists its variables', () => {
    const variables = Object.fromEntries([
      ['b', '2'],
      ['__proto__', '1'],
    ]);
    expect(compileStage(stage({ variables }), HASHES)).toMatchObject({
      deploymentId: 'd12345',
      deploymentHash: 'hash',
      variables: [
        ['__proto__', '1'],
        ['b', '2'],
      ],
    });
  });

  it.each([
    ['*/*', { path: '*', httpMethod: '*' }],
    ['pets~1{petId}/GET', { path: '/pets/{petId}', httpMethod: 'GET' }],
    ['~1/ANY', { path: '/', httpMethod: 'ANY' }],
    ['a~01b/PUT', { path: '/a~1b', httpMethod: 'PUT' }],
  ])('reads the method setting %s', (key, target) => {
    const { methodSettings } = compileStage(stage({ methodSettings: { [key]: setting({ metricsEnabled: true }) } }), HASHES);
    expect(methodSettings).toEqual([{ ...target, metricsEnabled: true, throttle: { rateLimit: 10_000, burstLimit: 5000 } }]);
  });

  it.each([
    [-1, -1, null],
    [10.5, -1, { rateLimit: 10.5, burstLimit: 5000 }],
    [-1, 7, { rateLimit: 10_000, burstLimit: 7 }],
    [0, 0, { rateLimit: 0, burstLimit: 0 }],
  ])('limits %s a second, burst %s', (throttlingRateLimit, throttlingBurstLimit, throttle) => {
    const methodSettings = { '*/*': setting({ throttlingRateLimit, throttlingBurstLimit }) };
    expect(compileStage(stage({ methodSettings }), HASHES).methodSettings[0]!.throttle).toEqual(throttle);
  });

  it('takes what is switched off', () => {
    const off = stage({
      cacheClusterSize: '0.5',
      methodSettings: { '*/*': setting({ loggingLevel: 'OFF' }) },
      accessLogSettings: {},
    });
    expect(unenforceableOfStage(off)).toEqual([]);
    expect(JSON.stringify(compileStage(off, HASHES))).not.toContain('denied');
  });
});

describe('the access log of a stage', () => {
  const destinationArn = 'arn:aws:logs:us-east-1:123456789012:log-group:apis:*';
  const compiled = (accessLogSettings: StageModel['accessLogSettings']) => compileStage(stage({ accessLogSettings }), HASHES);

  it('has a log group and a format, in a document that gateways read', () => {
    const body = compiled({ destinationArn, format: '$context.requestId' });
    expect(body.accessLog).toEqual({ logGroup: 'apis', format: '$context.requestId' });
    const key = dataPlaneKey(Buffer.alloc(32, 7));
    const ref = { kind: 'stage', key: 'a1b2c3d4e5/prod', accountId: '123456789012', region: 'us-east-1' } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 3, body })).body).toEqual(body);
  });

  it('is not there without one of them', () => {
    for (const settings of [undefined, {}, { destinationArn }, { format: 'x' }])
      expect(compiled(settings)).not.toHaveProperty('accessLog');
  });
});

describe('the execution log of methods', () => {
  it.each<[Partial<MethodSettingModel>, object | undefined]>([
    [{ loggingLevel: 'INFO' }, { level: 'INFO', dataTrace: false }],
    [
      { loggingLevel: 'ERROR', dataTraceEnabled: true },
      { level: 'ERROR', dataTrace: true },
    ],
    [{ loggingLevel: 'OFF', dataTraceEnabled: true }, undefined],
    [{ dataTraceEnabled: true }, undefined],
    [{}, undefined],
  ])('%j', (changed, executionLog) => {
    const body = compileStage(stage({ methodSettings: { '*/*': setting(changed) } }), HASHES);
    expect(body.methodSettings[0]!.executionLog).toEqual(executionLog);
    const key = dataPlaneKey(Buffer.alloc(32, 7));
    const ref = { kind: 'stage', key: 'a1b2c3d4e5/prod', accountId: '123456789012', region: 'us-east-1' } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 3, body })).body).toEqual(body);
  });
});

describe('caching', () => {
  const compiled = (changed: Partial<MethodSettingModel>, cacheClusterEnabled = true) =>
    compileStage(
      stage({ cacheClusterEnabled, cacheEpoch: 'e1', methodSettings: { '*/*': setting({ cachingEnabled: true, ...changed }) } }),
      HASHES,
    );

  it('is how long answers are kept, and who may have them fetched anew', () => {
    const { cacheEpoch, methodSettings } = compiled({
      cacheTtlInSeconds: 7,
      requireAuthorizationForCacheControl: false,
      unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
    });
    expect([cacheEpoch, methodSettings[0]!.caching]).toEqual([
      'e1',
      { ttlInSeconds: 7, authorizesInvalidation: false, unauthorizedInvalidation: 'FAIL_WITH_403' },
    ]);
  });

  it('is not there without a cluster, where it is off, and for no time', () => {
    expect(compiled({}, false)).not.toHaveProperty('cacheEpoch');
    for (const body of [compiled({}, false), compiled({ cachingEnabled: false }), compiled({ cacheTtlInSeconds: 0 })])
      expect(body.methodSettings[0]).not.toHaveProperty('caching');
  });
});

describe('what cannot be enforced is named, and denied for', () => {
  it.each<[string, Partial<StageModel>]>([
    ['stage prod: tracingEnabled true', { tracingEnabled: true }],
    [
      'stage prod: accessLogSettings destinationArn arn:aws:firehose:us-east-1:123456789012:deliverystream/x',
      { accessLogSettings: { destinationArn: 'arn:aws:firehose:us-east-1:123456789012:deliverystream/x', format: 'x' } },
    ],
    ['stage prod: webAclArn', { webAclArn: 'arn:aws:wafv2' }],
    ['stage prod: method settings pets, which name no method', { methodSettings: { pets: setting() } }],
    ['stage prod: method settings */GET, which name no method', { methodSettings: { '*/GET': setting() } }],
  ])('all methods: %s', (name, settings) => {
    expect(unenforceableOfStage(stage(settings))).toEqual([name]);
    expect(compileStage(stage(settings), HASHES).denied).toEqual([name]);
  });

  it('in a document that gateways read', () => {
    const key = dataPlaneKey(Buffer.alloc(32, 7));
    const methodSettings = { '*/*': setting({ cachingEnabled: true }) };
    const body = compileStage(stage({ tracingEnabled: true, cacheClusterEnabled: true, methodSettings }), HASHES);
    const ref = { kind: 'stage', key: 'a1b2c3d4e5/prod', accountId: '123456789012', region: 'us-east-1' } as const;
    expect(readDocument([key], ref, writeDocument(key, { ...ref, revision: 3, body })).body).toEqual(body);
  });
});

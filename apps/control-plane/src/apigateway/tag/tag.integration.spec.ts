import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiKeyEntity } from '../api-key/api-key.entity.js';
import { ClientCertificateEntity } from '../client-certificate/client-certificate.entity.js';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { Definition, refusal, testCall } from '../rest-api/definition.fixture.js';
import { loadRestApiModel } from '../rest-api/load-rest-api-model.js';
import { StageEntity } from '../stage/stage.entity.js';
import { UsagePlanEntity } from '../usage-plan/usage-plan.entity.js';
import { VpcLinkEntity } from '../vpc-link/vpc-link.entity.js';

let server: TestDatabase;
let api: Definition;
let apiId: string;

beforeAll(async () => {
  server = await createDatabase();
  api = await Definition.open(server.url);
  const { scope } = api.call;
  const { manager } = api.database;
  apiId = (await api.newApi()).id;
  const now = new Date();
  const model = await loadRestApiModel(manager, scope, apiId);
  await manager.insert(DeploymentEntity, { ...scope, apiId, deploymentId: 'd1', createdDate: now, model, vpcLinkIds: [] });
  const dates = { createdDate: now, lastUpdatedDate: now, tags: {} };
  await manager.insert(StageEntity, {
    ...scope,
    apiId,
    stageName: 'prod',
    deploymentId: 'd1',
    variables: {},
    methodSettings: {},
    cacheClusterEnabled: false,
    cacheEpoch: '',
    decisionsEpoch: '',
    tracingEnabled: false,
    ...dates,
  });
  await manager.insert(ApiKeyEntity, { ...scope, apiKeyId: 'key1', valueHash: 'h', valueSealed: 's', enabled: true, ...dates });
  const link = { vpcLinkId: 'link1', name: 'l', targetArns: [], createdDate: now, tags: {} };
  await manager.insert(VpcLinkEntity, { ...scope, ...link });
  const certificate = { clientCertificateId: 'cert1', pemEncodedCertificate: 'p', privateKeySealed: 's', tags: {} };
  await manager.insert(ClientCertificateEntity, { ...scope, ...certificate, createdDate: now, expirationDate: now });
  await manager.insert(UsagePlanEntity, { ...scope, usagePlanId: 'plan1', name: 'p', createdDate: now, tags: {} });
});

afterAll(async () => {
  await api?.close();
  await server?.drop();
});

const arn = (path: string) => `arn:aws:apigateway:us-east-1::/${path}`;
const tag = (resourceArn: string, tags: Record<string, string>) => api.tags.tagResource(testCall(), { resourceArn, tags });
const untag = (resourceArn: string, ...tagKeys: string[]) => api.tags.untagResource(testCall(), { resourceArn, tagKeys });
const get = async (resourceArn: string) => (await api.tags.getTags(testCall(), { resourceArn })).tags;

describe('tags', () => {
  it.each([
    ['an API', () => `restapis/${apiId}`],
    ['a stage', () => `restapis/${apiId}/stages/prod`],
    ['an API key', () => 'apikeys/key1'],
    ['a usage plan', () => 'usageplans/plan1'],
    ['a VPC link', () => 'vpclinks/link1'],
    ['a client certificate', () => 'clientcertificates/cert1'],
  ])('of %s are merged, read and removed', async (_, path) => {
    const resource = arn(path());
    expect(await get(resource)).toEqual({});
    await tag(resource, { a: '1', b: '2' });
    await tag(resource, { b: '3', c: '' });
    expect(await get(resource)).toEqual({ a: '1', b: '3', c: '' });
    await untag(resource, 'a', 'c', 'unknown');
    expect(await get(resource)).toEqual({ b: '3' });
    await untag(resource, 'b');
    expect(await get(resource)).toEqual({});
  });

  it('named like members of Object are tags like others', async () => {
    const resource = arn(`restapis/${apiId}`);
    await tag(resource, JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>);
    expect(Object.entries((await get(resource))!).sort()).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    await untag(resource, '__proto__', 'constructor');
    expect(await get(resource)).toEqual({});
  });

  it('set by parallel clients are all kept', async () => {
    const resource = arn(`restapis/${apiId}/stages/prod`);
    const keys = Array.from({ length: 20 }, (_, n) => `k${n}`);
    await Promise.all(keys.map((key) => tag(resource, { [key]: 'x' })));
    expect(Object.keys((await get(resource))!).sort()).toEqual(keys.sort());
  });

  it('show in the answer of GetRestApi', async () => {
    await tag(arn(`restapis/${apiId}`), { shown: 'yes' });
    expect((await api.restApis.getRestApi(api.call, { restApiId: apiId })).tags).toEqual({ shown: 'yes' });
  });

  it.each([
    ['restapis/nope', 'NotFoundException: Invalid API identifier specified 123456789012:nope'],
    ['restapis/nope/stages/prod', 'NotFoundException: Invalid Stage identifier specified'],
    ['apikeys/nope', 'NotFoundException: Invalid API Key identifier specified'],
    ['usageplans/nope', 'NotFoundException: Invalid Usage Plan ID specified'],
    ['domainnames/nope.example.com', 'NotFoundException: Invalid domain name identifier specified'],
    ['restapis', 'BadRequestException: Invalid ARN specified in the request'],
    ['restapis/x/resources/y', 'BadRequestException: Invalid ARN specified in the request'],
    ['restapis/x/stages/y/z', 'BadRequestException: Invalid ARN specified in the request'],
    ['apikeys/x/y', 'BadRequestException: Invalid ARN specified in the request'],
    ['domainnames/x/y', 'BadRequestException: Invalid ARN specified in the request'],
  ])('of %s are refused', async (path, message) => {
    expect(await refusal(get(arn(path)))).toBe(message);
    expect(await refusal(tag(arn(path), { a: 'b' }))).toBe(message);
    expect(await refusal(untag(arn(path), 'a'))).toBe(message);
  });

  it('need an ARN of the caller region, and stay in the caller account', async () => {
    const invalid = 'BadRequestException: Invalid ARN specified in the request';
    expect(await refusal(get(`arn:aws:apigateway:eu-west-1::/restapis/${apiId}`))).toBe(invalid);
    expect(await refusal(get(apiId))).toBe(invalid);
    expect(await refusal(get(`arn:aws-cn:apigateway:us-east-1::/restapis/${apiId}`))).toBe(invalid);
    const call = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect(await refusal(api.tags.getTags(call, { resourceArn: arn(`restapis/${apiId}`) }))).toBe(
      `NotFoundException: Invalid API identifier specified 210987654321:${apiId}`,
    );
  });

  it.each(['aws:x', 'AWS:cloudformation:stack-name', 'Aws:'])('named %s are reserved', async (key) => {
    const reserved = 'BadRequestException: aws: prefixed tag key names are not allowed for external use.';
    const resource = arn('usageplans/plan1');
    expect(await refusal(tag(resource, { a: 'b', [key]: 'x' }))).toBe(reserved);
    expect(await refusal(api.restApis.createRestApi(testCall(), { name: 'n', tags: { [key]: 'x' } }))).toBe(reserved);
    expect(await get(resource)).toEqual({});
  });

  it('of reserved names that are there do not keep others from being set, and can be removed', async () => {
    const { scope } = api.call;
    const where = { ...scope, usagePlanId: 'plan1' };
    await api.database.manager.update(UsagePlanEntity, where, { tags: { 'aws:old': 'x' } });
    const resource = arn('usageplans/plan1');
    await tag(resource, { a: 'b' });
    expect(await get(resource)).toEqual({ 'aws:old': 'x', a: 'b' });
    await untag(resource, 'aws:old', 'a');
    expect(await get(resource)).toEqual({});
  });

  it('are limited in number and length', async () => {
    const resource = arn('usageplans/plan1');
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'x']));
    expect(await refusal(tag(resource, many))).toBe('BadRequestException: Too many tags specified, can be at most 50');
    expect(await refusal(tag(resource, { a: 'x'.repeat(257) }))).toBe(
      'BadRequestException: Invalid tag value specified, can have at most 256 characters: a',
    );
    expect(await get(resource)).toEqual({});
  });
});

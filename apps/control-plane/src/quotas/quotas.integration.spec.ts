import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RestApiEntity } from '../apigateway/rest-api/rest-api.entity.js';
import { refusal, testCall } from '../apigateway/rest-api/definition.fixture.js';
import { Serving } from '../apigateway/stage/serving.fixture.js';
import { UsagePlanEntity } from '../apigateway/usage-plan/usage-plan.entity.js';
import { QUOTAS, type QuotaName } from './quotas.js';

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'refuse', 'aws');
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const exceeded = (name: QuotaName) =>
  `LimitExceededException: Maximum number of ${QUOTAS[name].things} for this ${QUOTAS[name].owner} has been reached.`;

describe("AWS's quotas, beside what holds for each of them (every-quota.integration.spec.ts)", () => {
  it('resources of an API, its root among them', async () => {
    const { definition } = serving;
    const { id, rootResourceId } = await definition.newApi();
    for (let n = 1; n < QUOTAS.resources.aws; n++) await definition.newResource(id, rootResourceId, `r${n}`);
    expect(await refusal(definition.newResource(id, rootResourceId, 'more'))).toBe(exceeded('resources'));
    const other = await definition.newApi();
    await definition.newResource(other.id, other.rootResourceId, 'own');
  });

  it('stages of an API, whichever call makes them', async () => {
    const { restApiId, deploymentId } = await serving.newStage();
    for (let n = 1; n < QUOTAS.stages.aws; n++) {
      await serving.stages.createStage(serving.call, { restApiId, stageName: `s${n}`, deploymentId });
    }
    expect(await refusal(serving.stages.createStage(serving.call, { restApiId, stageName: 'more', deploymentId }))).toBe(
      exceeded('stages'),
    );
    const deployments = async () => (await serving.deployments.getDeployments(serving.call, { restApiId })).item!.length;
    const before = await deployments();
    expect(await refusal(serving.deployments.createDeployment(serving.call, { restApiId, stageName: 'more' }))).toBe(
      exceeded('stages'),
    );
    expect(await deployments()).toBe(before);
    await serving.deployments.createDeployment(serving.call, { restApiId, stageName: 'prod' });
  });

  it('variables of a stage', async () => {
    const { restApiId, deploymentId } = await serving.newStage();
    const variables = Object.fromEntries(Array.from({ length: QUOTAS.stageVariables.aws + 1 }, (_, n) => [`v${n}`, 'x']));
    const create = (stageName: string) =>
      serving.stages.createStage(serving.call, { restApiId, stageName, deploymentId, variables });
    expect(await refusal(create('dev'))).toBe(exceeded('stageVariables'));
    delete variables['v0'];
    await create('dev');
    const overrides = Object.keys(variables).map((name) => ({
      op: 'replace' as const,
      path: `/canarySettings/stageVariableOverrides/${name}`,
      value: 'x',
    }));
    const override = (...patchOperations: typeof overrides) =>
      serving.stages.updateStage(serving.call, { restApiId, stageName: 'dev', patchOperations });
    expect(await refusal(override(...overrides, { ...overrides[0]!, path: '/canarySettings/stageVariableOverrides/more' }))).toBe(
      exceeded('stageVariables'),
    );
  });

  it('APIs of an account by their endpoint types, whichever call makes them', async () => {
    const { definition, call } = serving;
    const { restApis } = definition;
    const create = (type: 'EDGE' | 'REGIONAL') =>
      restApis.createRestApi(call, { name: 'one more', endpointConfiguration: { types: [type] } });
    const { id } = await create('EDGE');
    const { apiId: _apiId, ...api } = await serving.manager.findOneByOrFail(RestApiEntity, { ...call.scope, apiId: id! });
    const rows = Array.from({ length: QUOTAS.edgeApis.aws }, (_, n) => ({ ...api, apiId: `filled${n}` }));
    await serving.manager.insert(RestApiEntity, rows);
    const count = () => serving.manager.countBy(RestApiEntity, { ...call.scope });
    const before = await count();
    expect(await refusal(create('EDGE'))).toBe(exceeded('edgeApis'));
    const document = (type: string) =>
      restApis.importRestApi(call, {
        body: Buffer.from('{"openapi": "3.0.1", "info": {"title": "one more", "version": "1"}, "paths": {}}'),
        parameters: { endpointConfigurationTypes: type },
      });
    expect(await refusal(document('EDGE'))).toBe(exceeded('edgeApis'));
    expect(await count()).toBe(before);
    const regional = await create('REGIONAL');
    await document('REGIONAL');
    const patchOperations = [{ op: 'replace' as const, path: '/endpointConfiguration/types/REGIONAL', value: 'EDGE' }];
    expect(await refusal(restApis.updateRestApi(call, { restApiId: regional.id!, patchOperations }))).toBe(exceeded('edgeApis'));
  });

  it('of an account, one of several calls at once that make the last', async () => {
    const call = () => testCall({ accountId: '123456789012', region: 'eu-north-1' });
    const { restApis } = serving.definition;
    const api = () => restApis.createRestApi(call(), { name: 'a', endpointConfiguration: { types: ['EDGE'] } });
    const plan = () => serving.usagePlans.createUsagePlan(call(), { name: 'p' });
    const { apiId: _apiId, ...apiRow } = await serving.manager.findOneByOrFail(RestApiEntity, { apiId: (await api()).id! });
    const apis = Array.from({ length: QUOTAS.edgeApis.aws - 2 }, (_, n) => ({ ...apiRow, apiId: `north${n}` }));
    await serving.manager.insert(RestApiEntity, apis);
    const { scope } = call();
    const row = (n: number) => ({ ...scope, usagePlanId: `north${n}`, name: 'p', createdDate: new Date(), tags: {} });
    await serving.manager.insert(
      UsagePlanEntity,
      Array.from({ length: QUOTAS.usagePlans.aws - 1 }, (_, n) => row(n)),
    );
    for (const make of [api, plan]) {
      const answers = await Promise.all([1, 2, 3, 4].map(() => refusal(make())));
      expect(answers.filter((answer) => answer === 'no error')).toHaveLength(1);
    }
  });
});

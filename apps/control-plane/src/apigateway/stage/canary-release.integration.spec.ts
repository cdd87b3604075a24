import type { CreateDeploymentRequest, PatchOperation } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from './serving.fixture.js';

let server: TestDatabase;
let serving: Serving;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny');
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

type StageKey = { restApiId: string; stageName: string };

const deploy = (restApiId: string, more: Partial<CreateDeploymentRequest> = {}) =>
  serving.deployments.createDeployment(serving.call, { restApiId, ...more });
const stageOf = (key: StageKey) => serving.stages.getStage(serving.call, key);
const update = ({ restApiId, stageName }: StageKey, ...patchOperations: PatchOperation[]) =>
  serving.stages.updateStage(serving.call, { restApiId, stageName, patchOperations });

/** A stage that has a canary release, with what AWS lets one have. */
async function newCanary() {
  const stage = await serving.newStage();
  await update(stage, { op: 'replace', path: '/variables/kept', value: '1' });
  await update(stage, { op: 'replace', path: '/variables/color', value: 'blue' });
  const { id } = await deploy(stage.restApiId, {
    stageName: 'prod',
    canarySettings: { percentTraffic: 12.5, stageVariableOverrides: { color: 'green' } },
  });
  return { ...stage, canary: id! };
}

describe('a canary deployment', () => {
  it('leaves what the stage serves as it is', async () => {
    const { canary, deploymentId, ...stage } = await newCanary();
    expect(await stageOf(stage)).toMatchObject({
      deploymentId,
      variables: { kept: '1', color: 'blue' },
      canarySettings: {
        deploymentId: canary,
        percentTraffic: 12.5,
        stageVariableOverrides: { color: 'green' },
        useStageCache: false,
      },
    });
  });

  it('has no traffic and no overrides where none are given', async () => {
    const stage = await serving.newStage();
    const { id } = await deploy(stage.restApiId, { stageName: 'prod', canarySettings: {} });
    expect((await stageOf(stage)).canarySettings).toEqual({ deploymentId: id, percentTraffic: 0, useStageCache: false });
  });

  it('takes the place of the canary before it', async () => {
    const { canary, ...stage } = await newCanary();
    const { id } = await deploy(stage.restApiId, { stageName: 'prod', canarySettings: { percentTraffic: 1 } });
    expect((await stageOf(stage)).canarySettings).toEqual({ deploymentId: id, percentTraffic: 1, useStageCache: false });
    await serving.deployments.deleteDeployment(serving.call, { restApiId: stage.restApiId, deploymentId: canary });
  });

  it('stands in the way of another deployment to the stage, of which nothing is kept', async () => {
    const { restApiId } = await newCanary();
    const count = async () => (await serving.deployments.getDeployments(serving.call, { restApiId })).item!.length;
    const before = await count();
    expect(await refusal(deploy(restApiId, { stageName: 'prod' }))).toBe(
      'BadRequestException: Invalid deployment content specified.Stage prod has a canary release. Promote or remove it before deploying to the stage',
    );
    expect(await count()).toBe(before);
    await deploy(restApiId);
    await deploy(restApiId, { stageName: 'dev' });
  });

  it.each([101, -1])('refuses %s percent', async (percentTraffic) => {
    const { restApiId } = await serving.newStage();
    expect(await refusal(deploy(restApiId, { stageName: 'prod', canarySettings: { percentTraffic } }))).toBe(
      'BadRequestException: Percent traffic must be between 0.0 and 100.0',
    );
  });

  it('cannot be deleted while it is one', async () => {
    const { restApiId, stageName, canary } = await newCanary();
    const remove = () => serving.deployments.deleteDeployment(serving.call, { restApiId, deploymentId: canary });
    expect(await refusal(remove())).toBe(
      'BadRequestException: Active stages pointing to this deployment must be moved or deleted',
    );
    await update({ restApiId, stageName }, { op: 'remove', path: '/canarySettings' });
    await remove();
  });
});

describe('promotion', () => {
  it('copies deployment and variables to the stage, and leaves the canary until it is removed', async () => {
    const { canary, ...stage } = await newCanary();
    const promoted = await update(
      stage,
      { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' },
      { op: 'copy', from: '/canarySettings/stageVariableOverrides', path: '/variables' },
    );
    expect(promoted).toMatchObject({
      deploymentId: canary,
      variables: { kept: '1', color: 'green' },
      canarySettings: { deploymentId: canary },
    });
    const left = await update(stage, { op: 'remove', path: '/canarySettings' });
    expect(left.canarySettings).toBeUndefined();
    expect((await serving.stageDocuments(`${stage.restApiId}/prod`))?.stage).toMatchObject({ deploymentId: canary });
  });

  it('needs a canary', async () => {
    const stage = await serving.newStage();
    expect(await refusal(update(stage, { op: 'copy', from: '/canarySettings/deploymentId', path: '/deploymentId' }))).toBe(
      'BadRequestException: Promotion not available. Canary does not exist.',
    );
  });
});

describe('patches of a canary', () => {
  it('make one, of the deployment that the stage serves', async () => {
    const { deploymentId, ...stage } = await serving.newStage();
    const made = await update(stage, { op: 'replace', path: '/canarySettings/percentTraffic', value: '33.330000' });
    expect(made.canarySettings).toEqual({ deploymentId, percentTraffic: 33.33, useStageCache: false });
  });

  it('change each setting', async () => {
    const { canary, deploymentId, ...stage } = await newCanary();
    const changed = await update(
      stage,
      { op: 'replace', path: '/canarySettings/deploymentId', value: deploymentId },
      { op: 'replace', path: '/canarySettings/useStageCache', value: 'true' },
      { op: 'replace', path: '/canarySettings/stageVariableOverrides/size', value: 'xl' },
      { op: 'remove', path: '/canarySettings/stageVariableOverrides/color' },
    );
    expect(changed.canarySettings).toEqual({
      deploymentId,
      percentTraffic: 12.5,
      stageVariableOverrides: { size: 'xl' },
      useStageCache: true,
    });
    expect(canary).not.toBe(deploymentId);
  });

  it.each([
    ['/canarySettings/deploymentId', 'nope00', 'Deployment id does not exist'],
    ['/canarySettings/percentTraffic', '100.1', 'Percent traffic must be between 0.0 and 100.0'],
    ['/canarySettings/percentTraffic', '0x10', 'Percent traffic must be between 0.0 and 100.0'],
    ['/canarySettings/percentTraffic', undefined, 'Percent traffic must be between 0.0 and 100.0'],
    ['/canarySettings/stageVariableOverrides/a', 'ü', 'Invalid stage variable value: a.'],
  ])('%s = %s is refused', async (path, value, message) => {
    const { canary, deploymentId, ...stage } = await newCanary();
    const before = await stageOf(stage);
    expect(await refusal(update(stage, { op: 'replace', path, value }))).toContain(`BadRequestException: ${message}`);
    expect(await stageOf(stage)).toEqual(before);
    expect(canary).not.toBe(deploymentId);
  });
});

describe('where what cannot be enforced is denied', () => {
  it('settings of a stage are taken, and named in what is published', async () => {
    const stage = await serving.newStage();
    const changed = await update(
      stage,
      { op: 'replace', path: '/cacheClusterEnabled', value: 'true' },
      { op: 'replace', path: '/tracingEnabled', value: 'true' },
    );
    expect(changed).toMatchObject({ cacheClusterEnabled: true, cacheClusterSize: '0.5', cacheClusterStatus: 'AVAILABLE' });
    const { stage: published } = (await serving.stageDocuments(`${stage.restApiId}/prod`))!;
    expect(published.denied).toEqual(['stage prod: tracingEnabled true']);
  });

  it('a deployment is taken, and exactly its methods that ask for it are denied', async () => {
    const method = await serving.newMock();
    const put = { ...method, httpMethod: 'PUT' };
    await serving.definition.methods.putMethod(serving.call, { ...put, authorizationType: 'NONE' });
    const credentials = 'arn:aws:iam::*:user/*';
    await serving.definition.integrations.putIntegration(serving.call, { ...put, type: 'MOCK', credentials });
    const { restApiId } = method;
    await deploy(restApiId, { stageName: 'prod' });
    const { deployments } = (await serving.stageDocuments(`${restApiId}/prod`))!;
    expect(deployments[0]!.body.routes.map(({ httpMethod, integration }) => [httpMethod, integration.type])).toEqual([
      ['GET', 'MOCK'],
      ['PUT', 'DENIED'],
    ]);
  });

  it('an API without methods is refused all the same', async () => {
    const { id } = await serving.definition.newApi();
    expect(await refusal(deploy(id))).toBe("BadRequestException: The REST API doesn't contain any methods");
  });
});

describe('flushing', () => {
  it('a cache is publishing another name of it; so is changing its size, and a new stage under an old name has one', async () => {
    const stage = await serving.newStage();
    const epoch = async () => (await serving.stageDocuments(`${stage.restApiId}/prod`))!.stage.cacheEpoch;
    expect(await epoch()).toBeUndefined();
    await update(stage, { op: 'replace', path: '/cacheClusterEnabled', value: 'true' });
    const names = [await epoch()];
    const call = testCall();
    await serving.stages.flushStageCache(call, stage);
    expect(await serving.published(call)).toEqual([`stage ${stage.restApiId}/prod`]);
    names.push(await epoch());
    await update(stage, { op: 'replace', path: '/cacheClusterSize', value: '6.1' });
    names.push(await epoch());
    await update(stage, { op: 'replace', path: '/description', value: 'd' });
    expect(await epoch()).toBe(names.at(-1));
    const { deploymentId } = await stageOf(stage);
    await serving.stages.deleteStage(serving.call, stage);
    await serving.stages.createStage(serving.call, { ...stage, deploymentId: deploymentId!, cacheClusterEnabled: true });
    names.push(await epoch());
    expect(new Set(names).size).toBe(4);
    expect(names).not.toContain(undefined);
  });

  it('decisions of authorizers is publishing another name of them; a new stage under an old name has one, too', async () => {
    const stage = await serving.newStage();
    const epoch = async () => (await serving.stageDocuments(`${stage.restApiId}/prod`))!.stage.decisionsEpoch;
    const names = [await epoch()];
    const call = testCall();
    await serving.stages.flushStageAuthorizersCache(call, stage);
    expect(await serving.published(call)).toEqual([`stage ${stage.restApiId}/prod`]);
    names.push(await epoch());
    await update(stage, { op: 'replace', path: '/description', value: 'd' });
    expect(await epoch()).toBe(names.at(-1));
    const { deploymentId } = await stageOf(stage);
    await serving.stages.deleteStage(serving.call, stage);
    await serving.stages.createStage(serving.call, { ...stage, deploymentId: deploymentId! });
    names.push(await epoch());
    expect(new Set(names).size).toBe(3);
    expect(names).not.toContain(undefined);
  });

  it.each(['flushStageCache', 'flushStageAuthorizersCache'] as const)('%s wants a stage that is there', async (flush) => {
    const { restApiId, stageName } = await serving.newStage();
    await serving.stages[flush](serving.call, { restApiId, stageName });
    expect(await refusal(serving.stages[flush](serving.call, { restApiId, stageName: 'nope' }))).toBe(
      'NotFoundException: Invalid Stage identifier specified',
    );
  });
});

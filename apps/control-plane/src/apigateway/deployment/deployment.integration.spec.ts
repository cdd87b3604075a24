import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { DeploymentEntity } from './deployment.entity.js';

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

const deploy = (restApiId: string, more: object = {}, call = serving.call) =>
  serving.deployments.createDeployment(call, { restApiId, ...more });
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const countOf = (restApiId: string) => serving.manager.countBy(DeploymentEntity, { ...serving.call.scope, apiId: restApiId });
const documents = (key: string) => serving.stageDocuments(key);

describe('CreateDeployment', () => {
  it('answers with what AWS answers, and publishes nothing without a stage', async () => {
    const { restApiId } = await serving.newMock();
    const call = testCall();
    expect(wire(await deploy(restApiId, { description: 'first' }, call))).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      description: 'first',
      createdDate: expect.any(String),
    });
    expect(await serving.published(call)).toEqual([]);
  });

  it('makes the stage and publishes it', async () => {
    const { restApiId } = await serving.newMock();
    const call = testCall();
    const variables = { color: 'blue' };
    const { id } = await deploy(restApiId, { stageName: 'prod', stageDescription: 's', variables }, call);
    expect(await serving.published(call)).toEqual([`stage ${restApiId}/prod`]);
    expect(await serving.stages.getStage(serving.call, { restApiId, stageName: 'prod' })).toMatchObject({
      deploymentId: id,
      description: 's',
      variables,
    });
    expect(await documents(`${restApiId}/prod`)).toMatchObject({
      stage: { deploymentId: id, variables: [['color', 'blue']], deploymentHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      deployments: [{ body: { routes: [{ path: '/', httpMethod: 'GET', integration: { type: 'MOCK' } }] } }],
    });
  });

  it('points an existing stage to the new deployment, keeping its settings and adding variables', async () => {
    const { restApiId } = await serving.newMock();
    await deploy(restApiId, { stageName: 'prod', stageDescription: 's', variables: { a: '1', b: '2' } });
    const { id } = await deploy(restApiId, { stageName: 'prod', variables: { b: '3' } });
    expect(await serving.stages.getStage(serving.call, { restApiId, stageName: 'prod' })).toMatchObject({
      deploymentId: id,
      description: 's',
      variables: { a: '1', b: '3' },
    });
  });

  it('is a snapshot: later edits of the API do not reach the stage', async () => {
    const method = await serving.newMock();
    await deploy(method.restApiId, { stageName: 'prod' });
    const before = await documents(`${method.restApiId}/prod`);
    await serving.definition.methods.updateMethod(serving.call, {
      ...method,
      patchOperations: [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }],
    });
    expect(await documents(`${method.restApiId}/prod`)).toEqual(before);
    await deploy(method.restApiId, { stageName: 'prod' });
    expect((await documents(`${method.restApiId}/prod`))?.deployments[0]!.body.routes[0]?.apiKeyRequired).toBe(true);
  });

  it('refuses a private API without a resource policy, whether private ones can be served or not', async () => {
    const { restApiId } = await serving.newMock();
    await serving.definition.restApis.updateRestApi(serving.call, {
      restApiId,
      patchOperations: [{ op: 'replace', path: '/endpointConfiguration/types/EDGE', value: 'PRIVATE' }],
    });
    expect(await refusal(deploy(restApiId))).toBe(
      "BadRequestException: Private REST API doesn't have a resource policy attached to it",
    );
    const statement = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
    await serving.definition.restApis.updateRestApi(serving.call, {
      restApiId,
      patchOperations: [
        { op: 'replace', path: '/policy', value: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) },
      ],
    });
    expect(await refusal(deploy(restApiId))).toContain('endpointConfiguration type PRIVATE');
  });

  it('refuses by name what gateways cannot enforce, and keeps nothing', async () => {
    const method = await serving.newMock();
    const { id } = await serving.definition.newResource(method.restApiId, method.resourceId, 'pets');
    const other = { ...method, resourceId: id };
    await serving.definition.methods.putMethod(serving.call, { ...other, authorizationType: 'NONE' });
    const credentials = 'arn:aws:iam::*:user/*';
    await serving.definition.integrations.putIntegration(serving.call, { ...other, type: 'MOCK', credentials });
    await serving.definition.restApis.updateRestApi(serving.call, {
      restApiId: method.restApiId,
      patchOperations: [{ op: 'replace', path: '/securityPolicy', value: 'TLS_1_2' }],
    });
    const call = testCall();
    expect(await refusal(deploy(method.restApiId, { stageName: 'prod' }, call))).toContain(
      'BadRequestException: The gateways cannot enforce these settings yet: API: securityPolicy TLS_1_2; GET /pets: credentials',
    );
    expect(await countOf(method.restApiId)).toBe(0);
    expect(call.publicationId).toBeUndefined();
  });

  it.each([[{ tracingEnabled: true }, 'stage prod: tracingEnabled true']])(
    'refuses by name a stage with %j, and keeps no deployment either',
    async (settings, name) => {
      const { restApiId } = await serving.newMock();
      expect(await refusal(deploy(restApiId, { stageName: 'prod', ...settings }))).toBe(
        `BadRequestException: The gateways cannot enforce these settings yet: ${name}`,
      );
      expect(await countOf(restApiId)).toBe(0);
    },
  );

  it('says what AWS says of canaries', async () => {
    const { restApiId } = await serving.newMock();
    const canarySettings = { percentTraffic: 10 };
    const content = 'BadRequestException: Invalid deployment content specified.';
    const blank = 'Non null and non empty stageName must be provided for canary deployment. Provided value is';
    expect(await refusal(deploy(restApiId, { canarySettings }))).toBe(`${content}${blank} null`);
    expect(await refusal(deploy(restApiId, { canarySettings, stageName: '' }))).toBe(`${content}${blank} empty`);
    expect(await refusal(deploy(restApiId, { canarySettings, stageName: 'dev' }))).toBe(
      `${content}Stage dev must already be created before making a canary release deployment`,
    );
  });

  it('publishes a canary release beside what its stage serves', async () => {
    const method = await serving.newMock();
    const { restApiId } = method;
    await deploy(restApiId, { stageName: 'dev', variables: { a: '1', b: '2' } });
    await serving.definition.methods.updateMethod(serving.call, {
      ...method,
      patchOperations: [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }],
    });
    const canarySettings = { percentTraffic: 12.5, stageVariableOverrides: { b: '3', c: '4' }, useStageCache: true };
    const { id } = await deploy(restApiId, { stageName: 'dev', canarySettings });
    const { stage, deployments } = (await serving.stageDocuments(`${restApiId}/dev`))!;
    expect(deployments.map(({ body }) => body.routes[0]!.apiKeyRequired)).toEqual([false, true]);
    expect(stage).toMatchObject({
      deploymentHash: deployments[0]!.hash,
      variables: [
        ['a', '1'],
        ['b', '2'],
      ],
      canary: {
        percentTraffic: 12.5,
        deploymentId: id,
        deploymentHash: deployments[1]!.hash,
        variables: [
          ['a', '1'],
          ['b', '3'],
          ['c', '4'],
        ],
        useStageCache: true,
      },
    });
  });

  it('says what is missing', async () => {
    const { id } = await serving.definition.newApi();
    expect(await refusal(deploy(id))).toBe("BadRequestException: The REST API doesn't contain any methods");
    const { restApiId } = await serving.definition.newMethod();
    expect(await refusal(deploy(restApiId))).toBe('BadRequestException: No integration defined for method');
    expect(await refusal(deploy('nothere000'))).toBe(
      'NotFoundException: Invalid API identifier specified 123456789012:nothere000',
    );
  });

  it('refuses stage names and variables that AWS refuses', async () => {
    const { restApiId } = await serving.newMock();
    expect(await refusal(deploy(restApiId, { stageName: 'a b' }))).toMatch(/^BadRequestException: Stage name only allows/);
    expect(await refusal(deploy(restApiId, { stageName: 'a', variables: { 'x y': '1' } }))).toMatch(
      /^BadRequestException: Invalid stage variable name: x y\./,
    );
    expect(await refusal(deploy(restApiId, { stageName: 'a', variables: { x: 'a\r\nb' } }))).toMatch(
      /^BadRequestException: Invalid stage variable value: x\./,
    );
    expect(await countOf(restApiId)).toBe(0);
  });

  it('keeps parallel deployments to one stage whole', async () => {
    const { restApiId } = await serving.newMock();
    const variables = Array.from({ length: 8 }, (_, index) => ({ [`v${index}`]: String(index) }));
    const made = await Promise.all(
      variables.map((each) => deploy(restApiId, { stageName: 'prod', variables: each }, testCall())),
    );
    const stage = await serving.stages.getStage(serving.call, { restApiId, stageName: 'prod' });
    expect(made.map(({ id }) => id)).toContain(stage.deploymentId);
    expect(stage.variables).toEqual(Object.assign({}, ...variables));
    expect(await countOf(restApiId)).toBe(8);
  });
});

describe('reading', () => {
  it('shows the summary of the API only when asked', async () => {
    const { restApiId } = await serving.newMock();
    const { id } = await deploy(restApiId);
    const key = { restApiId, deploymentId: id! };
    expect(wire(await serving.deployments.getDeployment(serving.call, key))).toEqual({ id, createdDate: expect.any(String) });
    expect(await serving.deployments.getDeployment(serving.call, { ...key, embed: ['apisummary'] })).toMatchObject({
      apiSummary: { '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } },
    });
  });

  it('lists the newest first, page by page', async () => {
    const { restApiId } = await serving.newMock();
    const made: (string | undefined)[] = [];
    for (let index = 0; index < 5; index++) made.unshift((await deploy(restApiId)).id);
    const first = await serving.deployments.getDeployments(serving.call, { restApiId, limit: 3 });
    const second = await serving.deployments.getDeployments(serving.call, { restApiId, limit: 3, position: first.position });
    expect(new Set([...first.item!, ...second.item!].map(({ id }) => id))).toEqual(new Set(made));
    expect(second.position).toBeUndefined();
    const dates = [...first.item!, ...second.item!].map(({ createdDate }) => createdDate!.getTime());
    expect(dates).toEqual([...dates].sort((a, b) => b - a));
  });

  it('knows only what is there', async () => {
    const { restApiId } = await serving.newMock();
    const unknown = 'NotFoundException: Invalid Deployment identifier specified';
    expect(await refusal(serving.deployments.getDeployment(serving.call, { restApiId, deploymentId: 'nope00' }))).toBe(unknown);
    expect(await refusal(serving.deployments.deleteDeployment(serving.call, { restApiId, deploymentId: 'nope00' }))).toBe(
      unknown,
    );
    const elsewhere = testCall({ accountId: '210987654321', region: 'us-east-1' });
    expect(await refusal(serving.deployments.getDeployments(elsewhere, { restApiId }))).toMatch(/^NotFoundException/);
  });
});

describe('UpdateDeployment and DeleteDeployment', () => {
  it('changes the description and nothing else', async () => {
    const { restApiId } = await serving.newMock();
    const { id } = await deploy(restApiId, { description: 'old' });
    const update = (path: string, value: string) =>
      serving.deployments.updateDeployment(serving.call, {
        restApiId,
        deploymentId: id!,
        patchOperations: [{ op: 'replace', path, value }],
      });
    expect(await update('/description', 'new')).toMatchObject({ id, description: 'new' });
    expect(await refusal(update('/id', 'x'))).toMatch(
      /^BadRequestException: Invalid patch path {2}'\/id' specified for op 'replace'\./,
    );
  });

  it('keeps a deployment that a stage serves', async () => {
    const { restApiId, deploymentId } = await serving.newStage();
    const remove = () => serving.deployments.deleteDeployment(serving.call, { restApiId, deploymentId });
    expect(await refusal(remove())).toBe(
      'BadRequestException: Active stages pointing to this deployment must be moved or deleted',
    );
    await deploy(restApiId, { stageName: 'prod' });
    await remove();
    expect(await countOf(restApiId)).toBe(1);
  });
});

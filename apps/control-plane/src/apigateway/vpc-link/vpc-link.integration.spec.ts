import type { PatchOperation } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeploymentEntity } from '../deployment/deployment.entity.js';
import { MethodEntity } from '../method/method.entity.js';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { StageEntity } from '../stage/stage.entity.js';
import { requireVpcLink } from './find-vpc-link.js';
import { VpcLinksService } from './vpc-link.service.js';

let server: TestDatabase;
let serving: Serving;
let links: VpcLinksService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url);
  links = new VpcLinksService(serving.definition.database, serving.unitOfWork);
});

afterAll(async () => {
  await serving?.close();
  await server?.drop();
});

const call = testCall();
const target = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/one/0123456789abcdef';
const create = (input: object = {}, by = call) => links.createVpcLink(by, { name: 'link', targetArns: [target], ...input });
const unknown = 'NotFoundException: Invalid Vpc Link identifier specified';
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('VPC links', () => {
  it('are pending when made and available from then on', async () => {
    const made = await create({ description: 'd' });
    const link = { id: expect.stringMatching(/^[a-z0-9]{10}$/), name: 'link', description: 'd', targetArns: [target] };
    expect(wire(made)).toEqual({ ...link, status: 'PENDING' });
    const available = { status: 'AVAILABLE', statusMessage: 'Your vpc link is ready for use' };
    expect(await links.getVpcLink(call, { vpcLinkId: made.id! })).toEqual({ ...link, ...available, tags: {} });
    const { item } = await links.getVpcLinks(call, {});
    expect(wire(item!.find(({ id }) => id === made.id))).toEqual({ ...link, ...available });
    expect((await create({ tags: { a: 'b' } })).tags).toEqual({ a: 'b' });
  });

  it.each([
    [{ name: '' }, 'Name cannot be empty'],
    [{ name: ' ' }, 'Name cannot be empty'],
    [{ targetArns: [] }, 'Target arns cannot be empty'],
    [{ targetArns: [target, target] }, 'More than one target arn specified for vpc link.'],
    [{ targetArns: ['nlb'] }, 'Invalid ARN. ARN is not well formed nlb'],
    [{ targetArns: ['arn:aws-cn:x:y::z'] }, 'Invalid ARN. ARN is not well formed arn:aws-cn:x:y::z'],
    [{ targetArns: [''] }, 'Invalid ARN. ARN is not well formed '],
  ])('refuses %j', async (input, message) => {
    expect(await refusal(create(input))).toBe(`BadRequestException: ${message}`);
  });

  it('are listed by page', async () => {
    const scoped = testCall({ accountId: '300000000003', region: 'us-east-1' });
    const made = [await create({}, scoped), await create({}, scoped), await create({}, scoped)];
    const one = await links.getVpcLinks(scoped, { limit: 2 });
    const two = await links.getVpcLinks(scoped, { limit: 2, position: one.position });
    expect([...one.item!, ...two.item!].map(({ id }) => id).sort()).toEqual(made.map(({ id }) => id).sort());
    expect(two.position).toBeUndefined();
  });

  it('change their name and description, never their target', async () => {
    const { id } = await create();
    const update = (...patchOperations: PatchOperation[]) => links.updateVpcLink(call, { vpcLinkId: id!, patchOperations });
    expect(
      await update({ op: 'replace', path: '/name', value: 'n' }, { op: 'replace', path: '/description', value: 'd' }),
    ).toMatchObject({ name: 'n', description: 'd', status: 'AVAILABLE', tags: {} });
    expect(await refusal(update({ op: 'replace', path: '/name', value: '' }))).toBe('BadRequestException: Name cannot be empty');
    expect(await refusal(update({ op: 'replace', path: '/targetArns/0', value: target }))).toBe(
      'BadRequestException: Target arns are not allowed to be changed/added.',
    );
    expect(await refusal(update({ op: 'replace', path: '/status', value: 'x' }))).toBe(
      "BadRequestException: Invalid patch path  '/status' specified for op 'replace'. Must be one of: [/name, /description]",
    );
  });

  it('stay while a method or what a stage serves uses them', async () => {
    const { id } = await create();
    const key = { vpcLinkId: id! };
    const { restApiId, stageName, deploymentId } = await serving.newStage();
    const method = await serving.manager.findOneByOrFail(MethodEntity, { ...call.scope, apiId: restApiId });
    const { resourceId } = method;
    const methodIntegration = { ...method.methodIntegration!, connectionId: id! };
    const row = { ...call.scope, apiId: restApiId, resourceId, httpMethod: method.httpMethod };
    await serving.manager.update(MethodEntity, row, { methodIntegration });
    expect(await refusal(links.deleteVpcLink(call, key))).toBe(
      `BadRequestException: Cannot delete vpc link. Vpc link '${id}', is referenced in [${restApiId}:GET:${resourceId}] in format of [RESTApiId:Method:Resource].`,
    );
    const deployment = { ...call.scope, apiId: restApiId, deploymentId };
    const { model } = await serving.manager.findOneByOrFail(DeploymentEntity, deployment);
    model.resources[0]!.methods[0]!.methodIntegration = methodIntegration;
    await serving.manager.update(DeploymentEntity, deployment, { model });
    await serving.manager.update(MethodEntity, row, { methodIntegration: method.methodIntegration! });
    expect(await refusal(links.deleteVpcLink(call, key))).toBe(
      `BadRequestException: Cannot delete vpc link. Vpc link '${id}', is referenced in [${restApiId}:GET:${resourceId}:${stageName}] in format of [RESTApiId:Method:Resource:Stage].`,
    );
    const { id: other } = await serving.deployments.createDeployment(call, { restApiId, stageName });
    const stage = { ...call.scope, apiId: restApiId, stageName };
    await serving.manager.update(StageEntity, stage, { deploymentId: other!, canarySettings: { deploymentId } });
    expect(await refusal(links.deleteVpcLink(call, key))).toContain(
      `is referenced in [${restApiId}:GET:${resourceId}:${stageName}]`,
    );
    await serving.stages.deleteStage(call, { restApiId, stageName });
    await links.deleteVpcLink(call, key);
    expect(await refusal(links.getVpcLink(call, key))).toBe(unknown);
    expect(await refusal(links.deleteVpcLink(call, key))).toBe(unknown);
  });

  it('must be there for an integration to name them, unless a stage variable does', async () => {
    const { id } = await create();
    const require = (connectionId: string, by = call) =>
      refusal(serving.unitOfWork.run(by, (transaction) => requireVpcLink(transaction, connectionId)));
    expect(await require(id!)).toBe('no error');
    expect(await require('${stageVariables.link}')).toBe('no error');
    expect(await require('nope')).toBe(unknown);
    expect(await require(id!, testCall({ accountId: '210987654321', region: 'us-east-1' }))).toBe(unknown);
  });

  it('security class: tenant escape: are unknown to other accounts and regions', async () => {
    const { id } = await create();
    const other = testCall({ accountId: '123456789012', region: 'eu-west-1' });
    expect(await refusal(links.getVpcLink(other, { vpcLinkId: id! }))).toBe(unknown);
    expect(await refusal(links.updateVpcLink(other, { vpcLinkId: id! }))).toBe(unknown);
    expect(await refusal(links.deleteVpcLink(other, { vpcLinkId: id! }))).toBe(unknown);
  });
});

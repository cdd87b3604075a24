import type { PatchOperation } from '@gatehouse/admin-contract/apigateway';
import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdminTransaction } from '../../database/unit-of-work.js';
import { refusal, testCall } from '../rest-api/definition.fixture.js';
import { Serving } from '../stage/serving.fixture.js';
import { requireVpcLink } from './find-vpc-link.js';
import { refuseWhileReferenced, SERVED } from './refuse-while-referenced.js';
import { VpcLinksService } from './vpc-link.service.js';

let server: TestDatabase;
let serving: Serving;
let links: VpcLinksService;

beforeAll(async () => {
  server = await createDatabase();
  serving = await Serving.open(server.url, 'deny');
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

  /** An API with one method, whose integration reaches its backend through the link. */
  const linked = async (connectionId: string) => {
    const { definition } = serving;
    const method = await definition.newMethod();
    const direct = { ...method, type: 'HTTP_PROXY' as const, integrationHttpMethod: 'GET', uri: 'http://backend.example/' };
    const link = { connectionType: 'VPC_LINK' as const, connectionId };
    const put = (input: object = {}) => definition.integrations.putIntegration(testCall(), { ...direct, ...input });
    await put(link);
    return { ...method, removeLink: () => put(), deploy: () => deploy(method.restApiId) };
  };
  const deploy = (restApiId: string) => serving.deployments.createDeployment(testCall(), { restApiId, stageName: 'prod' });
  const remove = (vpcLinkId: string) => refusal(links.deleteVpcLink(testCall(), { vpcLinkId }));
  const inUse = (id: string, references: string, format: string) =>
    `BadRequestException: Cannot delete vpc link. Vpc link '${id}', is referenced in [${references}] in format of [${format}].`;

  it('stay while a method or what a stage serves uses them', async () => {
    const id = (await create()).id!;
    const { restApiId, resourceId, removeLink } = await linked(id);
    expect(await remove(id)).toBe(inUse(id, `${restApiId}:GET:${resourceId}`, 'RESTApiId:Method:Resource'));
    const { id: deploymentId } = await deploy(restApiId);
    await removeLink();
    const served = inUse(id, `${restApiId}:GET:${resourceId}:prod`, 'RESTApiId:Method:Resource:Stage');
    expect(await remove(id)).toBe(served);
    // In the canary release only.
    const { id: other } = await deploy(restApiId);
    const update = (...patchOperations: PatchOperation[]) =>
      serving.stages.updateStage(call, { restApiId, stageName: 'prod', patchOperations });
    await update({ op: 'replace', path: '/canarySettings/deploymentId', value: deploymentId });
    expect((await serving.stages.getStage(call, { restApiId, stageName: 'prod' })).deploymentId).toBe(other);
    expect(await remove(id)).toBe(served);
    await update({ op: 'remove', path: '/canarySettings' });
    // A deployment that no stage serves keeps no link.
    expect(await remove(id)).toBe('no error');
    expect(await refusal(links.getVpcLink(call, { vpcLinkId: id }))).toBe(unknown);
    expect(await remove(id)).toBe(unknown);
  });

  it('stay while a stage serves them from a deployment of which no links are known', async () => {
    const id = (await create()).id!;
    const { restApiId, resourceId, removeLink, deploy: deployed } = await linked(id);
    const { id: deploymentId } = await deployed();
    await removeLink();
    const forget = () => serving.manager.query('UPDATE deployments SET vpc_link_ids = NULL');
    const known = async () => {
      const rows = await serving.manager.query<{ links: string[] | null }[]>(
        'SELECT vpc_link_ids AS links FROM deployments WHERE api_id = $1 AND deployment_id = $2',
        [restApiId, deploymentId],
      );
      return rows[0]!.links;
    };
    await forget();
    const served = inUse(id, `${restApiId}:GET:${resourceId}:prod`, 'RESTApiId:Method:Resource:Stage');
    expect(await remove(id)).toBe(served);
    expect(await known()).toEqual([id]);
    // One that comes while a link is removed, from a control plane of an older version, was not noted before.
    await forget();
    const removal = serving.unitOfWork.run(call, (transaction) => refuseWhileReferenced(transaction, id));
    expect(await refusal(removal)).toBe(served);
    expect(await known()).toBeNull();
    await serving.stages.deleteStage(call, { restApiId, stageName: 'prod' });
    expect(await remove(id)).toBe('no error');
    expect(await known()).toBeNull();
  });

  it('are named by ten of their users at most', async () => {
    const id = (await create()).id!;
    const { restApiId } = await linked(id);
    const { id: deploymentId } = await deploy(restApiId);
    for (let n = 0; n < 12; n++) {
      await serving.stages.createStage(call, { restApiId, stageName: `s${n}`, deploymentId: deploymentId! });
    }
    expect((await remove(id)).match(/:GET:/g)).toHaveLength(10);
  });

  it('are never removed under a deployment that is made meanwhile', async () => {
    const id = (await create()).id!;
    const { removeLink, deploy: deployed } = await linked(id);
    const { manager } = serving;
    let queries = 0;
    // Between the two looks of a removal the method is deployed, and loses the link.
    const query = async (sql: string, parameters: unknown[]) => {
      const rows = await manager.query<unknown>(sql, parameters);
      if (++queries === 1) await deployed().then(removeLink);
      return rows;
    };
    const transaction = { manager: { query }, scope: call.scope } as unknown as AdminTransaction;
    expect(await refusal(refuseWhileReferenced(transaction, id))).toContain('in format of [RESTApiId:Method:Resource:Stage].');
    expect(queries).toBe(2);
  });

  it('are removed without a look at deployments that name others', async () => {
    const id = (await create()).id!;
    await (await linked((await create()).id!)).deploy();
    await serving.manager.query(
      `INSERT INTO deployments (account_id, region, api_id, deployment_id, created_date, model, vpc_link_ids)
       SELECT account_id, region, api_id, deployment_id || n, now(), model, CASE WHEN n > 5 THEN ARRAY['other' || n] END
         FROM (SELECT * FROM deployments LIMIT 1) one CROSS JOIN generate_series(1, 5000) n`,
    );
    await serving.manager.query('ANALYZE deployments, stages');
    const plan = await serving.manager.query<{ 'QUERY PLAN': string }[]>(`EXPLAIN ${SERVED}`, [
      call.scope.accountId,
      call.scope.region,
      id,
      10,
    ]);
    const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(lines).toMatch(/Bitmap Index Scan on deployments_vpc_links/);
    expect(lines).toMatch(/Bitmap Index Scan on deployments_unknown_vpc_links/);
    expect(await remove(id)).toBe('no error');
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

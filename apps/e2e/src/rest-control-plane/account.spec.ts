import {
  CreateVpcLinkCommand,
  DeleteClientCertificateCommand,
  DeleteVpcLinkCommand,
  GenerateClientCertificateCommand,
  GetAccountCommand,
  GetClientCertificateCommand,
  GetClientCertificatesCommand,
  GetVpcLinkCommand,
  GetVpcLinksCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateClientCertificateCommand,
  UpdateVpcLinkCommand,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import { ROOT_KEY } from '../product.js';
import { badRequest, ControlPlaneUnderTest, invalid, notFound } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start({ GATEHOUSE_UNENFORCED: 'deny' });
});
afterAll(() => plane?.stop());

const OPERATIONS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';
const replace = (path: string, value?: string): PatchOperation => ({ op: 'replace', path, value });
const noSuchOperation = (input: string) =>
  invalid(`Value 'x' at '${input}.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`);
const wrong = (path: string) => ({ op: 'x' as never, path });

describe('the account', () => {
  const account = {
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ['UsagePlans'],
    apiKeyVersion: '4',
  };
  const update = (...patchOperations: PatchOperation[]) => new UpdateAccountCommand({ patchOperations });

  it('is read and changed', async () => {
    expect(await plane.send(new GetAccountCommand({}))).toEqual(account);
    const cloudwatchRoleArn = 'arn:aws:iam::123456789012:role/r';
    expect(await plane.send(update(replace('/cloudwatchRoleArn', cloudwatchRoleArn)))).toEqual({ ...account, cloudwatchRoleArn });
    expect(await plane.send(new GetAccountCommand({}))).toEqual({ ...account, cloudwatchRoleArn });
    expect(await plane.send(update({ op: 'add', path: '/features', value: 'UsagePlans' }))).toEqual({
      ...account,
      cloudwatchRoleArn,
    });
    // What Terraform sends with reset_on_delete.
    expect(await plane.send(update(replace('/cloudwatchRoleArn')))).toEqual(account);
  });

  it('keeps usage plans, and refuses other patches', async () => {
    expect(await plane.refusal(update({ op: 'remove', path: '/features', value: 'UsagePlans' }))).toBe(
      badRequest('Usage Plans cannot be disabled once enabled'),
    );
    expect(await plane.refusal(update(replace('/apiKeyVersion', '1')))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(update(wrong('/features')))).toBe(noSuchOperation('updateAccountInput'));
  });

  it('is not for strangers', async () => {
    const stranger = { ...ROOT_KEY, secretAccessKey: 'wrong' };
    expect(await plane.refusalTo(stranger, new GetAccountCommand({}))).toMatch(/^InvalidSignatureException 403: /);
  });
});

describe('client certificates', () => {
  it('are refused with tags of AWS', async () => {
    expect(await plane.refusal(new GenerateClientCertificateCommand({ tags: { 'aws:x': 'y' } }))).toBe(
      badRequest('aws: prefixed tag key names are not allowed for external use.'),
    );
  });

  it('are generated, read, listed, described and deleted', async () => {
    const made = await plane.send(new GenerateClientCertificateCommand({ description: 'd', tags: { a: 'b' } }));
    expect(made).toEqual({
      clientCertificateId: expect.stringMatching(/^[a-z0-9]{6,10}$/),
      description: 'd',
      pemEncodedCertificate: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n[^]*-----END CERTIFICATE-----\n?$/),
      createdDate: expect.any(Date),
      expirationDate: expect.any(Date),
      tags: { a: 'b' },
    });
    expect(made.expirationDate!.getTime() - made.createdDate!.getTime()).toBe(365 * 86_400_000);
    expect(new X509Certificate(made.pemEncodedCertificate!).ca).toBe(false);
    const { clientCertificateId } = made;
    expect(await plane.send(new GetClientCertificateCommand({ clientCertificateId }))).toEqual(made);
    const plain = await plane.send(new GenerateClientCertificateCommand({}));
    const { items } = await plane.send(new GetClientCertificatesCommand({}));
    expect(items!.map((each) => each.clientCertificateId)).toEqual(
      expect.arrayContaining([clientCertificateId, plain.clientCertificateId]),
    );
    const update = (...patchOperations: PatchOperation[]) =>
      new UpdateClientCertificateCommand({ clientCertificateId, patchOperations });
    expect(await plane.send(update(replace('/description', 'n')))).toEqual({ ...made, description: 'n' });
    expect(await plane.refusal(update(replace('/nosuch', 'n')))).toBe(
      badRequest("Invalid patch path  '/nosuch' specified for op 'replace'. Must be one of: [/description]"),
    );
    expect(await plane.refusal(update(wrong('/description')))).toBe(noSuchOperation('updateClientCertificateInput'));
    expect(await plane.send(new DeleteClientCertificateCommand({ clientCertificateId }))).toEqual({});
    expect(await plane.refusal(new GetClientCertificateCommand({ clientCertificateId }))).toMatch(/^NotFoundException 404: /);
    expect(await plane.refusal(new DeleteClientCertificateCommand({ clientCertificateId }))).toMatch(/^NotFoundException 404: /);
    expect(await plane.refusal(update(replace('/description', 'n')))).toMatch(/^NotFoundException 404: /);
  });
});

describe('VPC links', () => {
  const NO_LINK = notFound('Invalid Vpc Link identifier specified');
  const targetArns = ['arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/pets/50dc6c495c0c9188'];
  const create = (name = 'link', more: object = {}) => new CreateVpcLinkCommand({ name, targetArns, ...more });
  const update = (vpcLinkId: string, ...patchOperations: PatchOperation[]) =>
    new UpdateVpcLinkCommand({ vpcLinkId, patchOperations });

  it('are created, become available, are listed, changed and deleted', async () => {
    const created = await plane.send(create('link', { description: 'd', tags: { a: 'b' } }));
    const given = {
      id: expect.stringMatching(/^[a-z0-9]{6,10}$/) as string,
      name: 'link',
      description: 'd',
      targetArns,
      tags: { a: 'b' },
    };
    expect(created).toEqual({ ...given, status: 'PENDING' });
    const vpcLinkId = created.id!;
    const available = await until('the link to be available', async () => {
      const link = await plane.send(new GetVpcLinkCommand({ vpcLinkId }));
      return link.status === 'AVAILABLE' ? link : undefined;
    });
    expect(available).toEqual({ ...given, status: 'AVAILABLE', statusMessage: 'Your vpc link is ready for use' });
    expect((await plane.send(new GetVpcLinksCommand({}))).items!.map(({ id }) => id)).toContain(vpcLinkId);
    expect(await plane.send(update(vpcLinkId, replace('/name', 'n'), replace('/description', 'e')))).toMatchObject({
      name: 'n',
      description: 'e',
    });
    expect(await plane.send(new DeleteVpcLinkCommand({ vpcLinkId }))).toEqual({});
    await until('the link to be gone', async () =>
      (await plane.refusal(new GetVpcLinkCommand({ vpcLinkId }))) === NO_LINK ? true : undefined,
    );
    expect(await plane.refusal(update(vpcLinkId))).toBe(NO_LINK);
    expect(await plane.refusal(new DeleteVpcLinkCommand({ vpcLinkId }))).toBe(NO_LINK);
  });

  it('are refused', async () => {
    expect(await plane.refusal(create(''))).toBe(badRequest('Name cannot be empty'));
    expect(await plane.refusal(create('x', { targetArns: ['nonsense'] }))).toBe(
      badRequest('Invalid ARN. ARN is not well formed nonsense'),
    );
    const { id } = await plane.send(create());
    expect(await plane.refusal(update(id!, replace('/name', '')))).toBe(badRequest('Name cannot be empty'));
    expect(await plane.refusal(update(id!, replace('/targetArns', 'x')))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(update(id!, wrong('/name')))).toBe(noSuchOperation('updateVpcLinkInput'));
    expect(await plane.refusal(new GetVpcLinkCommand({ vpcLinkId: 'nosuch' }))).toBe(NO_LINK);
  });

  it('stay while an integration refers to them', async () => {
    const { id } = await plane.send(create());
    const { restApiId, rootId } = await plane.newApi();
    const key = { restApiId, resourceId: rootId, httpMethod: 'GET' };
    await plane.send(new PutMethodCommand({ ...key, authorizationType: 'NONE' }));
    await plane.send(
      new PutIntegrationCommand({
        ...key,
        type: 'HTTP_PROXY',
        integrationHttpMethod: 'GET',
        uri: 'http://backend.example/',
        connectionType: 'VPC_LINK',
        connectionId: id,
      }),
    );
    expect(await plane.refusal(new DeleteVpcLinkCommand({ vpcLinkId: id }))).toMatch(
      /^(BadRequestException 400|ConflictException 409): /,
    );
  });
});

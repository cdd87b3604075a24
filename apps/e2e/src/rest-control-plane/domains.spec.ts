import {
  CreateBasePathMappingCommand,
  CreateDomainNameAccessAssociationCommand,
  CreateDomainNameCommand,
  CreateDeploymentCommand,
  DeleteBasePathMappingCommand,
  DeleteDomainNameAccessAssociationCommand,
  DeleteDomainNameCommand,
  GetBasePathMappingCommand,
  GetBasePathMappingsCommand,
  GetDomainNameAccessAssociationsCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  GetTagsCommand,
  RejectDomainNameAccessAssociationCommand,
  TagResourceCommand,
  UpdateBasePathMappingCommand,
  UpdateDomainNameCommand,
  type CreateBasePathMappingCommandInput,
  type CreateDomainNameCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { issueCertificate } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT, badRequest, conflict, ControlPlaneUnderTest, invalid, notFound } from './control-plane-under-test.js';

let plane: ControlPlaneUnderTest;
let domainName: string;
let names = 0;

beforeAll(async () => {
  plane = await ControlPlaneUnderTest.start({ GATEHOUSE_UNENFORCED: 'deny' });
});
beforeEach(() => {
  domainName = `api${++names}.example.com`;
});
afterAll(() => plane?.stop());

const NO_DOMAIN = notFound('Invalid domain name identifier specified');
const NO_MAPPING = notFound('Invalid base path mapping identifier specified');
const OPERATIONS = 'Member must satisfy enum value set: [add, remove, move, test, replace, copy]';
const replace = (path: string, value?: string): PatchOperation => ({ op: 'replace', path, value });
const create = (input: Partial<CreateDomainNameCommandInput> = {}) =>
  plane.send(new CreateDomainNameCommand({ domainName, ...input }));
const patch = (...patchOperations: PatchOperation[]) => new UpdateDomainNameCommand({ domainName, patchOperations });
const get = (domainNameId?: string) => plane.send(new GetDomainNameCommand({ domainName, domainNameId }));

const root = issueCertificate({ commonName: 'root', ca: true, domainNames: [] });
const leaf = issueCertificate({ issuer: root, domainNames: ['*.example.com'] });
const material = {
  certificateBody: leaf.certificate,
  certificatePrivateKey: leaf.privateKey,
  certificateChain: root.certificate,
};

describe('domain names', () => {
  it('of regional endpoints are created, read, listed, changed and deleted', async () => {
    const given = { regionalCertificateName: 'mine', endpointConfiguration: { types: ['REGIONAL' as const] }, tags: { a: 'b' } };
    const created = await create({ ...given, ...material });
    const domain = {
      domainName,
      domainNameArn: `arn:aws:apigateway:us-east-1::/domainnames/${domainName}`,
      regionalCertificateName: 'mine',
      regionalDomainName: expect.stringMatching(/^d-[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/) as string,
      regionalHostedZoneId: expect.stringMatching(/^Z[A-Z0-9]+$/) as string,
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'ipv4' },
      domainNameStatus: 'AVAILABLE',
      securityPolicy: 'TLS_1_2',
      routingMode: 'BASE_PATH_MAPPING_ONLY',
      tags: { a: 'b' },
    };
    expect(created).toMatchObject(domain);
    expect(JSON.stringify(created)).not.toContain('PRIVATE KEY');
    expect(await get()).toEqual(created);
    const { items } = await plane.send(new GetDomainNamesCommand({ limit: 500 }));
    expect(items).toContainEqual(created);
    const updated = await plane.send(
      patch(replace('/regionalCertificateName', 'other'), replace('/endpointConfiguration/ipAddressType', 'dualstack')),
    );
    expect(updated).toMatchObject({
      ...domain,
      regionalCertificateName: 'other',
      endpointConfiguration: { types: ['REGIONAL'], ipAddressType: 'dualstack' },
    });
    expect(await plane.send(patch())).toEqual(updated);
    expect(await plane.send(new DeleteDomainNameCommand({ domainName }))).toEqual({});
    expect(await plane.refusal(new GetDomainNameCommand({ domainName }))).toBe(NO_DOMAIN);
    expect(await plane.refusal(new DeleteDomainNameCommand({ domainName }))).toBe(NO_DOMAIN);
    expect(await plane.refusal(patch())).toBe(NO_DOMAIN);
  });

  it('of edge endpoints answer with their distribution', async () => {
    const created = await create({ certificateName: 'mine', ...material });
    expect(created).toMatchObject({
      domainName,
      certificateName: 'mine',
      certificateUploadDate: expect.any(Date),
      distributionDomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/),
      distributionHostedZoneId: 'Z2FDTNDATAQYW2',
      endpointConfiguration: { types: ['EDGE'] },
      domainNameStatus: 'AVAILABLE',
    });
    expect(created.regionalDomainName).toBeUndefined();
    expect((await get()).tags).toEqual({});
  });

  it('of private endpoints have an id, and its ARN the account', async () => {
    const created = await create({ endpointConfiguration: { types: ['PRIVATE'] } });
    expect(created.domainNameId).toMatch(/^[a-z0-9]+$/);
    expect(created.domainNameArn).toBe(
      `arn:aws:apigateway:us-east-1:${ACCOUNT}:/domainnames/${domainName}+${created.domainNameId}`,
    );
    expect(await get(created.domainNameId)).toMatchObject({ domainName, domainNameId: created.domainNameId });
    await plane.send(new DeleteDomainNameCommand({ domainName, domainNameId: created.domainNameId }));
  });

  it('are refused twice, with a name that is none, and with unknown patches', async () => {
    await create();
    expect(await plane.refusal(new CreateDomainNameCommand({ domainName }))).toMatch(
      /^(BadRequestException 400|ConflictException 409): /,
    );
    expect(await plane.refusal(new CreateDomainNameCommand({ domainName: 'no name' }))).toMatch(/^BadRequestException 400: /);
    expect(await plane.refusal(patch(replace('/nosuch', 'x')))).toMatch(/^BadRequestException 400: Invalid patch path/);
    expect(await plane.refusal(patch({ op: 'x' as never, path: '/securityPolicy' }))).toBe(
      invalid(`Value 'x' at 'updateDomainNameInput.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`),
    );
    expect(
      await plane.refusal(new CreateDomainNameCommand({ domainName: 'x.example.com', securityPolicy: 'X' as never })),
    ).toMatch(/^ValidationException 400: 1 validation error detected: Value 'X' at 'createDomainNameInput\.securityPolicy' /);
  });

  it('move from edge to regional endpoints, with certificates by their ARNs', async () => {
    const imported = await plane.raw('POST', '/gatehouse/certificates', material);
    const { certificateId } = JSON.parse(imported.body) as { certificateId: string };
    expect(imported.status, imported.body).toBeLessThan(300);
    const arn = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/${certificateId}`;
    await create({ certificateArn: arn });
    const moved = await plane.send(
      patch(replace('/endpointConfiguration/types/0', 'REGIONAL'), replace('/regionalCertificateArn', arn)),
    );
    expect(moved).toMatchObject({
      regionalCertificateArn: arn,
      regionalDomainName: expect.stringMatching(/^d-/),
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    const owned = await plane.send(patch(replace('/ownershipVerificationCertificateArn', arn)));
    expect(owned.ownershipVerificationCertificateArn).toBe(arn);
  });

  it('require mutual TLS where they have a truststore, until it is emptied', async () => {
    const mutualTlsAuthentication = { truststoreUri: 's3://bucket/key.pem', truststoreVersion: '1' };
    const created = await create({
      endpointConfiguration: { types: ['REGIONAL'] },
      mutualTlsAuthentication,
      ...material,
      regionalCertificateName: 'mine',
    });
    expect(created.mutualTlsAuthentication).toMatchObject(mutualTlsAuthentication);
    const changed = await plane.send(patch(replace('/mutualTlsAuthentication/truststoreVersion', '2')));
    expect(changed.mutualTlsAuthentication).toMatchObject({ ...mutualTlsAuthentication, truststoreVersion: '2' });
    const without = await plane.send(patch(replace('/mutualTlsAuthentication/truststoreUri', '')));
    expect(without.mutualTlsAuthentication).toBeUndefined();
  });
});

describe('base path mappings', () => {
  const map = (restApiId: string, more: Partial<CreateBasePathMappingCommandInput> = {}) =>
    new CreateBasePathMappingCommand({ domainName, restApiId, ...more });
  const update = (basePath: string, ...patchOperations: PatchOperation[]) =>
    new UpdateBasePathMappingCommand({ domainName, basePath, patchOperations });
  const read = (basePath: string) => new GetBasePathMappingCommand({ domainName, basePath });

  it('are created, read, listed, changed and deleted', async () => {
    await create();
    const { restApiId } = await plane.newStage();
    await plane.send(new CreateDeploymentCommand({ restApiId, stageName: 'beta' }));
    const pets = { basePath: 'pets', restApiId, stage: 'prod' };
    expect(await plane.send(map(restApiId, { basePath: 'pets', stage: 'prod' }))).toEqual(pets);
    const whole = { basePath: '(none)', restApiId };
    expect(await plane.send(map(restApiId))).toEqual(whole);
    expect(await plane.send(read('pets'))).toEqual(pets);
    expect(await plane.send(read('(none)'))).toEqual(whole);
    const { items } = await plane.send(new GetBasePathMappingsCommand({ domainName }));
    expect(items).toHaveLength(2);
    expect(items).toEqual(expect.arrayContaining([pets, whole]));
    const dogs = { basePath: 'dogs', restApiId, stage: 'beta' };
    expect(await plane.send(update('pets', replace('/basePath', 'dogs'), replace('/stage', 'beta')))).toEqual(dogs);
    expect(await plane.refusal(read('pets'))).toBe(NO_MAPPING);
    expect(await plane.send(update('dogs'))).toEqual(dogs);
    const target = await plane.newStage();
    expect(await plane.send(update('dogs', replace('/restapiId', target.restApiId), replace('/stage', 'prod')))).toEqual({
      basePath: 'dogs',
      restApiId: target.restApiId,
      stage: 'prod',
    });
    const remove = (basePath: string) => new DeleteBasePathMappingCommand({ domainName, basePath });
    expect(await plane.send(remove('(none)'))).toEqual({});
    expect(await plane.refusal(remove('(none)'))).toBe(NO_MAPPING);
    expect(await plane.refusal(update('pets'))).toBe(NO_MAPPING);
  });

  it('are refused', async () => {
    await create();
    const { restApiId } = await plane.newStage();
    await plane.send(map(restApiId, { basePath: 'pets' }));
    expect(await plane.refusal(map(restApiId, { basePath: 'pets' }))).toBe(
      conflict('Base path already exists for this domain name'),
    );
    expect(await plane.refusal(map(restApiId, { basePath: 'a/b' }))).toBe(
      badRequest(
        "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
      ),
    );
    expect(await plane.refusal(map('nosuchapi1', { basePath: 'x' }))).toMatch(
      /^(BadRequestException 400|NotFoundException 404): /,
    );
    expect(await plane.refusal(map(restApiId, { basePath: 'x', stage: 'nosuch' }))).toMatch(
      /^(BadRequestException 400|NotFoundException 404): /,
    );
    expect(await plane.refusal(map(restApiId, { domainName: 'nosuch.example.com' }))).toBe(NO_DOMAIN);
    expect(await plane.refusal(new GetBasePathMappingsCommand({ domainName: 'nosuch.example.com' }))).toBe(NO_DOMAIN);
    expect(await plane.refusal(update('pets', { op: 'x' as never, path: '/stage' }))).toBe(
      invalid(
        `Value 'x' at 'updateBasePathMappingInput.patchOperations.1.member.op' failed to satisfy constraint: ${OPERATIONS}`,
      ),
    );
  });
});

describe('access associations of private domain names', () => {
  it('are created, listed, tagged, rejected and deleted', async () => {
    const { domainNameArn } = await create({ endpointConfiguration: { types: ['PRIVATE'] } });
    const associate = (accessAssociationSource: string) =>
      plane.send(
        new CreateDomainNameAccessAssociationCommand({
          domainNameArn,
          accessAssociationSource,
          accessAssociationSourceType: 'VPCE',
          tags: { a: 'b' },
        }),
      );
    const first = await associate('vpce-1');
    const arn = first.domainNameAccessAssociationArn!;
    expect(first).toEqual({
      domainNameAccessAssociationArn: expect.stringContaining(
        `:${ACCOUNT}:/domainnameaccessassociations/domainname/${domainName}+`,
      ),
      domainNameArn,
      accessAssociationSource: 'vpce-1',
      accessAssociationSourceType: 'VPCE',
      tags: { a: 'b' },
    });
    expect((await plane.send(new GetDomainNameAccessAssociationsCommand({}))).items).toContainEqual(first);
    await plane.send(new TagResourceCommand({ resourceArn: arn, tags: { c: 'd' } }));
    expect(await plane.send(new GetTagsCommand({ resourceArn: arn }))).toEqual({ tags: { a: 'b', c: 'd' } });
    const second = await associate('vpce-2');
    expect(
      await plane.send(
        new RejectDomainNameAccessAssociationCommand({
          domainNameAccessAssociationArn: second.domainNameAccessAssociationArn,
          domainNameArn,
        }),
      ),
    ).toEqual({});
    const remove = new DeleteDomainNameAccessAssociationCommand({ domainNameAccessAssociationArn: arn });
    expect(await plane.send(remove)).toEqual({});
    expect(await plane.refusal(remove)).toMatch(/^NotFoundException 404: /);
  });

  it('are refused for other domain names', async () => {
    const { domainNameArn } = await create();
    const command = new CreateDomainNameAccessAssociationCommand({
      domainNameArn,
      accessAssociationSource: 'vpce-1',
      accessAssociationSourceType: 'VPCE',
    });
    expect(await plane.refusal(command)).toMatch(/^BadRequestException 400: /);
    const domainNameAccessAssociationArn = 'arn:aws:apigateway:us-east-1:123456789012:/domainnameaccessassociations/x';
    const reject = new RejectDomainNameAccessAssociationCommand({ domainNameAccessAssociationArn, domainNameArn });
    expect(await plane.refusal(reject)).toBe(badRequest('Invalid ARN specified in the request'));
  });
});

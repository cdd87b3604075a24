import { createDatabase, type TestDatabase } from '@gatehouse/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Domains } from '../domain-name/domains.fixture.js';
import { refusal, testCall } from '../rest-api/definition.fixture.js';

let server: TestDatabase;
let refusing: Domains;
let denying: Domains;
let domainNameArn: string;
let id: string;

beforeAll(async () => {
  server = await createDatabase();
  [refusing, denying] = [await Domains.open(server.url), await Domains.open(server.url, 'deny')];
  const domain = await denying.domainNames.createDomainName(testCall(), {
    domainName: 'private.example.com',
    endpointConfiguration: { types: ['PRIVATE'] },
  });
  domainNameArn = domain.domainNameArn!;
  id = domain.domainNameId!;
});
afterAll(async () => {
  await Promise.all([refusing?.serving.close(), denying?.serving.close()]);
  await server?.drop();
});

const create = (source: string, more: object = {}, domains = denying, call = testCall()) =>
  domains.associations.createDomainNameAccessAssociation(call, {
    domainNameArn,
    accessAssociationSourceType: 'VPCE',
    accessAssociationSource: source,
    ...more,
  });
const arnOf = (source: string) =>
  `arn:aws:apigateway:us-east-1:123456789012:/domainnameaccessassociations/domainname/private.example.com+${id}/vpcesource/${source}`;
const list = (input: object = {}, call = testCall()) => denying.associations.getDomainNameAccessAssociations(call, input);
const wire = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
const NOT_FOUND = 'NotFoundException: Invalid domain name access association identifier specified';
const NO_DOMAIN = 'NotFoundException: Invalid domain name identifier specified';
const INVALID = 'BadRequestException: Invalid ARN specified in the request';

describe('domain name access associations', () => {
  it('are made, listed in pages, and deleted', async () => {
    expect(wire(await create('vpce-b', { tags: { a: 'b' } }))).toEqual({
      domainNameAccessAssociationArn: arnOf('vpce-b'),
      domainNameArn,
      accessAssociationSourceType: 'VPCE',
      accessAssociationSource: 'vpce-b',
      tags: { a: 'b' },
    });
    const other = await create('vpce-a');
    expect(other.tags).toBeUndefined();
    const first = await list({ limit: 1 });
    expect(wire(first.item)).toEqual([wire(other)]);
    expect((await list({ limit: 1, position: first.position })).item?.[0]?.accessAssociationSource).toBe('vpce-b');
    expect((await list({ resourceOwner: 'SELF' })).item).toHaveLength(2);
    expect(await list({ resourceOwner: 'OTHER_ACCOUNTS' })).toEqual({ item: [] });
    expect((await list({}, testCall({ accountId: '999999999999', region: 'us-east-1' }))).item).toEqual([]);
    expect(await refusal(create('vpce-a'))).toBe('ConflictException: The domain name access association already exists.');
    const remove = (domainNameAccessAssociationArn: string, call = testCall()) =>
      refusal(denying.associations.deleteDomainNameAccessAssociation(call, { domainNameAccessAssociationArn }));
    expect(await remove(arnOf('vpce-a'), testCall({ accountId: '999999999999', region: 'us-east-1' }))).toBe(NOT_FOUND);
    expect(await remove(arnOf('vpce-a').replace('123456789012', '999999999999'))).toBe(NOT_FOUND);
    expect(await remove(arnOf('vpce-a'))).toBe('no error');
    expect(await remove(arnOf('vpce-a'))).toBe(NOT_FOUND);
    expect(await remove('vpce-a')).toBe(INVALID);
  });

  it('are of private domain names only, and of endpoints', async () => {
    expect(await refusal(create('vpce-x', { domainNameArn: 'arn:aws:apigateway:us-east-1::/domainnames/a.example.com' }))).toBe(
      INVALID,
    );
    for (const arn of [
      domainNameArn.replace(id, 'unknown'),
      domainNameArn.replace('us-east-1', 'eu-west-1'),
      domainNameArn.replace('123456789012', '999999999999'),
    ]) {
      expect(await refusal(create('vpce-x', { domainNameArn: arn }))).toBe(NO_DOMAIN);
    }
    for (const source of ['', 'vpc-1', 'vpce-', 'vpce-a/b', `vpce-${'a'.repeat(65)}`])
      expect(await refusal(create(source))).toContain('BadRequestException: Invalid VPC endpoint specified');
  });

  it('are refused by name where what gateways cannot enforce is', async () => {
    expect(await refusal(create('vpce-x', {}, refusing))).toBe(
      'BadRequestException: The gateways cannot enforce these settings yet: domain private.example.com: access association vpce-x',
    );
  });

  it('are rejected by the owner of the domain name', async () => {
    await create('vpce-rejected');
    const reject = (domainNameAccessAssociationArn: string, of = domainNameArn) =>
      refusal(
        denying.associations.rejectDomainNameAccessAssociation(testCall(), {
          domainNameAccessAssociationArn,
          domainNameArn: of,
        }),
      );
    expect(await reject(arnOf('vpce-rejected'), domainNameArn.replace(id, 'other'))).toBe(NO_DOMAIN);
    const other = await denying.domainNames.createDomainName(testCall(), {
      domainName: 'private.example.com',
      endpointConfiguration: { types: ['PRIVATE'] },
    });
    expect(await reject(arnOf('vpce-rejected'), other.domainNameArn)).toBe(NOT_FOUND);
    expect(await reject(arnOf('vpce-rejected'), 'x')).toBe(INVALID);
    expect(await reject(arnOf('vpce-rejected'))).toBe('no error');
    expect(await reject(arnOf('vpce-rejected'))).toBe(NOT_FOUND);
  });

  it('have tags, as their domain name has', async () => {
    const { tags } = denying.serving.definition;
    await create('vpce-tagged');
    for (const resourceArn of [arnOf('vpce-tagged'), domainNameArn]) {
      await tags.tagResource(testCall(), { resourceArn, tags: { a: 'b', c: 'd' } });
      await tags.untagResource(testCall(), { resourceArn, tagKeys: ['a'] });
      expect(await tags.getTags(testCall(), { resourceArn })).toEqual({ tags: { c: 'd' } });
    }
    const get = (resourceArn: string) => refusal(tags.getTags(testCall(), { resourceArn }));
    expect(await get(arnOf('vpce-unknown'))).toBe(NOT_FOUND);
    expect(await get(domainNameArn.replace(id, 'other'))).toBe(NO_DOMAIN);
    expect(await get(domainNameArn.replace('123456789012', '999999999999'))).toBe(NO_DOMAIN);
    expect(await get(domainNameArn.replace('us-east-1', 'eu-west-1'))).toBe(INVALID);
  });

  it('go with their domain name', async () => {
    await create('vpce-last');
    await denying.domainNames.deleteDomainName(testCall(), { domainName: 'private.example.com', domainNameId: id });
    expect((await list()).item).toEqual([]);
  });
});

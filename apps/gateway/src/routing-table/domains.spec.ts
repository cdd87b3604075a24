import { issueCertificate, pipelineServices, restApiModel } from '@gatehouse/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { Documents, KEY, SCOPE } from '../documents.fixture.js';
import { RoutingTable } from './routing-table.js';

const services = pipelineServices();
const pets = restApiModel({ 'GET /pets': {} });
const shop = restApiModel({ 'GET /': {} }, { apiId: 'shop000000', disableExecuteApiEndpoint: true });

let table: RoutingTable;
beforeEach(() => {
  table = new RoutingTable({ services, dataPlaneKeys: [KEY], pathForms: true, listener: { stageRemoved: () => undefined } });
});

const resolve = (host: string, path: string) => {
  const found = table.resolve(host, path);
  return found && `${found.stage.key} ${path.slice(found.pathStart)}`;
};
const refusal = (host: string, path: string) => table.domainOf(host)?.refusal(path) ?? null;
const apply = (documents: Documents) => table.apply(documents.batch()).map(({ ref, reason }) => `${ref}: ${reason}`);
const apis = () => new Documents().stage(pets).stage(pets, 'beta').stage(shop);

describe('custom domains', () => {
  beforeEach(() => {
    const documents = apis()
      .domain('api.example.com', { pets: 'abcdefghij/prod', beta: 'abcdefghij/beta', any: 'abcdefghij', '': 'shop000000/prod' })
      .domain('staged.example.com', { '': 'abcdefghij' })
      .domain('some.example.com', { pets: 'abcdefghij/prod', gone: 'abcdefghij/gone', nobody: 'nobody0000/prod' })
      .domain('*.example.com', { wild: 'abcdefghij/prod' })
      .domain('*.deep.example.com', { deep: 'abcdefghij/prod' });
    expect(apply(documents)).toEqual([]);
  });

  it.each([
    // The base path is not part of the resource path.
    ['api.example.com', '/pets/pets', 'abcdefghij/prod /pets'],
    ['api.example.com', '/pets', 'abcdefghij/prod '],
    ['api.example.com', '/pets/', 'abcdefghij/prod /'],
    ['api.example.com', '/pets//x', 'abcdefghij/prod //x'],
    ['api.example.com', '/beta/pets', 'abcdefghij/beta /pets'],
    // A mapping without stage takes it from the path.
    ['api.example.com', '/any/beta/pets', 'abcdefghij/beta /pets'],
    ['api.example.com', '/any/prod', 'abcdefghij/prod '],
    ['staged.example.com', '/beta/pets', 'abcdefghij/beta /pets'],
    // What no base path has goes to the empty one, and reaches an API whose endpoint is closed.
    ['api.example.com', '/', 'shop000000/prod /'],
    ['api.example.com', '/other/pets', 'shop000000/prod /other/pets'],
    ['api.example.com', '/constructor', 'shop000000/prod /constructor'],
    // Path forms are not for custom domains.
    ['api.example.com', '/_aws/execute-api/abcdefghij/prod/pets', 'shop000000/prod /_aws/execute-api/abcdefghij/prod/pets'],
    ['x.example.com', '/wild/pets', 'abcdefghij/prod /pets'],
    ['x.deep.example.com', '/deep/pets', 'abcdefghij/prod /pets'],
  ])('%s%s', (host, path, found) => expect(resolve(host, path)).toBe(found));

  it.each([
    ['api.example.com', '/any'],
    ['api.example.com', '/any/gone/pets'],
    ['staged.example.com', '/'],
    ['staged.example.com', '/gone/pets'],
    ['some.example.com', '/'],
    ['some.example.com', '/other'],
    ['some.example.com', '/gone/pets'],
    ['some.example.com', '/nobody/pets'],
    ['some.example.com', '/__proto__/pets'],
    // An exact name comes before a wildcard, also for paths that it does not map.
    ['some.example.com', '/wild/pets'],
    ['x.example.com', '/pets/pets'],
    ['x.example.com', '/_aws/execute-api/abcdefghij/prod/pets'],
    // A wildcard stands for one label, and not for none.
    ['x.y.example.com', '/wild/pets'],
    ['example.com', '/wild/pets'],
    ['.example.com', '/wild/pets'],
    ['*.other.com', '/wild/pets'],
  ])('%s%s is nobody', (host, path) => {
    expect(resolve(host, path)).toBeUndefined();
    expect(refusal(host, path)).toBeNull();
  });

  it('security class: path normalisation against authorization: a base path is one spelling of one segment', () => {
    for (const path of ['/PETS/x', '/pets;x/x', '/pets%2Fx', '/pets.', '/pet', '/petsx/x', '/x/pets', '/%24pets/x', '/pets,/x']) {
      expect(resolve('some.example.com', path), path).toBeUndefined();
    }
  });

  it('security class: path normalisation against authorization: what a backend may read as a base path does not go to the empty one', () => {
    apply(
      new Documents().domain('two.example.com', { admin: 'abcdefghij/prod', 'a(b)': 'abcdefghij/prod', '': 'shop000000/prod' }),
    );
    for (const path of [
      '/admin;x/x',
      '/admin;x',
      '/admin%2Fx',
      '/admin%3Bx/x',
      '/admin%3Fx',
      '/%2Fadmin/x',
      '//admin/x',
      '/;x/admin/x',
      '/%2F;x%2Fadmin%2Fx',
      '/a%28b%29;x/x',
      '/x/..%3Bx/admin',
    ]) {
      expect(resolve('two.example.com', path), path).toBeUndefined();
      expect(refusal('two.example.com', path), path).toMatchObject({
        status: 403,
        reason: expect.stringContaining('a path that') as string,
      });
    }
    for (const path of ['/administration;x', '/x;admin', '/x/admin%2Fx', '/x;/admin', '/x%2F%2Fadmin', '/Admin;x', '/']) {
      expect(resolve('two.example.com', path), path).toBe(`shop000000/prod ${path}`);
      expect(refusal('two.example.com', path), path).toBeNull();
    }
    // Behind a base path, and where there is none, it is for the API to say.
    expect(resolve('two.example.com', '/admin/;x')).toBe('abcdefghij/prod /;x');
    expect(refusal('two.example.com', '/admin/;x')).toBeNull();
    expect(refusal('some.example.com', '/pets;x/x')).toBeNull();
  });

  it('are found in the spelling that URL libraries write', () => {
    const basePath = "a(b)+c!*'$";
    apply(new Documents().domain('two.example.com', { [basePath]: 'abcdefghij/prod', '': 'shop000000/prod' }));
    for (const path of [`/${basePath}`, '/a(b)%2Bc%21%2A%27%24', '/a%28b%29%2Bc%21%2A%27%24', '/a%28b%29+c!*%27$'])
      expect(resolve('two.example.com', `${path}/%24x`), path).toBe('abcdefghij/prod /%24x');
    expect(resolve('two.example.com', '/a(b)%252Bc/x')).toBe('shop000000/prod /a(b)%252Bc/x');
  });

  it('security class: tenant escape: a domain leads to APIs of its own account and region only', () => {
    for (const scope of [
      { ...SCOPE, region: 'eu-west-1' },
      { ...SCOPE, accountId: '999999999999' },
    ]) {
      apply(new Documents(scope).domain('thief.example.org', { '': 'abcdefghij/prod' }));
      expect(resolve('thief.example.org', '/pets')).toBeUndefined();
    }
    const moved = new Documents().domain('thief.example.org', { '': 'abcdefghij/prod' });
    moved.documents[0]!.key = 'api.example.com';
    expect(apply(moved)).toEqual(['domain 123456789012/us-east-1/api.example.com: it speaks of thief.example.org']);
  });

  it('follow their changes, and the APIs that come and go', () => {
    apply(new Documents().domain('api.example.com', { pets: 'abcdefghij/beta', late: 'late000000/prod' }));
    expect(resolve('api.example.com', '/pets/pets')).toBe('abcdefghij/beta /pets');
    expect(resolve('api.example.com', '/')).toBeUndefined();
    expect(resolve('api.example.com', '/late/')).toBeUndefined();
    apply(new Documents().stage({ ...shop, apiId: 'late000000' }).removed('stage', 'abcdefghij/beta'));
    expect(resolve('api.example.com', '/late/')).toBe('late000000/prod /');
    expect(resolve('api.example.com', '/pets/pets')).toBeUndefined();
    apply(
      new Documents()
        .removed('domain', 'api.example.com')
        .removed('domain', '*.deep.example.com')
        .removed('domain', 'unknown.com'),
    );
    expect(resolve('api.example.com', '/wild/pets')).toBe('abcdefghij/prod /pets');
    expect(resolve('x.deep.example.com', '/deep/pets')).toBeUndefined();
  });

  it('deny everything where they ask for what cannot be enforced', () => {
    const asks = { mutualTlsAuthentication: { truststoreUri: 's3://bucket/key' } };
    apply(new Documents().domain('api.example.com', { pets: 'abcdefghij/prod' }, asks));
    for (const path of ['/pets/pets', '/']) expect(resolve('api.example.com', path)).toBeUndefined();
    const { status, body, reason } = refusal('api.example.com', '/')!;
    expect([status, String(body)]).toEqual([500, '{"message":"Internal server error"}']);
    expect(reason).toBe('settings that cannot be enforced: domain api.example.com: mutualTlsAuthentication');
    expect(table.domainOf('abcdefghij.execute-api.us-east-1.localhost')).toBeUndefined();
    apply(new Documents().domain('api.example.com', { pets: 'abcdefghij/prod' }));
    expect(resolve('api.example.com', '/pets/pets')).toBe('abcdefghij/prod /pets');
  });

  it('have private names beside public ones, which come first', () => {
    const types = ['PRIVATE' as const];
    const secret = { domainNameId: 'abc123', endpointConfiguration: { types, ipAddressType: 'dualstack' as const } };
    const newer = new Documents().domain('api.example.com', { '': 'abcdefghij/prod' }, secret);
    newer.documents[0]!.revision = 100;
    apply(newer);
    expect(resolve('api.example.com', '/pets/pets')).toBe('abcdefghij/prod /pets');
    apply(new Documents().removed('domain', 'api.example.com'));
    // A wildcard of the public has the host then.
    expect(resolve('api.example.com', '/pets/pets')).toBeUndefined();
    expect(resolve('api.example.com', '/wild/pets')).toBe('abcdefghij/prod /pets');
    apply(new Documents().removed('domain', '*.example.com'));
    expect(resolve('api.example.com', '/wild/pets')).toBeUndefined();
    expect(refusal('api.example.com', '/wild/pets')).not.toBeNull();
    apply(new Documents().domain('*.example.com', { wild: 'abcdefghij/prod' }, { ...secret, domainNameId: 'wild01' }));
    expect(refusal('api.example.com', '/')?.reason).toContain('domain api.example.com');
    expect(refusal('x.example.com', '/')?.reason).toContain('domain *.example.com');
    apply(new Documents().removed('domain', 'api.example.com+abc123').removed('domain', '*.example.com+wild01'));
    expect(table.domainOf('api.example.com')).toBeUndefined();
  });

  it('move to another region in one batch', () => {
    const there = new Documents({ ...SCOPE, region: 'eu-west-1' });
    there.stage({ ...pets, apiId: 'europe0000' }).domain('api.example.com', { pets: 'europe0000/prod' });
    for (const document of there.documents) document.revision += 100;
    there.documents.push(...new Documents().removed('domain', 'api.example.com').documents);
    expect(apply(there)).toEqual([]);
    expect(resolve('api.example.com', '/pets/pets')).toBe('europe0000/prod /pets');
  });
});

describe('certificates of custom domains', () => {
  const names = ['api.example.com'];
  const chosen = (id: string) => ({
    certificates: [
      {
        setting: 'regionalCertificateArn' as const,
        certificateArn: `arn:aws:acm:us-east-1:123456789012:certificate/${id}`,
        imported: true,
      },
    ],
  });
  const shown = () => table.certificates.find('API.example.com.');

  it('are shown before newer ones', () => {
    apply(new Documents().certificate('one', issueCertificate(), names));
    const one = shown();
    apply(new Documents().domain('api.example.com', {}, chosen('one')).certificate('two', issueCertificate(), names));
    expect(shown()).toBe(one);
    apply(new Documents().domain('api.example.com', {}, chosen('two')));
    expect(shown()).not.toBe(one);
    apply(new Documents().domain('api.example.com', {}, chosen('one')));
    expect(shown()).toBe(one);
    apply(
      new Documents().certificate('wild', issueCertificate(), ['*.example.com']).domain('api.example.com', {}, chosen('wild')),
    );
    expect(shown()).not.toBe(one);
  });

  it('give way when they have ended, do not cover the name, or are not there', () => {
    const ended = { ...issueCertificate({ notAfter: new Date('2026-01-01') }) };
    apply(
      new Documents()
        .certificate('one', ended, names)
        .certificate('other', issueCertificate(), ['other.example.com'])
        .certificate('two', issueCertificate(), names),
    );
    const two = shown();
    for (const id of ['one', 'other', 'nobody']) {
      apply(new Documents().domain('api.example.com', {}, chosen(id)));
      expect(shown(), id).toBe(two);
    }
  });

  it('are those of its own account and region where none is chosen, before newer and more exact ones of others', () => {
    apply(new Documents().certificate('own', issueCertificate(), ['*.example.com']));
    const own = shown();
    const foreign = [new Documents({ ...SCOPE, accountId: '999999999999' }), new Documents({ ...SCOPE, region: 'eu-west-1' })];
    for (const documents of foreign) {
      documents.certificate('foreign', issueCertificate(), names);
      documents.documents[0]!.revision = 100;
      apply(documents);
    }
    const other = shown();
    expect(other).not.toBe(own);
    apply(new Documents().domain('api.example.com', {}));
    expect(shown()).toBe(own);
    apply(new Documents().removed('domain', 'api.example.com').domain('*.example.com', {}));
    expect(shown()).toBe(own);
    apply(new Documents().domain('api.example.com', {}, chosen('nobody')).removed('certificate', 'own'));
    expect(shown()).toBe(other);
  });
});

import { issueCertificate, restApiModel } from '@gatehouse/testing';
import type { PipelineServices } from '@gatehouse/pipeline';
import { beforeEach, describe, expect, it } from 'vitest';
import { Documents, KEY, SCOPE } from '../documents.fixture.js';
import { RoutingTable } from './routing-table.js';

const services: PipelineServices = {
  limiter: { throttle: () => true, quota: () => true, count: () => undefined },
  upstream: {
    send() {
      throw new Error('nothing is called here');
    },
    close: () => Promise.resolve(),
  },
  bodyLimit: 1,
};
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
    expect(table.denial(host)).toBeNull();
  });

  it('security class: path normalisation against authorization: a base path is one spelling of one segment', () => {
    for (const path of ['/PETS/x', '/pets;x/x', '/pets%2Fx', '/pets.', '/pet', '/petsx/x', '/x/pets', '/%24pets/x', '/pets,/x']) {
      expect(resolve('some.example.com', path), path).toBeUndefined();
    }
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
    const { status, body, reason } = table.denial('api.example.com')!;
    expect([status, String(body)]).toEqual([500, '{"message":"Internal server error"}']);
    expect(reason).toBe('settings that cannot be enforced: domain api.example.com: mutualTlsAuthentication');
    expect(table.denial('abcdefghij.execute-api.us-east-1.localhost')).toBeNull();
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
    expect(resolve('api.example.com', '/pets/pets')).toBeUndefined();
    expect(table.denial('api.example.com')).not.toBeNull();
    apply(new Documents().removed('domain', 'api.example.com+abc123'));
    expect(resolve('api.example.com', '/wild/pets')).toBe('abcdefghij/prod /pets');
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
});

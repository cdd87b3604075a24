import { httpBackend, restApiModel, type HttpBackend } from '@gatehouse/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessRecord } from './access-log/access-record.js';
import { Documents } from './documents.fixture.js';
import { socketGateway, type SocketGateway } from './gateway.fixture.js';
import { bodyOf, exchangeRaw } from './raw-client.fixture.js';

let backend: HttpBackend;
let gateway: SocketGateway;

beforeAll(async () => {
  backend = await httpBackend();
  const requestParameters = Object.fromEntries(
    ['domainName', 'domainPrefix', 'path', 'resourcePath', 'stage'].map((name) => [
      `integration.request.header.x-${name}`,
      `context.${name}`,
    ]),
  );
  const integration = {
    type: 'HTTP_PROXY' as const,
    httpMethod: 'GET',
    uri: `${backend.url}/backend/{proxy}`,
    requestParameters: {
      ...requestParameters,
      'integration.request.path.proxy': 'method.request.path.proxy',
      'integration.request.header.x-variable': 'stageVariables.color',
    },
  };
  const model = restApiModel(
    { 'GET /{proxy+}': { integration, requestParameters: { 'method.request.path.proxy': true } } },
    { disableExecuteApiEndpoint: true },
  );
  gateway = await socketGateway(model);
  gateway.table.apply(
    new Documents()
      .stage(model, 'prod', { variables: { color: 'blue' } })
      .domain('api.example.com', { pets: 'abcdefghij/prod', any: 'abcdefghij' })
      .domain('*.example.com', { '': 'abcdefghij/prod' })
      .domain('mtls.example.com', { '': 'abcdefghij/prod' }, { mutualTlsAuthentication: { truststoreUri: 's3://b/k' } })
      .batch(),
  );
});
beforeEach(() => void backend.received.splice(0));
afterAll(async () => {
  await gateway.close();
  await backend.close();
});

const get = async (host: string, target: string) => {
  const { text } = await exchangeRaw(gateway.port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return { status: Number(text.split(' ', 2)[1]), body: bodyOf(text), text };
};
/** What the backend was asked last: its path, and what the context held. */
const asked = () => {
  const { url, header } = backend.received.at(-1)!;
  const [domainName, domainPrefix, path, resourcePath, stage, variable] = [
    'x-domainName',
    'x-domainPrefix',
    'x-path',
    'x-resourcePath',
    'x-stage',
    'x-variable',
  ].map(header);
  return { url, domainName, domainPrefix, path, resourcePath, stage, variable };
};

describe('requests for custom domains', () => {
  it.each([
    ['api.example.com', '/pets/a/b?x=y', '/backend/a/b?x=y', '/pets/a/b'],
    ['API.Example.COM:8080', '/pets/a', '/backend/a', '/pets/a'],
    ['api.example.com.', '/pets/a', '/backend/a', '/pets/a'],
    ['api.example.com', '/any/prod/a', '/backend/a', '/any/prod/a'],
    // One canonical form decides: unreserved characters are the same in both spellings.
    ['api.example.com', '/%70ets/a', '/backend/a', '/pets/a'],
  ])('%s%s', async (host, target, url, path) => {
    expect((await get(host, target)).status).toBe(200);
    expect(asked()).toEqual({
      url,
      domainName: 'api.example.com',
      domainPrefix: 'api',
      path,
      resourcePath: '/{proxy+}',
      stage: 'prod',
      variable: 'blue',
    });
  });

  it('tell the label that a wildcard stands for', async () => {
    expect((await get('tenant1.example.com', '/a')).status).toBe(200);
    expect(asked()).toMatchObject({ url: '/backend/a', domainName: 'tenant1.example.com', domainPrefix: 'tenant1', path: '/a' });
  });

  it.each([
    ['api.example.com', '/'],
    ['api.example.com', '/other/a'],
    ['api.example.com', '/any/gone/a'],
    ['other.com', '/pets/a'],
    ['abcdefghij.execute-api.us-east-1.localhost', '/prod/a'],
  ])('that lead nowhere are answered 403: %s%s', async (host, target) => {
    const { status, body, text } = await get(host, target);
    expect([status, body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(text).toContain('x-amzn-ErrorType: ForbiddenException');
    expect(backend.received).toEqual([]);
  });

  it('that ask for what cannot be enforced are answered 500 and reach no backend; health is no part of it', async () => {
    const { status, body } = await get('mtls.example.com', '/a');
    expect([status, body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(backend.received).toEqual([]);
    expect(gateway.outcomes.at(-1)?.exchange.error?.reason).toBe(
      'settings that cannot be enforced: domain mtls.example.com: mutualTlsAuthentication',
    );
    expect((await get('mtls.example.com', '/ping')).status).toBe(200);
  });

  it('are told of in the access log as such, served or refused; others are not', async () => {
    const domainName = async (host: string, target: string) => {
      await get(host, target);
      const record = JSON.parse(accessRecord(gateway.outcomes.at(-1)!)) as { domainName?: string };
      return record.domainName;
    };
    expect(await domainName('API.example.com.:80', '/pets/a')).toBe('api.example.com');
    expect(await domainName('tenant1.example.com', '/a')).toBe('tenant1.example.com');
    expect(await domainName('api.example.com', '/other')).toBe('api.example.com');
    expect(await domainName('mtls.example.com', '/a')).toBe('mtls.example.com');
    expect(await domainName('other.com', '/a')).toBeUndefined();
    expect(await domainName('abcdefghij.execute-api.us-east-1.localhost', '/prod/a')).toBeUndefined();
  });

  it('security class: path normalisation against authorization: dot segments never choose a base path', async () => {
    for (const target of ['/other/../pets/a', '/./pets/a', '/%2e%2e/pets/a', '/pets/..%2Fany/a', '/pets\\a'])
      expect((await get('api.example.com', target)).status, target).toBe(400);
    for (const target of ['/pets%2Fa', '/pets;x/a', '/Pets/a'])
      expect((await get('api.example.com', target)).status, target).toBe(403);
    expect(backend.received).toEqual([]);
  });
});

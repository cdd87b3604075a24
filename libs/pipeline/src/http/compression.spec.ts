import { gatewayFrom, httpBackend, restApiModel, type HttpBackend, type MethodsOf, type TestGateway } from '@gatehouse/testing';
import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type Integration = NonNullable<MethodsOf[string]['integration']>;

let backend: HttpBackend;
let answer: NonNullable<Parameters<typeof httpBackend>[0]>;
const gateways: TestGateway[] = [];
const LARGE = 'a text '.repeat(1_000);

beforeEach(async () => {
  answer = (response) => response.writeHead(200, { 'Content-Length': LARGE.length }).end(LARGE);
  backend = await httpBackend((response, request) => answer(response, request));
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await backend.close();
});

function compressing(
  minimumCompressionSize: number | undefined,
  integration: Integration = {},
  bodyLimit = 100_000,
): TestGateway {
  const model = restApiModel(
    { 'ANY /p': { integration: { type: 'HTTP_PROXY', uri: backend.url, ...integration } } },
    minimumCompressionSize === undefined ? {} : { minimumCompressionSize },
  );
  const gateway = gatewayFrom(model, { bodyLimit });
  gateways.push(gateway);
  return gateway;
}
const get = (...headers: string[]) => ({ path: '/p', headers });

describe('answers of an API with compression', () => {
  it.each([
    ['gzip', 'gzip', gunzipSync],
    ['deflate', 'deflate', inflateSync],
    ['deflate, gzip', 'gzip', gunzipSync],
    ['br, *', 'gzip', gunzipSync],
    ['gzip;q=0, *;q=0.1', 'deflate', inflateSync],
    ['GZIP; Q=1', 'gzip', gunzipSync],
  ])('are compressed for whoever accepts %s', async (accepted, coding, decode) => {
    for (const type of ['HTTP_PROXY', 'HTTP'] as const) {
      const answered = await compressing(100, { type }).call(get('Accept-Encoding', accepted));
      expect([answered.header('content-encoding'), answered.header('vary')]).toEqual([coding, 'Accept-Encoding']);
      expect(decode(answered.bytes).toString()).toBe(LARGE);
      expect(answered.bytes.length).toBeLessThan(LARGE.length / 10);
    }
  });

  it.each([
    [[]],
    [['Accept-Encoding', 'identity']],
    [['Accept-Encoding', 'br']],
    [['Accept-Encoding', 'gzip;q=0, deflate;q=0.0']],
  ])('and for others not: %j', async (headers) => {
    const answered = await compressing(0).call(get(...headers));
    expect([answered.header('content-encoding'), answered.body]).toEqual([undefined, LARGE]);
  });

  it('are compressed from the size on that was set, and where nobody knows it beforehand', async () => {
    const coding = async (size: number | undefined) =>
      (await compressing(size).call(get('Accept-Encoding', 'gzip'))).header('content-encoding');
    expect(await Promise.all([LARGE.length, LARGE.length + 1, undefined].map(coding))).toEqual(['gzip', undefined, undefined]);
    answer = (response) => {
      response.write('sh');
      response.end('ort');
    };
    expect(await coding(100)).toBe('gzip');
  });

  it.each<[string, Parameters<typeof httpBackend>[0]]>([
    ['without a body', (response) => response.writeHead(204).end()],
    ['of nothing', (response) => response.end()],
  ])('%s are not', async (_, answers) => {
    answer = answers!;
    expect((await compressing(0).call(get('Accept-Encoding', 'gzip'))).header('content-encoding')).toBeUndefined();
  });

  it('that break off break off compressed, too', async () => {
    answer = (response) => {
      response.writeHead(200, { 'Content-Length': 100_000 });
      response.write(LARGE);
      setTimeout(() => response.destroy(), 10);
    };
    expect((await compressing(0).call(get('Accept-Encoding', 'gzip'))).broken).toBe(true);
  });

  it('to HEAD say no coding', async () => {
    const answered = await compressing(0).call({ ...get('Accept-Encoding', 'gzip'), method: 'HEAD' });
    expect(answered.header('content-encoding')).toBeUndefined();
  });
});

describe('requests to an API with compression', () => {
  const post = (body: Buffer, coding: string) => ({ method: 'POST', path: '/p', body, headers: ['Content-Encoding', coding] });

  it.each([
    ['gzip', gzipSync],
    ['X-Gzip', gzipSync],
    ['deflate', deflateSync],
  ])('reach templates and backends decoded: %s', async (coding, encode) => {
    await compressing(0).call(post(encode('{"a":1}'), coding));
    await compressing(0, {
      type: 'HTTP',
      httpMethod: 'POST',
      requestTemplates: { 'application/json': '[$input.json("$.a")]' },
    }).call(post(encode('{"a":1}'), coding));
    expect(backend.received.map(({ body, header }) => [body, header('content-encoding')])).toEqual([
      ['{"a":1}', undefined],
      ['[1]', undefined],
    ]);
  });

  it('without compression reach them as they are', async () => {
    const body = gzipSync('{"a":1}');
    await compressing(undefined).call(post(body, 'gzip'));
    expect(backend.received[0]?.bytes).toEqual(body);
  });

  it('that say a coding which they do not have are refused', async () => {
    expect((await compressing(0).call(post(Buffer.from('no gzip'), 'gzip'))).status).toBe(400);
    expect(backend.received).toHaveLength(0);
  });

  it('security class: parameter explosion: a small body does not become a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await compressing(0).call(post(bomb, 'gzip'))).status).toBe(413);
    const template = { type: 'HTTP', httpMethod: 'POST', requestTemplates: { 'application/json': '$input.body' } } as const;
    expect((await compressing(0, template).call(post(bomb, 'gzip'))).status).toBe(413);
  });
});

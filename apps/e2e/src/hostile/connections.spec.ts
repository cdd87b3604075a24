import { END_HEADERS, fields, FrameClient, HEADERS } from '@gatehouse/testing/http2-frames';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import { asHttp2 } from './corpus/http2.js';
import type { HostileLab } from './hostile-lab.js';
import { chunked, get, post, request, SMUGGLED } from './messages.js';
import { tlsLab } from './tls-lab.fixture.js';

let lab: HostileLab;
let tlsPort: number;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ lab, tlsPort, stop } = await tlsLab({
    GATEHOUSE_HEADERS_TIMEOUT_SECONDS: '1',
    GATEHOUSE_REQUEST_TIMEOUT_SECONDS: '2',
  }));
});
afterAll(() => stop?.());

const block = (bytes: string, ...more: [string, string][]) =>
  fields(...asHttp2(bytes)!.map(([name, value]): [string, string] => [name, lab.fill(value)]), ...more);

describe('security class: spoofed trusted headers: what one request of a connection may, the next one may not for that:', () => {
  const good = get('/dev/secret', 'x-api-key: {key}\r\n');
  const ofNobody = 'GET /dev/open HTTP/1.1\r\nHost: nobody.execute-api.us-east-1.localhost\r\n\r\n';

  /** Sends requests on one connection, in one go or each when the one before it was answered. */
  async function answersOf(requests: readonly string[], together: boolean): Promise<number[]> {
    const client = lab.connect('');
    for (const [n, text] of requests.entries()) {
      client.send(lab.fill(text));
      if (!together) await client.settled(n + 1);
    }
    await client.settled(requests.length);
    client.socket.destroy();
    return client.received.map(({ status }) => status);
  }

  it.each([
    ['no key', get('/dev/secret')],
    ['a wrong key', get('/dev/secret', 'x-api-key: wrong\r\n')],
    ['a Host of nobody', ofNobody],
    ['an authority of nobody', get('http://nobody/dev/open')],
    ['a stage of nobody', get('/nothing/open')],
    ['another keyed resource', get('/dev/files/private')],
  ])('%s', async (_, forbidden) => {
    for (const requests of [
      [good, forbidden, good, forbidden, forbidden],
      [forbidden, good, forbidden],
    ])
      for (const together of [true, false]) {
        lab.backend.requests.length = 0;
        expect(await answersOf(requests, together)).toEqual(requests.map((text) => (text === good ? 200 : 403)));
        expect(new Set(lab.recorded())).toEqual(new Set(['GET /secret']));
        expect(lab.recorded()).toHaveLength(requests.filter((text) => text === good).length);
      }
  });

  it('no key and an authority of nobody, over HTTP/2', async () => {
    const client = await FrameClient.greeting(tlsPort);
    const bodies: string[] = [];
    for (const [n, text] of [good, get('/dev/secret'), good, ofNobody].entries()) {
      client.request(2 * n + 1, block(text));
      await client.settled(2 * n + 1);
      bodies.push(client.bodyOf(2 * n + 1).toString());
    }
    client.close();
    expect(bodies).toEqual(['GET /secret', '{"message":"Forbidden"}', 'GET /secret', '{"message":"Forbidden"}']);
  });
});

describe('security class: HTTP/1.1 smuggling: Expect: nobody is told to go on with a body that goes nowhere:', () => {
  /** A key that has used up what it may. */
  async function spent(limits: Parameters<HostileLab['addKey']>[0]): Promise<string> {
    const key = await lab.addKey(limits);
    await until('the key to be used up', async () => {
      const { status } = await lab.gateway.call(lab.apiId, '/dev/secret', { headers: { 'x-api-key': key } });
      return status === 429 ? true : undefined;
    });
    return key;
  }

  const keys = new Map<string, string>();
  beforeAll(async () => {
    keys.set('{throttled}', await spent({ throttle: { rateLimit: 0.001, burstLimit: 1 } }));
    keys.set('{spent}', await spent({ quota: { limit: 0, period: 'DAY' } }));
  });
  const fill = (text: string) => [...keys].reduce((filled, [name, key]) => filled.replaceAll(name, key), lab.fill(text));

  const REFUSED = [
    ['no key', '/dev/secret', '', 403],
    ['a wrong key', '/dev/secret', 'x-api-key: wrong\r\n', 403],
    ['a key that is throttled', '/dev/secret', 'x-api-key: {throttled}\r\n', 429],
    ['a key whose quota is spent', '/dev/secret', 'x-api-key: {spent}\r\n', 429],
    ['no such resource', '/dev/nothing', '', 403],
    ['no such stage', '/nothing/open', '', 403],
    ['a path without a canonical form', '/dev/../open', '', 400],
  ] as const;

  it.each(REFUSED)('%s', async (_, path, headers, status) => {
    for (const framing of ['Content-Length: 5\r\n', 'Transfer-Encoding: chunked\r\n']) {
      const client = lab.connect('');
      client.send(fill(request(`POST ${path} HTTP/1.1`, `${headers}Expect: 100-continue\r\n${framing}`)));
      await client.settled(1);
      expect([client.received.map((answer) => answer.status), client.interim]).toEqual([[status], 0]);
      client.socket.destroy();
    }
  });

  it.each(REFUSED)('%s, over HTTP/2', async (_, path, headers, status) => {
    const client = await FrameClient.greeting(tlsPort);
    const head = asHttp2(request(`POST ${path} HTTP/1.1`, `${headers}Expect: 100-continue\r\n`))!;
    client.request(1, fields(...head.map(([name, value]): [string, string] => [name, fill(value)])), END_HEADERS);
    await client.settled(1);
    expect([client.statusOf(1), client.frames.filter(({ type }) => type === HEADERS).length]).toEqual([status, 1]);
    client.close();
  });

  it('but where it goes on it is', async () => {
    const client = lab.connect(post('Expect: 100-continue\r\nContent-Length: 5\r\n', ''));
    await client.until('100', () => client.interim > 0);
    expect((await client.send('hello').answer(0)).status).toBe(200);
    client.socket.destroy();
  });
});

describe('security class: HTTP/1.1 smuggling: what comes after a pause is no request', () => {
  /** Sends the rest of a message when the first part of it was answered. */
  async function pausing(begin: string, rest: string) {
    lab.backend.requests.length = 0;
    const client = lab.connect(begin);
    await client.settled(1);
    const open = client.socket.writable && client.ending === null;
    if (open) client.send(lab.fill(rest));
    return { client, open };
  }
  const others = () => lab.recorded().filter((text) => !text.startsWith('GET /files/own-'));

  it.each<[name: string, begin: string, rest: string]>([
    ['in a body, behind its 408', post(`Content-Length: ${SMUGGLED.length}\r\n`, SMUGGLED.slice(0, 1)), SMUGGLED],
    ['for all of a body, behind its 408', post(`Content-Length: ${SMUGGLED.length}\r\n`, ''), SMUGGLED],
    ['in chunks, behind their 408', chunked('5\r\nhel'), `lo\r\n0\r\n\r\n${SMUGGLED}`],
    ['in a head, behind its 408', get('/dev/open').slice(0, -2), `\r\n${SMUGGLED}`],
    ['behind a refused head', get('/dev/open', 'X : y\r\n'), SMUGGLED],
    ['behind a body that is too large', post('Content-Length: 99999999\r\n', ''), SMUGGLED],
  ])('%s', async (_, begin, rest) => {
    const { client } = await pausing(begin, rest);
    await client.closed();
    expect(client.received).toHaveLength(1);
    expect(client.received[0]?.status).toBeGreaterThanOrEqual(400);
    await lab.askAsBystander();
    expect(others()).toEqual([]);
  });

  it.each<[name: string, begin: string, status: number]>([
    ['of one without its key', request('POST /dev/secret HTTP/1.1', `Content-Length: ${SMUGGLED.length}\r\n`), 403],
    ['of one to no resource', request('POST /dev/nothing HTTP/1.1', `Content-Length: ${SMUGGLED.length}\r\n`), 403],
    ['of a health check', request('GET /ping HTTP/1.1', `Content-Length: ${SMUGGLED.length}\r\n`), 200],
  ])('but the body %s, whose answer came early', async (_, begin, status) => {
    const { client, open } = await pausing(begin, SMUGGLED + get('/dev/files/behind'));
    if (open) await client.settled(2);
    expect(client.received.map((answer) => answer.status)).toEqual([status, 200]);
    await lab.askAsBystander();
    expect(others()).toEqual(['GET /files/behind']);
    client.socket.destroy();
  });

  it('at the backend, whose answer came before the body', async () => {
    lab.backend.arrived = ({ socket, partial }) => {
      if (partial.includes('POST /open')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood');
    };
    const { client } = await pausing(post(`Content-Length: ${SMUGGLED.length}\r\n`, SMUGGLED.slice(0, 1)), SMUGGLED.slice(1));
    lab.backend.arrived = () => undefined;
    expect(client.received.map(({ body }) => body)).toEqual(['good']);
    await client.send(lab.fill(get('/dev/files/behind'))).settled(2);
    await lab.askAsBystander();
    expect(others()).toEqual(client.received.length === 2 ? ['GET /files/behind'] : []);
    client.socket.destroy();
  });
});

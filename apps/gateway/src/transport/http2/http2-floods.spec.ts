import type { Exchange } from '@gatehouse/pipeline';
import {
  CANCEL,
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  ENHANCE_YOUR_CALM,
  fields,
  frame,
  FrameClient,
  HEADERS,
  integer,
  INTERNAL_ERROR,
  keptField,
  ofStream,
  PING,
  pseudo,
  RST_STREAM,
  SETTINGS,
  uint32,
  WINDOW_UPDATE,
} from '@gatehouse/testing/http2-frames';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ClientLimits } from '../connection-host.js';
import { answer, FedStream, ScriptedServer, until } from '../http1/http1.fixture.js';
import { localTls } from '../tls/tls.fixture.js';

// Deadlines are waited for, and a busy machine takes longer.
vi.setConfig({ testTimeout: 20_000 });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serving(act: (exchange: Exchange) => void, limits: Partial<ClientLimits> = {}): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(act, limits, { tls: localTls() });
  closers.push(() => server.close());
  return server;
}

async function attacker({ port }: ScriptedServer, ...settings: [number, number][]): Promise<FrameClient> {
  const client = await FrameClient.greeting(port, ...settings);
  closers.push(() => client.close());
  return client;
}

const repeated = (bytes: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** Megabytes in use, after what nobody holds is gone. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_048_576;
}

/** Someone else is served all the while. */
async function expectServing(server: ScriptedServer): Promise<void> {
  const client = await attacker(server);
  client.request(1, fields(...pseudo('GET', '/other')));
  await until(() => client.hasEnded(1));
}

const get = fields(...pseudo('GET'));
const post = fields(...pseudo('POST'));
/** Everyone but the attackers gets an answer. */
const onlyOthers = (exchange: Exchange) => {
  if (exchange.request.rawTarget === '/other') answer(exchange, 'ok');
};

describe('security class: HTTP/2 floods and bombs: requests that are given up', () => {
  /** What a client may make begin before its connection is ended: what it may give up, and what it may have under way. */
  const MOST_BEGUN = 200 + 100;

  const request = frame(HEADERS, END_HEADERS | END_STREAM, 0, get);
  const announced = frame(HEADERS, END_HEADERS, 0, fields(...pseudo('POST'), ['content-length', '5']));

  it.each([
    ['by the client (CVE-2023-44487)', [request, frame(RST_STREAM, 0, 0, uint32(CANCEL))]],
    ['by the client, without an error', [request, frame(RST_STREAM, 0, 0, uint32(0))]],
    ['by the server, which the client makes do it (CVE-2025-8671)', [announced, frame(DATA, END_STREAM, 0, Buffer.from('less'))]],
  ])('%s', async (_, frames) => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    await client.flood(1_000, (n) =>
      Buffer.concat(
        Array.from({ length: 10 }, (_each, index) => frames.map((bytes) => ofStream((n * 10 + index) * 2 + 1, bytes))).flat(),
      ),
    );
    await client.ended();
    expect(server.exchanges.length).toBeLessThanOrEqual(MOST_BEGUN);
    expect(server.exchanges.length).toBeGreaterThan(50);
    await until(() => server.outcomes.length === server.exchanges.length);
    await expectServing(server);
  });

  it('may be as many as a page has parts', async () => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    for (let stream = 1; stream < 2 * 90; stream += 2) client.send(ofStream(stream, request));
    await until(() => server.exchanges.length === 90);
    for (let stream = 1; stream < 2 * 90; stream += 2) client.send(frame(RST_STREAM, 0, stream, uint32(CANCEL)));
    await until(() => server.outcomes.length === 90);
    client.request(201, fields(...pseudo('GET', '/other')));
    await until(() => client.hasEnded(201));
  });
});

describe('security class: HTTP/2 floods and bombs: streams', () => {
  it('beyond what may be open at once begin nothing', async () => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    await client.flood(100, (n) =>
      Buffer.concat(
        Array.from({ length: 10 }, (_, index) => frame(HEADERS, END_HEADERS | END_STREAM, (n * 10 + index) * 2 + 1, get)),
      ),
    );
    await client.ended();
    expect(server.exchanges).toHaveLength(100);
    await expectServing(server);
  });

  it('of one address are no more than its connections may be, however they are spread', async () => {
    const waiting: Exchange[] = [];
    const server = await serving((exchange) => void waiting.push(exchange), { connectionsPerAddress: 5 });
    const [one, other] = [await attacker(server), await attacker(server)];
    one.request(1, get).request(3, get).request(5, get);
    await until(() => waiting.length === 3);
    other.request(1, get).request(3, get).request(5, get);
    await until(() => other.hasEnded(5));
    expect([waiting.length, [...server.server.counts.refusedMessages]]).toEqual([5, [[503, 1]]]);
    expect(other.bodyOf(5).toString()).toBe('{"message":"Service Unavailable"}');
    await (await FrameClient.connect(server.port).catch(() => null))?.ended();
    expect(server.server.counts).toMatchObject({ connections: 2, refusedConnections: 1 });
    for (const exchange of waiting.splice(0)) answer(exchange, 'ok');
    await until(() => server.outcomes.length === 5);
    for (const stream of [7, 9, 11, 13]) other.request(stream, get);
    one.request(7, get);
    await until(() => waiting.length === 5);
    other.request(15, get);
    await until(() => other.hasEnded(15));
    for (const client of [one, other]) client.close();
    await until(() => server.server.counts.connections === 0);
    await Promise.all([1, 2, 3, 4, 5].map(() => attacker(server)));
    await until(() => server.server.counts.connections === 5);
  });

  it('whose answers are not taken hold no more than a window each', async () => {
    let given = 0;
    const chunk = Buffer.alloc(65_536);
    /** Gives without end, until it is told to wait. */
    class Endless extends FedStream {
      override start(sink: NonNullable<FedStream['sink']>): void {
        super.start(sink);
        while (this.pauses === 0) {
          sink.data(chunk);
          given += chunk.length;
        }
      }
    }
    const server = await serving((exchange) => {
      exchange.respond({ status: 200, headers: [], body: new Endless(), length: null });
    });
    const INITIAL_WINDOW_SIZE = 4;
    const client = await attacker(server, [INITIAL_WINDOW_SIZE, 0]);
    for (let stream = 1; stream < 200; stream += 2) client.request(stream, get);
    await until(() => client.frames.filter(({ type }) => type === HEADERS).length === 100);
    expect(given).toBe(100 * chunk.length);
  });

  it('whose answers come in crumbs and are not taken hold little more than that', async () => {
    const crumb = Buffer.from('c');
    const endings: (() => void)[] = [];
    /** Gives a byte at a time, until it is told to wait. */
    class Crumbs extends FedStream {
      override start(sink: NonNullable<FedStream['sink']>): void {
        super.start(sink);
        while (this.pauses === 0) sink.data(crumb);
        endings.push(() => sink.end());
      }
    }
    const server = await serving((exchange) => {
      exchange.respond({ status: 200, headers: [], body: new Crumbs(), length: null });
    });
    const INITIAL_WINDOW_SIZE = 4;
    const client = await attacker(server, [INITIAL_WINDOW_SIZE, 0]);
    const before = memoryInUse();
    for (let stream = 1; stream < 20; stream += 2) client.request(stream, get);
    await until(() => client.frames.filter(({ type }) => type === HEADERS).length === 10);
    const grown = memoryInUse() - before;
    expect(grown).toBeLessThan(10);
    for (const end of endings) end();
    for (let stream = 1; stream < 20; stream += 2) client.send(frame(WINDOW_UPDATE, 0, stream, uint32(1_000_000)));
    client.send(frame(WINDOW_UPDATE, 0, 0, uint32(10_000_000)));
    for (let stream = 1; stream < 20; stream += 2) await until(() => client.hasEnded(stream));
    const bytes = client.frames.filter(({ type }) => type === DATA).map(({ payload }) => payload.length);
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBe(10 * 65_536);
  });
});

describe('security class: HTTP/2 floods and bombs: heads', () => {
  it.each([
    ['of nothing', Buffer.alloc(0)],
    ['of fields', fields(['x-a', 'a'.repeat(1000)])],
    ['as large as they may be', fields(['x-a', 'a'.repeat(16_000)])],
  ])('that go on and on in CONTINUATION frames %s (CVE-2024-27983)', async (_, payload) => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    const before = memoryInUse();
    client.send(frame(HEADERS, END_STREAM, 1, get));
    const batch = repeated(frame(CONTINUATION, 0, 1, payload), 10);
    await client.flood(1_000, () => batch);
    await client.ended();
    expect(server.exchanges).toHaveLength(0);
    expect(memoryInUse() - before).toBeLessThan(10);
    await expectServing(server);
  });

  it('that are small on the wire and large in memory (CVE-2026-47774)', async () => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    const before = memoryInUse();
    // 4,000 bytes, named by one byte again and again: 64 MB a request.
    const named = repeated(integer(62, 7, 0x80), 16_000);
    await client.flood(50, (n) => {
      const stream = n * 2 + 1;
      const kept = Buffer.concat([get, keptField('x-a', 'a'.repeat(4_000))]);
      return Buffer.concat([frame(HEADERS, END_STREAM, stream, kept), frame(CONTINUATION, END_HEADERS, stream, named)]);
    });
    expect(await client.resetOf(1)).toBe(ENHANCE_YOUR_CALM);
    expect(server.exchanges).toHaveLength(0);
    expect(memoryInUse() - before).toBeLessThan(20);
    await expectServing(server);
  });

  it('of more fields than HTTP/1.1 may have, in crumbs of cookies too', async () => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    const crumbs = fields(...Array.from({ length: 101 }, (_, n) => ['cookie', `c${n}=1`] as [string, string]));
    client.request(1, Buffer.concat([get, crumbs]));
    expect(await client.resetOf(1)).toBe(ENHANCE_YOUR_CALM);
    expect(server.exchanges).toHaveLength(0);
  });
});

describe('security class: HTTP/2 floods and bombs: frames that want answers which nobody reads', () => {
  it.each([
    ['PING (CVE-2019-9512)', frame(PING, 0, 0, Buffer.alloc(8))],
    ['SETTINGS (CVE-2019-9515)', frame(SETTINGS, 0, 0, Buffer.from([0, 3, 0, 0, 0, 100]))],
  ])('%s', async (_, bytes) => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    client.socket.pause();
    const before = memoryInUse();
    const batch = repeated(bytes, 4_000);
    await client.flood(2_000, () => batch);
    expect(client.closed || client.socket.destroyed).toBe(true);
    expect(memoryInUse() - before).toBeLessThan(30);
    await expectServing(server);
  });
});

describe('security class: HTTP/2 floods and bombs: bodies', () => {
  it('of frames without bytes (CVE-2019-9518)', async () => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    client.request(1, post, END_HEADERS);
    const batch = repeated(frame(DATA, 0, 1), 100);
    await client.flood(1_000, () => batch);
    await client.ended();
    await expectServing(server);
  });

  it('of frames of one byte that nobody takes hold no more than a window', async () => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    const before = memoryInUse();
    const streams = [1, 3, 5, 7];
    for (const stream of streams) client.request(stream, post, END_HEADERS);
    for (const stream of streams) {
      const batch = repeated(frame(DATA, 0, stream, Buffer.from('x')), 6_000);
      await client.flood(10, () => batch);
    }
    client.send(frame(PING, 0, 0, Buffer.alloc(8)));
    await client.next(PING, 0);
    expect(memoryInUse() - before).toBeLessThan(5);
    expect(client.closed).toBe(false);
  });

  it('of frames of one byte behind requests that are refused are not kept, and nobody waits long for who does not take the answer', async () => {
    const server = await serving(() => expect.unreachable());
    const INITIAL_WINDOW_SIZE = 4;
    const client = await attacker(server, [INITIAL_WINDOW_SIZE, 0]);
    const before = memoryInUse();
    const streams = [1, 3, 5, 7];
    for (const stream of streams) client.request(stream, fields(...pseudo('BREW')), END_HEADERS);
    for (const stream of streams) {
      const batch = repeated(frame(DATA, 0, stream, Buffer.from('x')), 6_000);
      await client.flood(10, () => batch);
    }
    client.send(frame(PING, 0, 0, Buffer.alloc(8)));
    await client.next(PING, 0);
    expect(memoryInUse() - before).toBeLessThan(5);
    for (const stream of streams) expect(await client.resetOf(stream)).toBe(INTERNAL_ERROR);
    client.request(9, fields(...pseudo('BREW')));
    client.send(frame(WINDOW_UPDATE, 0, 9, uint32(1_000)));
    await until(() => client.hasEnded(9));
    expect(client.closed).toBe(false);
  });

  it('that come too late for a stream that was answered without them do no harm', async () => {
    const server = await serving((exchange) => answer(exchange, 'no'));
    const client = await attacker(server);
    const late = frame(DATA, 0, 0, Buffer.alloc(1_000));
    for (let stream = 1; stream < 2 * 120; stream += 2) {
      client.request(stream, post, END_HEADERS);
      await client.resetOf(stream);
      client.send(ofStream(stream, late), ofStream(stream, late), frame(WINDOW_UPDATE, 0, stream, uint32(1_000)));
      client.send(frame(RST_STREAM, 0, stream, uint32(CANCEL)));
    }
    client.request(2 * 120 + 1, get);
    await until(() => client.hasEnded(2 * 120 + 1));
  });

  it('beyond their window end the connection', async () => {
    const server = await serving(onlyOthers);
    const client = await attacker(server);
    client.request(1, post, END_HEADERS);
    await client.flood(10, () => frame(DATA, 0, 1, Buffer.alloc(16_000)));
    await client.ended();
    await until(() => server.outcomes.length === 1);
    await expectServing(server);
  });
});

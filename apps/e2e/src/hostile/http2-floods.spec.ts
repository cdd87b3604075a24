import {
  CANCEL,
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  fields,
  frame,
  FrameClient,
  HEADERS,
  integer,
  keptField,
  ofStream,
  PING,
  RST_STREAM,
  SETTINGS,
  uint32,
} from '@gatehouse/testing/http2-frames';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import type { HostileLab } from './hostile-lab.js';
import { tlsLab } from './tls-lab.fixture.js';

/** What a client may give up, and what it may have under way. */
const MOST_BEGUN = 200 + 100;
/** Far less than is sent, or than it would become, and more than a busy worker takes for a while. */
const MOST_MEMORY = 100 * 1_048_576;
const INITIAL_WINDOW_SIZE = 4;

let lab: HostileLab;
let tlsPort: number;
let stop: (() => Promise<void>) | undefined;
let resting: number;
beforeAll(async () => {
  ({ lab, tlsPort, stop } = await tlsLab());
  resting = await memory();
});
afterAll(() => stop?.());

const memory = () => lab.metric('process_resident_memory_bytes', /worker="1"/);

const to = (method: string, path = '/dev/open') =>
  fields([':method', method], [':scheme', 'https'], [':path', path], [':authority', lab.host]);
const repeated = (bytes: Buffer, times: number) => Buffer.concat(Array.from({ length: times }, () => bytes));
const request = () => frame(HEADERS, END_HEADERS | END_STREAM, 0, to('GET'));

/** Frames of ten streams for each batch. */
const ofStreams = (frames: () => Buffer[]) => {
  let made: Buffer[] | undefined;
  return (n: number) => {
    made ??= frames();
    const parts = made;
    return Buffer.concat(Array.from({ length: 10 }, (_, i) => parts.map((part) => ofStream((n * 10 + i) * 2 + 1, part))).flat());
  };
};

interface Flood {
  readonly name: string;
  readonly batches: number;
  readonly batch: (n: number) => Buffer;
  /** Sent before. */
  readonly begin?: () => Buffer;
  readonly settings?: [id: number, value: number][];
  /** The client reads nothing. */
  readonly deaf?: boolean;
  /** The connection goes on. */
  readonly goesOn?: boolean;
}

const crumbs = (stream: number) => repeated(frame(DATA, 0, stream, Buffer.from('x')), 6_000);

const FLOODS: readonly Flood[] = [
  {
    name: 'requests that the client resets (CVE-2023-44487)',
    batches: 1_000,
    batch: ofStreams(() => [request(), frame(RST_STREAM, 0, 0, uint32(CANCEL))]),
  },
  {
    name: 'requests that it makes the gateway reset (CVE-2025-8671)',
    batches: 1_000,
    batch: ofStreams(() => [
      frame(HEADERS, END_HEADERS, 0, Buffer.concat([to('POST'), fields(['content-length', '5'])])),
      frame(DATA, END_STREAM, 0, Buffer.from('less')),
    ]),
  },
  { name: 'requests beyond what may be open at once', batches: 1_000, batch: ofStreams(() => [request()]) },
  {
    name: 'CONTINUATION frames of nothing (CVE-2024-27983)',
    begin: () => frame(HEADERS, END_STREAM, 1, to('GET')),
    batches: 1_000,
    batch: () => repeated(frame(CONTINUATION, 0, 1), 1_000),
  },
  {
    name: 'CONTINUATION frames as large as they may be',
    begin: () => frame(HEADERS, END_STREAM, 1, to('GET')),
    batches: 1_000,
    batch: () => repeated(frame(CONTINUATION, 0, 1, fields(['x-a', 'a'.repeat(16_000)])), 10),
  },
  {
    name: 'heads that are small on the wire and large in memory (CVE-2026-47774)',
    batches: 50,
    batch: (n) =>
      Buffer.concat([
        frame(HEADERS, END_STREAM, n * 2 + 1, Buffer.concat([to('GET'), keptField('x-a', 'a'.repeat(4_000))])),
        frame(CONTINUATION, END_HEADERS, n * 2 + 1, repeated(integer(62, 7, 0x80), 16_000)),
      ]),
    goesOn: true,
  },
  {
    name: 'PING whose answers nobody reads (CVE-2019-9512)',
    deaf: true,
    batches: 4_000,
    batch: () => repeated(frame(PING, 0, 0, Buffer.alloc(8)), 4_000),
  },
  {
    name: 'SETTINGS whose answers nobody reads (CVE-2019-9515)',
    deaf: true,
    batches: 4_000,
    batch: () => repeated(frame(SETTINGS, 0, 0, Buffer.from([0, 3, 0, 0, 0, 100])), 4_000),
  },
  {
    name: 'frames without bytes (CVE-2019-9518)',
    begin: () => frame(HEADERS, END_HEADERS, 1, to('POST')),
    batches: 1_000,
    batch: () => repeated(frame(DATA, 0, 1), 1_000),
  },
  {
    name: 'frames of one byte of bodies that nobody takes, behind requests that are refused',
    settings: [[INITIAL_WINDOW_SIZE, 0]],
    begin: () => Buffer.concat(Array.from({ length: 40 }, (_, n) => frame(HEADERS, END_HEADERS, 2 * n + 1, to('BREW')))),
    batches: 400,
    batch: (n) => crumbs(2 * (n % 40) + 1),
    goesOn: true,
  },
];

describe('security class: HTTP/2 floods and bombs: in the running gateway a client that sends', () => {
  it.each(FLOODS.map((flood) => [flood.name, flood] as const))('%s harms nobody else', async (_, flood) => {
    lab.backend.requests.length = 0;
    const client = await FrameClient.greeting(tlsPort, ...(flood.settings ?? []));
    if (flood.begin !== undefined) client.send(flood.begin());
    if (flood.deaf === true) client.socket.pause();
    let over = false;
    let asked = 0;
    const others = (async () => {
      while (!over) {
        await lab.askAsBystander();
        asked++;
      }
    })();
    let highest = 0;
    await client.flood(flood.batches, (n) => {
      if (n % 50 === 0) void memory().then((bytes) => (highest = Math.max(highest, bytes)));
      return flood.batch(n);
    });
    if (flood.goesOn !== true) {
      client.socket.resume();
      await client.ended();
    }
    over = true;
    await others;
    expect(client.closed).toBe(flood.goesOn !== true);
    client.close();
    expect(Math.max(highest, await memory()) - resting).toBeLessThan(MOST_MEMORY);
    expect(lab.recorded().filter((text) => !text.startsWith('GET /files/own-')).length).toBeLessThanOrEqual(MOST_BEGUN);
    expect(asked).toBeGreaterThan(0);
    await until('the connection to be gone', async () => ((await lab.metric('gatehouse_connections')) <= 1 ? true : undefined));
    expect(await lab.metric('gatehouse_worker_restarts_total')).toBe(0);
  });
});

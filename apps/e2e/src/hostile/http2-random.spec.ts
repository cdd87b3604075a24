import {
  CANCEL,
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  fields,
  frame,
  FrameClient,
  GOAWAY,
  HEADERS,
  PING,
  PRIORITY,
  RST_STREAM,
  SETTINGS,
  uint32,
  WINDOW_UPDATE,
} from '@gatehouse/testing/http2-frames';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../child.js';
import type { HostileLab } from './hostile-lab.js';
import { Random } from './random.js';
import { echo, type Answering } from './recording-backend.js';
import { tlsLab } from './tls-lab.fixture.js';

const CONNECTIONS = 1_500;
const PUSH_PROMISE = 5;
const MOST_WINDOW = 2 ** 31 - 1;
/** A setting's number and value. */
const SETTINGS_SENT = [
  [1, 0],
  [1, 65_536],
  [2, 1],
  [3, 0],
  [4, 0],
  [4, 1],
  [4, MOST_WINDOW],
  [4, 2 ** 31],
  [5, 16_384],
  [5, 1],
  [6, 1],
  [99, 99],
] as const;

let lab: HostileLab;
let tlsPort: number;
let stop: (() => Promise<void>) | undefined;
beforeAll(async () => {
  ({ lab, tlsPort, stop } = await tlsLab({ GATEHOUSE_WRITE_TIMEOUT_SECONDS: '1', GATEHOUSE_UPSTREAM_TOTAL_SECONDS: '2' }));
});
afterAll(() => stop?.());

const random = new Random(20_443);

/** Answers that are whole, large, in parts, broken off, or none. */
const answer: Answering = (request, connection) => {
  const { socket } = connection;
  switch (request.target) {
    case '/files/large':
      return void socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(300_000)}`);
    case '/files/part':
      return void socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n');
    case '/files/broken':
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\npart');
      return socket.resetAndDestroy();
    case '/impatient':
      return;
    default:
      return echo(request, connection);
  }
};

const PATHS = [
  '/dev/open',
  '/dev/secret',
  '/dev/files/large',
  '/dev/files/part',
  '/dev/files/broken',
  '/dev/impatient',
  '/dev/../x',
];

function head(): Buffer {
  const method = random.pick(['GET', 'GET', 'POST', 'POST', 'HEAD', 'OPTIONS', 'BREW', 'CONNECT']);
  const more = random.pick<[string, string][]>([
    [],
    [],
    [['content-length', '5']],
    [['expect', '100-continue']],
    [['te', 'trailers']],
    [['connection', 'close']],
    [
      ['cookie', 'a=b'],
      ['cookie', 'c=d'],
    ],
  ]);
  return fields([':method', method], [':scheme', 'https'], [':path', random.pick(PATHS)], [':authority', lab.host], ...more);
}

const bytes = (length: number) => Buffer.alloc(length, 'x');

function anyFrame(): Buffer {
  const stream = 2 * random.below(8) + 1;
  switch (random.below(14)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return frame(HEADERS, END_HEADERS | (random.below(2) === 0 ? END_STREAM : 0), stream, head());
    case 5:
    case 6:
      return frame(DATA, random.below(3) === 0 ? END_STREAM : 0, stream, bytes(random.pick([0, 1, 5, 5, 1_000, 16_384])));
    case 7:
      return frame(RST_STREAM, 0, stream, uint32(random.pick([0, CANCEL, 1, 99])));
    case 8:
      return frame(WINDOW_UPDATE, 0, random.pick([0, stream]), uint32(random.pick([0, 1, 70_000, MOST_WINDOW])));
    case 9: {
      const [id, value] = random.pick(SETTINGS_SENT);
      return frame(SETTINGS, 0, 0, Buffer.concat([Buffer.of(0, id), uint32(value)]));
    }
    case 10:
      return random.pick([
        frame(PING, random.below(2), 0, bytes(8)),
        frame(PRIORITY, 0, stream, Buffer.concat([uint32(stream), Buffer.of(1)])),
        frame(200, random.below(256), stream, bytes(10)),
      ]);
    case 11:
      return random.pick([
        frame(HEADERS, END_STREAM, stream, head()),
        frame(CONTINUATION, END_HEADERS, stream, fields(['x-a', 'b'])),
        frame(HEADERS, END_HEADERS | END_STREAM, stream, fields(['x-trailer', 'b'])),
        frame(PUSH_PROMISE, END_HEADERS, stream, Buffer.concat([uint32(2), head()])),
        frame(GOAWAY, 0, 0, Buffer.concat([uint32(0), uint32(0)])),
      ]);
    default:
      return frame(random.below(11), random.below(256), random.pick([0, stream, 2]), bytes(random.below(20)));
  }
}

it(
  'security class: stream lifetime: frames of HTTP/2 in any order neither harm anybody else nor leave anything',
  { timeout: 120_000 },
  async () => {
    lab.backend.answer = answer;
    lab.backend.recording = false;
    const one = async () => {
      const client = await FrameClient.greeting(tlsPort);
      if (random.below(8) === 0) client.socket.pause();
      for (let n = random.below(30); n >= 0 && !client.closed; n--) {
        let part = anyFrame();
        if (random.below(40) === 0) part = part.subarray(0, random.below(part.length));
        client.send(part);
        if (random.below(3) === 0) await new Promise((resolve) => setTimeout(resolve, random.below(4)));
      }
      await Promise.race([client.ended(), new Promise((resolve) => setTimeout(resolve, random.below(30)))]);
      if (random.below(2) === 0) client.close();
      else client.socket.end();
      client.socket.resume();
      client.socket.setTimeout(5_000, () => client.close());
    };
    for (let n = 0; n < CONNECTIONS; n += 10) {
      await Promise.all(Array.from({ length: 10 }, one));
      await lab.askAsBystander();
    }
    lab.backend.answer = echo;
    expect(await lab.metric('gatehouse_worker_restarts_total')).toBe(0);
    expect(lab.backend.garbage).toEqual([]);
    lab.dismissBystanders();
    await until('all connections to be gone', async () => ((await lab.metric('gatehouse_connections')) === 0 ? true : undefined));
    await until('all calls of the backend to be over', () =>
      lab.backend.open.every(({ socket }) => socket.writableLength === 0) ? true : undefined,
    );
    await lab.askAsBystander();
  },
);

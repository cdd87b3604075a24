import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import { CORPUS } from './corpus/corpus.js';
import type { GatewayProcess } from '../product.js';
import { HostileLab } from './hostile-lab.js';
import { MemoryWatch } from './memory-watch.js';
import { chunked, get, post, request } from './messages.js';
import { MixedLoad } from './mixed-load.js';
import { Random } from './random.js';
import { RawClient } from './raw-client.js';
import { echo, type Answering, type RecordedConnection } from './recording-backend.js';

/** More than all buffers on the way hold. */
const LARGE_BYTES = 40_000_000;
const MEDIUM_BYTES = 100_000;
/** Of the gateway that has several. */
const WORKERS = 2;

let lab: HostileLab;
/** With several workers, and little patience with clients. */
let strict: GatewayProcess;
/** How many files and sockets workers have open when nobody asks anything. */
const files = new Map<GatewayProcess, number>();

beforeAll(async () => {
  lab = await HostileLab.start({ GATEHOUSE_UPSTREAM_KEEP_ALIVE_SECONDS: '1' });
  strict = await lab.product.addGateway({
    GATEHOUSE_WORKERS: String(WORKERS),
    GATEHOUSE_HEADERS_TIMEOUT_SECONDS: '1',
    GATEHOUSE_REQUEST_TIMEOUT_SECONDS: '2',
    GATEHOUSE_KEEP_ALIVE_SECONDS: '1',
    GATEHOUSE_WRITE_TIMEOUT_SECONDS: '1',
  });
  await strict.ready();
  await lab.serves(strict);
  await until('connections to the backend to be closed', () => (lab.backend.open.length === 0 ? true : undefined));
  for (const gateway of [lab.gateway, strict]) files.set(gateway, await openFiles(gateway));
});
afterEach(() => {
  lab.backend.answer = echo;
  lab.backend.arrived = () => undefined;
  lab.backend.accepted = () => undefined;
});
afterAll(() => lab?.stop());

const openFiles = (gateway: GatewayProcess) => lab.metric('process_open_fds', /worker="\d/, gateway);

/** Answers by path: never, without an end, or much; all others as ever. */
const byPath: Answering = (asked, connection) => {
  const { socket } = connection;
  switch (asked.target) {
    case '/impatient':
      return;
    case '/files/endless':
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      return repeat(socket, '4\r\npart\r\n');
    case '/files/medium':
      return answer(socket, MEDIUM_BYTES);
    case '/files/large':
      return answer(socket, LARGE_BYTES);
    default:
      return echo(asked, connection);
  }
};

function answer(socket: Socket, bytes: number): void {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes}\r\n\r\n${'x'.repeat(bytes)}`);
}

/** Writes a text again and again, until the socket is closed. */
function repeat(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text, 'latin1'), 50);
  for (const event of ['finish', 'close']) socket.once(event, () => clearInterval(timer));
}

describe('security class: slowloris: a client is cut off', () => {
  beforeAll(() => lab.backend.requests.splice(0));

  it.concurrent.each<[name: string, begin: string, drip: string | null, statuses: RegExp]>([
    ['that says nothing', '', null, /^$/],
    ['that stays idle after its answer', get('/dev/open'), null, /^200$/],
    ['that stops in its request line', 'GET /dev/open', null, /^408$/],
    ['that stops in its head', get('/dev/open').slice(0, -2), null, /^408$/],
    ['that stops in the head of its second request', get('/dev/open') + get('/dev/open').slice(0, -2), null, /^200 408$/],
    ['whose method drips', 'G', 'E', /^400$/],
    ['whose target drips', 'GET /dev/open?', 'x', /^408$/],
    ['whose header drips', `${get('/dev/open').slice(0, -2)}X: `, 'x', /^408$/],
    ['whose headers drip', get('/dev/open').slice(0, -2), 'X: y\r\n', /^408$/],
    ['whose blank lines drip', '', '\r\n', /^400$/],
    ['that stops in its body', post('Content-Length: 100\r\n', 'hello'), null, /^408$/],
    ['whose body drips', post('Content-Length: 10000\r\n', 'hello'), 'x', /^408$/],
    ['that stops in its chunks', chunked('5\r\nhello\r\n'), null, /^408$/],
    ['whose chunks drip', chunked(''), '1\r\nx\r\n', /^408$/],
    ['whose chunk size drips', chunked('1\r\nx\r\n'), '0', /^4(?:08|00)$/],
    ['whose chunk extensions drip', chunked('1;x'), 'x', /^408$/],
    ['whose trailers drip', chunked('1\r\nx\r\n0\r\n'), 'X: y\r\n', /^408$/],
    [
      'that does not send what it was told to go on with',
      post('Expect: 100-continue\r\nContent-Length: 5\r\n', ''),
      null,
      /^408$/,
    ],
    ['whose body for nobody drips', request('POST /dev/secret HTTP/1.1', 'Content-Length: 10000\r\n'), 'x', /^403$/],
  ])('%s', async (_, begin, drip, statuses) => {
    const client = lab.connect(begin, [], strict);
    if (drip !== null) repeat(client.socket, drip);
    await client.closed();
    expect(client.received.map(({ status }) => status).join(' ')).toMatch(statuses);
  });

  it('and no body that was cut off came whole', () => {
    expect(lab.backend.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it.each<[name: string, paths: string[]]>([
    ['that takes nothing of a large answer', ['/dev/files/large']],
    ['that takes nothing of many answers', Array<string>(400).fill('/dev/files/medium')],
  ])('%s, and its backend with it', async (_, paths) => {
    lab.backend.answer = byPath;
    const client = new RawClient(strict.port);
    client.socket.pause();
    client.send(lab.fill(paths.map((path) => get(path)).join('')));
    await until('the connection to be counted', async () =>
      (await lab.metric('gatehouse_connections', /^/, strict)) > 0 ? true : undefined,
    );
    await until('the client to be cut off', async () =>
      (await lab.metric('gatehouse_connections', /^/, strict)) === 0 ? true : undefined,
    );
    await until('its backends to be let go', () =>
      lab.backend.open.every(({ socket }) => socket.writableLength === 0) ? true : undefined,
    );
    client.socket.resume();
    expect(await client.closed()).toBe('reset');
    expect(client.received.length).toBeLessThan(paths.length);
    await lab.askAsBystander(strict);
    lab.dismissBystanders();
  });
});

/** Waits until nothing is left of what clients and backends did; a worker may have opened its log since. */
async function settled(gateway: GatewayProcess): Promise<void> {
  const before = files.get(gateway)!;
  lab.dismissBystanders();
  await until('all connections of clients to be gone', async () =>
    (await lab.metric('gatehouse_connections', /^/, gateway)) === 0 ? true : undefined,
  );
  let left = 0;
  await until('all files and sockets to be closed', async () => {
    left = await openFiles(gateway);
    return left <= before + WORKERS ? true : undefined;
  }).catch((error: Error) => {
    throw new Error(`${error.message}: ${left} are open, ${before} were`);
  });
}

const CLIENTS = 10;
const ROUNDS = 4;

/** How ten clients at once leave the gateway, again and again. */
async function tenAtOnce(act: (round: number, client: number) => Promise<void>): Promise<void> {
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let round = 0; round < ROUNDS; round++) await act(round, client);
    }),
  );
}

describe('security class: stream lifetime: ten clients at once that leave', () => {
  afterAll(() => settled(lab.gateway));

  const reached = (what: string, holds: () => boolean) => until(what, () => (holds() ? true : undefined));
  const asks = () => lab.backend.connections.filter(({ partial }) => partial.includes('/open')).length;

  it.each<[name: string, bytes: string, whole: boolean, when: (client: RawClient) => Promise<unknown>]>([
    ['as soon as they are there', '', false, () => Promise.resolve()],
    ['in the request line', 'GET /dev/op', false, () => Promise.resolve()],
    ['in the head', get('/dev/open').slice(0, -2), false, () => Promise.resolve()],
    ['behind the head', post('Content-Length: 100\r\n', ''), false, () => Promise.resolve()],
    ['in the body', post('Content-Length: 100\r\n', 'hello'), false, () => Promise.resolve()],
    [
      'in the body, when the backend has some of it',
      post('Content-Length: 100\r\n', 'hello'),
      false,
      () => reached('it', () => asks() > 0),
    ],
    ['in the chunks', chunked('5\r\nhello\r\n'), false, () => Promise.resolve()],
    ['behind all chunks but the last', chunked('5\r\nhello\r\n0\r\n'), false, () => reached('it', () => asks() > 0)],
    [
      'after 100',
      post('Expect: 100-continue\r\nContent-Length: 5\r\n', ''),
      false,
      (client) => client.until('100', () => client.interim > 0),
    ],
    ['before the answer', get('/dev/impatient'), true, () => Promise.resolve()],
    [
      'in the answer',
      get('/dev/files/endless'),
      true,
      (client) => client.until('a part of it', () => client.rest.includes('part')),
    ],
    [
      'before they take all of an answer',
      get('/dev/files/medium'),
      true,
      (client) => client.until('some of it', () => client.rest !== ''),
    ],
    ['in the answers to many requests', get('/dev/open').repeat(100), true, (client) => client.settled(3)],
  ])('%s, take nothing with them', async (_, bytes, whole, when) => {
    lab.backend.answer = byPath;
    lab.backend.requests.length = 0;
    await tenAtOnce(async (round) => {
      const client = lab.connect(bytes);
      await when(client);
      // Half of them by a reset, half of them by an end.
      if (round % 2 === 0) client.reset();
      else client.socket.destroy();
    });
    await lab.askAsBystander();
    const others = lab.backend.requests.filter(({ target }) => !target.startsWith('/files/own'));
    if (!whole) expect(others).toEqual([]);
    expect(lab.backend.garbage).toEqual([]);
    for (const connection of lab.backend.connections) connection.partial = '';
  });
});

describe('security class: stream lifetime: ten clients at once whose backend leaves', () => {
  afterAll(() => settled(lab.gateway));

  const leave = (connection: RecordedConnection, text: string, resets: boolean) => {
    connection.socket.write(text);
    if (resets) setImmediate(() => connection.socket.resetAndDestroy());
    else connection.socket.end();
  };
  const isOwn = ({ partial }: RecordedConnection) => partial.includes('/files/own');

  it.each<[name: string, text: string | null, clients: string]>([
    ['as soon as it is connected to', null, '504'],
    ['before the answer', '', '504'],
    ['in the head of the answer', 'HTTP/1.1 200 OK\r\nContent-Le', '504'],
    ['behind the head of the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', 'reset'],
    ['in the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\ngood', 'reset'],
    ['in the chunks of the answer', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n', 'reset'],
    ['behind the answer', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood', '200'],
  ])('%s, get no whole answer but a right one', async (_, text, clients) => {
    let left = 0;
    lab.backend.answer = (asked, connection) =>
      asked.target === '/open' && text !== null ? leave(connection, text, left++ % 2 === 0) : echo(asked, connection);
    if (text === null) {
      for (const { socket } of lab.backend.open) socket.destroy();
      lab.backend.accepted = ({ socket }) => socket.resetAndDestroy();
    }
    const outcomes = new Set<string>();
    await tenAtOnce(async () => {
      const client = lab.connect(get('/dev/open'));
      await client.settled(1);
      outcomes.add(String(client.received[0]?.status ?? client.ending));
      client.socket.destroy();
    });
    expect([...outcomes]).toEqual([clients]);
    lab.backend.accepted = () => undefined;
    await until('the backend to be asked again', () =>
      lab.askAsBystander().then(
        () => true,
        () => undefined,
      ),
    );
  });

  it('in the middle of their bodies, are told so', async () => {
    lab.backend.arrived = (connection) => {
      if (!isOwn(connection)) connection.socket.resetAndDestroy();
    };
    const outcomes = new Set<string>();
    await tenAtOnce(async () => {
      const client = lab.connect(post('Content-Length: 100\r\n', 'hello'));
      await client.settled(1);
      outcomes.add(String(client.received[0]?.status ?? client.ending));
      client.socket.destroy();
    });
    expect([...outcomes]).toEqual(['504']);
    await lab.askAsBystander();
  });
});

describe('security class: stream lifetime: a worker that is killed among clients and backends that leave', () => {
  it('takes nothing with it but what it had, and nothing is left of that', { timeout: 60_000 }, async () => {
    lab.dismissBystanders();
    const random = new Random(3);
    lab.backend.answer = (asked, connection) => {
      if (random.below(8) !== 0) return echo(asked, connection);
      connection.socket.write(random.pick(['', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', 'HTTP/1.1 2']));
      connection.socket.resetAndDestroy();
    };
    let stopped = false;
    let asked = 0;
    const wrong: string[] = [];
    const runs = Array.from({ length: CLIENTS }, async (_, run) => {
      while (!stopped) {
        const path = `/files/${run}-${asked++}`;
        const text = get(`/dev${path}`);
        const leaves = random.below(4) === 0;
        const client = lab.connect(leaves ? text.slice(0, random.below(text.length)) : text, [], strict);
        if (leaves) await new Promise((resolve) => setTimeout(resolve, random.below(10)));
        else await client.settled(1);
        const [answer] = client.received;
        if (answer?.status === 200 && answer.body !== `GET ${path}`) wrong.push(`${path}: ${answer.body}`);
        client.reset();
      }
    });
    const more = (count: number) => {
      const before = asked;
      return until('more requests', () => (asked >= before + count ? true : undefined));
    };
    await more(300);
    process.kill(await lab.worker(strict), 'SIGKILL');
    await more(300);
    await until('a new worker', async () =>
      (await lab.metric('gatehouse_workers', /^/, strict)) === WORKERS ? true : undefined,
    );
    await more(300);
    stopped = true;
    await Promise.all(runs);
    expect(wrong).toEqual([]);
    expect(await lab.metric('gatehouse_worker_restarts_total', /^/, strict)).toBe(1);
    lab.backend.answer = echo;
    await lab.askAsBystander(strict);
    await settled(strict);
  });
});

/** More of them are for runs by hand, which print what they see; docs/security.md has the command. */
const BY_HAND = process.env['GATEHOUSE_HOSTILE_REQUESTS'];
const REQUESTS = Number(BY_HAND ?? 50_000);
/** What the collector may leave for later. */
const SLACK_BYTES = 16_777_216;

describe('security class: resource exhaustion: good and hostile messages of both sides, mixed', () => {
  it('leave nothing in memory', { timeout: 60_000 + REQUESTS * 5 }, async () => {
    lab.dismissBystanders();
    const load = new MixedLoad(lab, CORPUS);
    const memory = new MemoryWatch(lab);
    try {
      await load.run(REQUESTS, () => {
        const { heap, resident } = memory.take();
        if (BY_HAND) console.log(`${load.requests} requests: heap ${megabytes(heap)}, resident ${megabytes(resident)}`);
      });
    } finally {
      await memory.stop();
    }
    expect([...load.wrong, ...lab.backend.garbage]).toEqual([]);
    const [, , ...warm] = memory.heaps;
    const half = warm.length / 2;
    expect(Math.min(...warm.slice(half))).toBeLessThan(Math.min(...warm.slice(0, half)) + SLACK_BYTES);
    lab.backend.recording = true;
    await settled(lab.gateway);
  });
});

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MB`;

import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../child.js';
import { ANSWER_SIZES, BODIES, HEADS, LEFTOVERS, ODD_ANSWERS, type HostileAnswer } from './corpus/answers.js';
import { HostileLab } from './hostile-lab.js';
import { get, HOST, post, SMUGGLED } from './messages.js';
import { mutated, Random } from './random.js';
import type { RawClient } from './raw-client.js';
import { echo, type RecordedConnection } from './recording-backend.js';

const EVIL = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil';
const GOOD = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood';

let lab: HostileLab;
const drips: NodeJS.Timeout[] = [];
beforeAll(async () => {
  lab = await HostileLab.start({ GATEHOUSE_UPSTREAM_TOTAL_SECONDS: '2', GATEHOUSE_UPSTREAM_KEEP_ALIVE_SECONDS: '60' });
});
afterEach(() => {
  for (const drip of drips.splice(0)) clearInterval(drip);
  lab.backend.answer = echo;
  lab.backend.arrived = () => undefined;
});
afterAll(() => lab?.stop());

/** The connection by which the backend is asked for `target`, which it answers by `act`. Others are answered as ever. */
function answering(target: string, act: (connection: RecordedConnection) => void): Promise<RecordedConnection> {
  return new Promise((resolve) => {
    lab.backend.answer = (request, connection) => {
      if (request.target !== target) return echo(request, connection);
      resolve(connection);
      act(connection);
    };
  });
}

/** Writes a text again and again. */
function drip({ socket }: RecordedConnection, text: string): void {
  drips.push(setInterval(() => socket.destroyed || socket.write(text, 'latin1'), 50));
}

/** The gateway gives a connection up, and never asks anything more by it. */
async function givenUp(connection: RecordedConnection, target: string): Promise<void> {
  const { socket } = connection;
  await until('the gateway to give the connection up', () => (socket.destroyed || socket.readableEnded ? true : undefined));
  await lab.askAsBystander();
  expect(connection.requests.at(-1)?.target).toBe(target);
  expect(connection.partial).toBe('');
}

/** What a client got, in short. */
function got(client: RawClient): string {
  const [answer] = client.received;
  return answer === undefined ? (client.ending ?? 'nothing') : `${answer.status} ${answer.body}`;
}

/** One request that is answered so, and what its client gets. Somebody else is asked for in between, and gets his own answers. */
async function ask({ bytes, then, method = 'GET', version = '1.1', keeps = false }: HostileAnswer): Promise<string> {
  const asked = answering('/open?hostile', ({ socket }) => {
    socket.write(bytes, 'latin1');
    if (then === 'ends') socket.end();
    else if (then === 'resets') setImmediate(() => socket.resetAndDestroy());
  });
  const client = lab.connect(`${method} /dev/open?hostile HTTP/${version}\r\nHost: ${HOST}\r\n\r\n`, [method]);
  const connection = await asked;
  await Promise.all([client.settled(1), lab.askAsBystander()]);
  if (!keeps) await givenUp(connection, '/open?hostile');
  client.socket.destroy();
  return got(client);
}

describe.each<[string, readonly HostileAnswer[]]>([
  ['security class: HTTP/1.1 smuggling: an answer whose head has', HEADS],
  ['security class: HTTP/1.1 smuggling: an answer whose body has', BODIES],
  ['security class: HTTP/1.1 smuggling: response splitting:', LEFTOVERS],
  ['security class: resource exhaustion: oversize: an answer with', ANSWER_SIZES],
  ['an answer that is odd, but has one meaning:', ODD_ANSWERS],
])('%s', (_, answers) => {
  it.each(answers.map((answer) => [answer.name, answer] as const))('%s', async (_, answer) => {
    expect(await ask(answer)).toBe(answer.client);
  });
});

describe('security class: HTTP/1.1 smuggling: response splitting: bytes that come later', () => {
  it('on an idle connection end it', async () => {
    const asked = answering('/open?hostile', ({ socket }) => socket.write(GOOD));
    const client = lab.connect(get('/dev/open?hostile'));
    const connection = await asked;
    await client.settled(1);
    expect([got(client), connection.socket.destroyed]).toEqual(['200 good', false]);
    connection.socket.write(EVIL);
    await givenUp(connection, '/open?hostile');
    client.socket.destroy();
  });

  it('before a request is whole are its answer, and the rest of the request goes nowhere', async () => {
    let connection: RecordedConnection | undefined;
    lab.backend.arrived = (arrived) => {
      if (connection !== undefined || !arrived.partial.includes('POST /open')) return;
      connection = arrived;
      arrived.socket.write(GOOD + EVIL);
    };
    const client = lab.connect(post(`Content-Length: ${5 + SMUGGLED.length}\r\n`, 'hello'));
    await client.settled(1);
    expect(got(client)).toBe('200 good');
    client.send(lab.fill(SMUGGLED) + lab.fill(get('/dev/files/own')));
    await client.settled(2);
    expect(client.received[1]?.body).toBe('GET /files/own');
    const { socket, partial } = connection!;
    await until('the gateway to give the connection up', () => (socket.destroyed || socket.readableEnded ? true : undefined));
    expect(partial).not.toContain('smuggled');
    await lab.askAsBystander();
    expect(lab.backend.requests.filter(({ target }) => target === '/files/smuggled')).toEqual([]);
    connection!.partial = '';
    client.socket.destroy();
  });
});

describe('security class: slowloris: a backend', () => {
  it.each<[string, (connection: RecordedConnection) => void]>([
    ['that says nothing', () => undefined],
    ['whose head drips', (connection) => (connection.socket.write('HTTP/1.1 200 OK\r\nX: '), drip(connection, 'x'))],
    ['whose headers drip', (connection) => (connection.socket.write('HTTP/1.1 200 OK\r\n'), drip(connection, 'X: y\r\n'))],
    ['that says 103 again and again', (connection) => drip(connection, 'HTTP/1.1 103 Early Hints\r\n\r\n')],
  ])('%s is given up', async (_, act) => {
    const asked = answering('/impatient', act);
    const client = lab.connect(get('/dev/impatient'));
    const connection = await asked;
    await client.settled(1);
    // One says too much before it takes too long.
    expect(['504 {"message":"Endpoint request timed out"}', '500 {"message":"Internal server error"}']).toContain(got(client));
    await givenUp(connection, '/impatient');
    client.socket.destroy();
  });

  it.each<[string, (connection: RecordedConnection) => void]>([
    ['that stops within its body', ({ socket }) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\ngood')],
    [
      'that stops within its chunks',
      ({ socket }) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n'),
    ],
  ])('%s is given up, and the client gets no whole answer', async (_, act) => {
    const asked = answering('/impatient', act);
    const client = lab.connect(get('/dev/impatient'));
    const connection = await asked;
    expect(await client.closed()).toBe('reset');
    expect(got(client)).toBe('reset');
    await givenUp(connection, '/impatient');
  });

  it('whose body drips for ever is given up, and the client gets no whole answer', async () => {
    const bodies = [
      ['Content-Length: 1000000\r\n\r\n', 'x'],
      ['Transfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
      ['\r\n', 'x'],
    ] as const;
    const connections: RecordedConnection[] = [];
    lab.backend.answer = (_, connection) => {
      const [lines, part] = bodies[connections.push(connection) - 1]!;
      connection.socket.write(`HTTP/1.1 200 OK\r\n${lines}`);
      drip(connection, part);
    };
    const clients = bodies.map(() => lab.connect(get('/dev/impatient')));
    expect(await Promise.all(clients.map((client) => client.closed()))).toEqual(['reset', 'reset', 'reset']);
    expect(clients.map(got)).toEqual(['reset', 'reset', 'reset']);
    lab.backend.answer = echo;
    for (const connection of connections) await givenUp(connection, '/impatient');
  });
});

/** Headers of the answer that the client gets, by their names as they are written. */
async function headersOf(lines: string): Promise<Map<string, string>> {
  const asked = answering('/open?hostile', ({ socket }) =>
    socket.write(`HTTP/1.1 200 OK\r\n${lines}Content-Length: 4\r\n\r\ngood`, 'latin1'),
  );
  const client = lab.connect(get('/dev/open?hostile'));
  await asked;
  await client.settled(1);
  expect(got(client)).toBe('200 good');
  client.socket.destroy();
  const { headers } = client.received[0]!;
  return new Map(headers.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), headers[i + 1]!]] : [])));
}

describe('security class: hop-by-hop abuse: of a backend’s headers', () => {
  it.each([
    'Keep-Alive: timeout=1',
    'Proxy-Connection: close',
    'TE: trailers',
    'Trailer: X',
    'Upgrade: h2c',
    'Transfer_Encoding: chunked',
    'Content_Length: 100',
    'Keep_Alive: x',
    'x-amz-apigw-id: spoofed',
    'x_amz_apigw_id: spoofed',
    'x_amzn_requestid: spoofed',
  ])('%s does not reach the client', async (line) => {
    const headers = await headersOf(`${line}\r\n`);
    const [name, value] = line.toLowerCase().split(': ');
    expect(headers.get(name!)).not.toBe(value);
  });

  it('Connection takes away its own only, and speaks of its own connection only', async () => {
    const headers = await headersOf(
      'Connection: X-Mine, x-amzn-requestid, content-length, date, keep-alive\r\nX-Mine: a\r\nX-Other: b\r\n',
    );
    expect([headers.get('x-mine'), headers.get('x-other')]).toEqual([undefined, 'b']);
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect([headers.get('content-length'), headers.get('connection')]).toEqual(['4', 'keep-alive']);
    expect(headers.get('date')).toBeDefined();
  });

  it('those that the gateway says itself come under other names', async () => {
    const headers = await headersOf('Date: never\r\nServer: evil\r\nx-amzn-RequestId: spoofed\r\nConnection: close\r\n');
    expect([headers.get('date'), headers.get('server'), headers.get('x-amzn-requestid')]).not.toContain('spoofed');
    expect([headers.get('x-amzn-remapped-date'), headers.get('x-amzn-remapped-server')]).toEqual(['never', 'evil']);
    expect([headers.get('x-amzn-remapped-x-amzn-requestid'), headers.get('connection')]).toEqual(['spoofed', 'keep-alive']);
  });

  it('trailers go nowhere', async () => {
    const asked = answering('/open?hostile', ({ socket }) =>
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n0\r\nX-Evil: 1\r\nSet-Cookie: a=b\r\n\r\n'),
    );
    const client = lab.connect(get('/dev/open?hostile') + get('/dev/files/own'));
    await asked;
    await client.settled(2);
    expect(client.received.map(({ body }) => body)).toEqual(['good', 'GET /files/own']);
    expect(client.received.flatMap(({ headers }) => headers)).not.toContain('X-Evil');
    client.socket.destroy();
  });
});

describe('security class: HTTP/1.1 smuggling: ten clients at once, whose answers are changed at random', () => {
  it('get their own or none', { timeout: 60_000 }, async () => {
    const random = new Random(20_261_122);
    lab.backend.answer = (request, connection) => {
      const id = /^\/files\/fuzz-(\w+)$/.exec(request.target)?.[1];
      if (id === undefined) return echo(request, connection);
      const body = `<${id}>`;
      const framed = [
        `Content-Length: ${body.length}\r\n\r\n${body}`,
        `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      ];
      const answer = `HTTP/1.1 200 OK\r\nX: y\r\n${random.pick(framed)}`;
      if (random.below(3) === 0) return void connection.socket.write(answer);
      connection.socket.write(mutated(answer, random) + random.pick(['', '', EVIL]), 'latin1');
      // Nobody knows whether more is awaited.
      setTimeout(() => connection.socket.end(), 20);
    };
    let whole = 0;
    const ids = Array.from({ length: 400 }, () => randomBytes(8).toString('hex'));
    const runs = Array.from({ length: 10 }, async (_, run) => {
      for (const id of ids.slice(run * 40, run * 40 + 40)) {
        const client = lab.connect(get(`/dev/files/fuzz-${id}`));
        await client.settled(1);
        const [answer] = client.received;
        client.socket.destroy();
        if (answer === undefined || answer.status !== 200) continue;
        whole++;
        expect(ids.filter((other) => other !== id && answer.body.includes(other))).toEqual([]);
      }
    });
    await Promise.all(runs);
    expect(whole).toBeGreaterThan(100);
    await lab.askAsBystander();
  });
});

import { EventEmitter, once } from 'node:events';
import { connect, createServer, Socket, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WholeConfiguration } from '../refresh/disk-copy.js';
import type { ConnectionHandle } from '../worker/connection-share.js';
import { WorkerProcess } from './worker-process.js';

const child = vi.hoisted(() => ({ next: null as unknown }));
vi.mock(import('node:child_process'), async (original) => {
  const real = await original();
  const spawn = ((...args: Parameters<typeof real.spawn>) => child.next ?? real.spawn(...args)) as typeof real.spawn;
  return { ...real, spawn };
});

const COUNTED = '{ series: [], droppedLogLines: 0, refusedConnections: 0, connections: 0 }';
/** Programs in a worker's place, which tell their counts very often. */
const BEATS = `setInterval(() => process.send({ type: 'beat', counted: ${COUNTED} }), 1); process.on('disconnect', () => process.exit());`;
/** Reads what it is given, and does nothing with it. */
const READS = `new (require('net').Socket)({ fd: 4 }).resume();`;
const CLOSES = `require('fs').closeSync(4);`;
/** Says that it builds, each time that it has said its counts. */
const BUILDS = `setInterval(() => process.send({ type: 'building' }), 1);`;

let process: WorkerProcess;
afterEach(() => {
  child.next = null;
  process?.kill('the end of the test');
});

function start(program: string): WorkerProcess {
  process = new WorkerProcess(1, {
    args: ['-e', program],
    env: {},
    listeners: [],
    internalAddress: '127.0.0.1:1',
    holders: () => 1,
    tls: () => null,
  });
  return process;
}

const nothing: WholeConfiguration = { digest: '0', async *lines() {}, release: () => Promise.resolve() };

/** Looks at its life each time that it has given a sign of it, until it ends or has been looked at so many times. */
async function watch(times: number): Promise<string | null> {
  let how: string | null = null;
  const ended = once(process, 'ended').then(([said]) => (how = said as string));
  for (let looks = 0; looks < times && how === null; looks++) {
    await Promise.race([once(process, 'counted'), ended]);
    process.checkLife();
  }
  return how;
}

/** A connection that was accepted, and what its client hears. */
async function acceptedConnection(): Promise<{ connection: ConnectionHandle; heard: Promise<unknown> }> {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  const [socket] = (await once(server, 'connection')) as [{ _handle: ConnectionHandle | null }];
  const connection = socket._handle as ConnectionHandle;
  socket._handle = null;
  server.close();
  return {
    connection,
    heard: Promise.race([once(client, 'data').then(([data]) => String(data)), once(client, 'end').then(() => 'end')]),
  };
}

describe('a connection that was given to a worker', () => {
  const onConnection = (act: string) =>
    `process.on('message', (message, handle) => { if (message.type === 'connection') { ${act} } });`;

  it('comes back when the worker is killed before it has told that it took it', async () => {
    const { connection, heard } = await acceptedConnection();
    start(`${onConnection(`process.send({ type: 'beat', counted: ${COUNTED} }, () => process.kill(process.pid, 'SIGKILL'));`)}`);
    process.take('http', connection);
    const [listener, back] = (await once(process, 'surplus')) as [string, ConnectionHandle];
    expect([listener, back === connection]).toEqual(['http', true]);
    new Socket({ handle: back } as object).end('served by another');
    expect(await heard).toBe('served by another');
  });

  it('is the worker’s alone once it has told so', async () => {
    const { connection, heard } = await acceptedConnection();
    start(
      onConnection(`
        process.send({ type: 'took', id: message.id }, () => {
          new (require('net').Socket)({ handle }).write('served', () => process.kill(process.pid, 'SIGKILL'));
        });`),
    );
    let surplus = 0;
    process.on('surplus', () => surplus++);
    const ended = once(process, 'ended');
    process.take('http', connection);
    expect(await heard).toBe('served');
    await ended;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(surplus).toBe(0);
  });
});

describe('WorkerProcess', () => {
  it('is killed when it takes no configuration any more, though it gives signs of life', async () => {
    start(BEATS + READS);
    const joined = process.join(nothing, 1, () => true);
    expect(await watch(1000)).toBe('it took no configuration any more and was killed');
    await joined;
  });

  it('is killed when it has closed the pipe of configuration', async () => {
    start(BEATS + CLOSES);
    expect(await watch(100_000)).toBe('it took no configuration any more and was killed');
  });

  it('is left alone while it builds what it was given, however long that takes', async () => {
    start(BEATS + READS + BUILDS);
    void process.join(nothing, 1, () => true);
    expect(await watch(500)).toBeNull();
  });

  it('is left alone when it was given nothing', async () => {
    start(BEATS + READS);
    expect(await watch(500)).toBeNull();
  });

  it.each([
    ['serving', false],
    ['building', true],
  ])('that has said %j and then nothing for three seconds answers: %j', async (said, answers) => {
    start(`process.send({ type: '${said}' }); ${READS}`);
    expect(process.answers).toBe(false);
    await vi.waitFor(() => expect(process.answers).toBe(true), 10_000);
    for (let second = 0; second < 3; second++) process.checkLife();
    expect(process.answers).toBe(answers);
  });

  it('is not waited for while it starts, unless it has fallen far behind what is published', async () => {
    start(BEATS + READS);
    expect(process.decides).toBe(false);
    void process.join(nothing, 1, () => true);
    for (let n = 0; n < 99; n++) void process.apply({ documents: [], deployments: new Map(), revision: n });
    expect(process.decides).toBe(false);
    const last = process.apply({ documents: [], deployments: new Map(), revision: 100 });
    expect(process.decides).toBe(true);
    process.kill('the end of the test');
    expect([await last, process.decides, process.revision]).toEqual([null, false, 0]);
  });

  it('throws when the system has no room for it', async () => {
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const stillborn = new EventEmitter();
    child.next = stillborn;
    expect(() => start(BEATS)).toThrow('there is no room for a process');
    // As Node does, later.
    stillborn.emit('error', new Error('spawn EMFILE'));
    expect(said).toHaveBeenCalledWith('gateway: a worker could not be started: spawn EMFILE');
    said.mockRestore();
  });
});

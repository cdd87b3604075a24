import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Listeners } from './listeners.js';
import { Workers } from './workers.js';

/**
 * Stands for a worker. The first one accepts four connections, gives one of them away when it hears that the gateway is about to end, and one when it is
 * drained already; the second one serves what it is given, and ends after two.
 */
const PROGRAM = `
  const net = require('net');
  const given = [];
  let served = 0;
  process.on('message', (message, connection) => {
    const counted = { series: [], droppedLogLines: 0, refusedConnections: 0, connections: given.length };
    const giveAway = (done) => process.send({ type: 'connection', listener: 'http' }, given.pop(), {}, done);
    if (message.type === 'start' && message.number === 1) {
      const server = net.createServer({ pauseOnConnect: true }, (socket) => {
        given.push(socket._handle);
        socket._handle = null;
        if (given.length < 4) return;
        server.close();
        process.send({ type: 'beat', counted: { ...counted, connections: given.length } });
      });
      server.listen({ fd: 6 }, () => process.send({ type: 'serving' }));
    } else if (message.type === 'start') process.send({ type: 'serving' });
    else if (message.type === 'report') process.send({ type: 'figures', id: message.id, counted, process: [] });
    else if (message.type === 'leave' && given.length > 0) giveAway(() => undefined);
    else if (message.type === 'drain' && given.length > 0) giveAway(() => process.exit());
    else if (message.type === 'connection') {
      process.send({ type: 'took', id: message.id });
      new net.Socket({ handle: connection }).end('served', () => ++served === 2 && process.exit());
    }
  });
`;

let listeners: Listeners;
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  listeners.close();
});

async function start(): Promise<Workers> {
  listeners = await Listeners.bind([{ name: 'http', variables: 'GATEHOUSE_GATEWAY', host: '127.0.0.1', port: 0 }]);
  return new Workers({
    args: ['-e', PROGRAM],
    env: {},
    listeners: listeners.all,
    internalAddress: '127.0.0.1:1',
    holders: () => 1,
    tls: () => null,
    count: 2,
    drain: 1,
    collectLog: (lines) => lines.resume(),
    source: {
      join: () => undefined,
      refusedByOne: () => undefined,
      listAgain: () => undefined,
      readiness: () => ({ ready: true }),
    },
  });
}

/** What a client is sent. */
function ask(): Promise<string> {
  const socket = connect(listeners.all[0]!.address.port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  return new Promise((resolve) => {
    socket.on('data', (chunk) => (text += chunk.toString())).on('error', () => undefined);
    socket.on('close', () => resolve(text));
  });
}

describe('Workers', () => {
  it('that end serve what one of them had given away, also when they drain already', async () => {
    const workers = await start();
    await workers.allServing;
    const accepted = new Promise<void>((resolve) => {
      workers.on('counted', (number, { connections }) => number === 1 && connections === 4 && resolve());
    });
    const answers = [ask(), ask(), ask(), ask()];
    await accepted;
    await workers.leave(0);
    await workers.stop(10);
    expect((await Promise.all(answers)).sort()).toEqual(['', '', 'served', 'served']);
  });
});

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { answerMessages } from '../processes/helper.js';
import type { IdleAnswer, IdleOrder, IdleTarget } from './idle-clients.js';
import { HOST } from './surroundings.js';

/** Fewer than a listener's backlog. */
const AT_ONCE = 50;
const ANSWER_TIMEOUT_MS = 20_000;
const BODY_END = '"}';

const sockets: Socket[] = [];

answerMessages(async (order: IdleOrder): Promise<IdleAnswer> => {
  try {
    if (order !== 'count') await open(order.target, order.connections);
    return { open: sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length };
  } catch (error) {
    return { failed: (error as Error).message };
  }
});

async function open(target: IdleTarget, connections: number): Promise<void> {
  let left = connections;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) sockets.push(await askOnce(target));
    }),
  );
}

/** A connection that has had its one answer, whole. */
async function askOnce({ port, tlsName, request }: IdleTarget): Promise<Socket> {
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  const socket =
    tlsName === null
      ? connect(port, HOST)
      : connectTls({ port, host: HOST, servername: tlsName, ALPNProtocols: ['http/1.1'], rejectUnauthorized: false });
  await once(socket, tlsName === null ? 'connect' : 'secureConnect', { signal });
  socket.setEncoding('latin1').write(request);
  let answer = '';
  while (!answer.endsWith(BODY_END)) answer += ((await once(socket, 'data', { signal })) as [string])[0];
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`answered ${answer.split('\r\n', 1)[0]}`);
  socket.on('error', () => socket.destroy());
  return socket.resume();
}

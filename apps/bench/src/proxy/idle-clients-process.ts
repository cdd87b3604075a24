import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { answerMessages } from '../processes/helper.js';
import type { IdleAnswer, IdleOrder } from './idle-clients.js';

/** Fewer than a listener's backlog. */
const AT_ONCE = 50;
const ANSWER_TIMEOUT_MS = 20_000;
const BODY_END = '"}';

const sockets: Socket[] = [];

answerMessages(async (order: IdleOrder): Promise<IdleAnswer> => {
  try {
    if (order !== 'count') await open(order.port, order.connections, order.request);
    return { open: sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length };
  } catch (error) {
    return { failed: (error as Error).message };
  }
});

async function open(port: number, connections: number, request: string): Promise<void> {
  let left = connections;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) sockets.push(await askOnce(port, request));
    }),
  );
}

/** A connection that has had its one answer, whole. */
async function askOnce(port: number, request: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  await once(socket, 'connect', { signal });
  socket.write(request);
  let answer = '';
  while (!answer.endsWith(BODY_END)) answer += ((await once(socket, 'data', { signal })) as [string])[0];
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`answered ${answer.split('\r\n', 1)[0]}`);
  socket.on('error', () => socket.destroy());
  return socket.resume();
}

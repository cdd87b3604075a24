import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { constants } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { listen } from './listen.js';

afterEach(() => void vi.restoreAllMocks());

/** How Node is told of connections. */
interface ServerInnards {
  readonly _handle: { onconnection(error: number): void };
}

function failToAccept(server: Server): void {
  (server as unknown as ServerInnards)._handle.onconnection(-constants.errno.ENOBUFS);
}

it('security class: resource exhaustion: a connection that the kernel cannot hand over ends neither the process nor the listener', async () => {
  const told = vi.spyOn(console, 'error').mockReturnValue();
  const server = createServer((socket) => socket.end('served'));
  const { port } = await listen(server, '127.0.0.1', 0, 'TEST');
  failToAccept(server);
  expect(told.mock.calls).toEqual([['gateway: a connection was not accepted: accept ENOBUFS']]);
  const client = connect(port, '127.0.0.1');
  const [served] = (await once(client, 'data')) as [Buffer];
  expect(served.toString()).toBe('served');
  client.destroy();
  server.close();
});

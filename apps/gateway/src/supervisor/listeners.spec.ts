import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { ListenerAddress } from '../config.js';
import { StartupError } from '../startup-error.js';
import { Listeners } from './listeners.js';

const http = (host: string, port: number): ListenerAddress => ({ name: 'http', variables: 'GATEHOUSE_GATEWAY', host, port });
const https = (host: string, port: number): ListenerAddress => ({ name: 'https', variables: 'GATEHOUSE_TLS', host, port });

/** What comes of a connection attempt. */
const attempt = (port: number) =>
  new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve('connected');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });

/** What the server says to whoever connects. */
const ask = (port: number) =>
  new Promise<string>((resolve, reject) => {
    let text = '';
    connect(port, '127.0.0.1')
      .on('data', (chunk) => (text += chunk.toString()))
      .on('error', reject)
      .on('close', () => resolve(text));
  });

/** Another process that serves a socket that it has inherited. */
async function startWorker(fd: number): Promise<ChildProcess> {
  const program = `require('net').createServer((socket) => socket.end('served')).listen({ fd: 3 }, () => console.log('up'))`;
  const worker = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit', fd] });
  await once(worker.stdout!, 'data');
  return worker;
}

describe('Listeners', () => {
  it('have free ports of their own, on which nobody is served until a worker listens, and connections wait when it has ended', async () => {
    const listeners = await Listeners.bind([http('127.0.0.1', 0), https('localhost', 0)]);
    const [first, second] = listeners.all;
    expect([first!.name, second!.name]).toEqual(['http', 'https']);
    expect(first!.address.port).not.toBe(second!.address.port);
    expect(await attempt(first!.address.port)).toBe('ECONNREFUSED');

    const worker = await startWorker(first!.fd);
    expect(await ask(first!.address.port)).toBe('served');
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
    const waiting = ask(first!.address.port);
    const successor = await startWorker(first!.fd);
    expect(await waiting).toBe('served');
    successor.kill('SIGKILL');
    await once(successor, 'exit');
    listeners.close();
    listeners.close();
    expect(await attempt(first!.address.port)).toBe('ECONNREFUSED');
  });

  it('refuse a port in use, also one that another gateway holds whose workers listen, and let go of the others', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const free = await Listeners.bind([http('127.0.0.1', 0)]);
    const other = free.all[0]!.address.port;
    free.close();
    const refusal = Listeners.bind([http('127.0.0.1', other), https('127.0.0.1', port)]);
    await expect(refusal).rejects.toThrow(new StartupError(`GATEHOUSE_TLS_PORT: 127.0.0.1:${port} is in use by another process`));
    const again = await Listeners.bind([http('127.0.0.1', other)]);
    again.close();
    server.close();
  });

  it('refuse an address that is not this machine’s', async () => {
    await expect(Listeners.bind([http('192.0.2.1', 0)])).rejects.toThrow(
      new StartupError('GATEHOUSE_GATEWAY_HOST: this machine has no address 192.0.2.1'),
    );
  });
});

import type { AddressInfo, Server } from 'node:net';
import { report } from './report.js';
import { StartupError } from './startup-error.js';

/** Listens on `host:port`, which the variables `{prefix}_HOST` and `{prefix}_PORT` say. Throws a `StartupError` when the address cannot be had. */
export async function listen(server: Server, host: string, port: number, prefix: string): Promise<AddressInfo> {
  try {
    await listening(server, (done) => server.listen(port, host, done));
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, host, port, prefix);
  }
  return server.address() as AddressInfo;
}

/** Listens on a socket that this process has inherited. */
export function listenOn(server: Server, fd: number): Promise<void> {
  return listening(server, (done) => server.listen({ fd }, done));
}

function listening(server: Server, begin: (done: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    begin(() => {
      server.off('error', reject);
      // A single connection that the kernel cannot hand over, for want of memory for instance, ends nothing else.
      server.on('error', (error) => report('a connection was not accepted', error));
      resolve();
    });
  });
}

/** What an error of a bind means to whoever set the address. */
export function explain(error: NodeJS.ErrnoException, host: string, port: number, prefix: string): Error {
  if (error.code === 'EADDRINUSE') return new StartupError(`${prefix}_PORT: ${host}:${port} is in use by another process`);
  if (error.code === 'EACCES') return new StartupError(`${prefix}_PORT: no permission to listen on ${host}:${port}`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartupError(`${prefix}_HOST: this machine has no address ${host}`);
  }
  return error;
}

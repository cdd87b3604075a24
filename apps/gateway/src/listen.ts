import type { AddressInfo, Server } from 'node:net';
import { StartupError } from './startup-error.js';

/** Listens on `host:port`, which the variables `{prefix}_HOST` and `{prefix}_PORT` say. Throws a `StartupError` when the address cannot be had. */
export async function listen(server: Server, host: string, port: number, prefix: string): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(explain(error, host, port, prefix));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  return server.address() as AddressInfo;
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

import net, { createServer, type AddressInfo } from 'node:net';
import { getSystemErrorName } from 'node:util';
import type { ListenerAddress, ListenerName } from '../config.js';
import { explain, listen } from '../listen.js';

/** Node's own handle of a bound socket that does not accept, as its cluster module uses it too. */
interface BoundHandle {
  readonly fd: number;
  getsockname(address: object): number;
  close(): void;
}
interface NetInnards {
  /** Answers a system error's number when the address cannot be had. */
  _createServerHandle(host: string, port: number, addressType: 4 | 6, fd: number, flags: number): BoundHandle | number;
}

/** A socket that clients connect to. */
export interface Listener {
  readonly name: ListenerName;
  readonly address: AddressInfo;
  /** Of this process; workers inherit it. */
  readonly fd: number;
}

/**
 * The sockets that clients connect to. They are bound here and accepted from by workers, which inherit them: a connection that comes while a worker
 * ends, or while there is none, waits in the kernel for the next one.
 */
export class Listeners {
  private constructor(
    readonly all: readonly Listener[],
    private readonly handles: readonly BoundHandle[],
  ) {}

  /** Throws a `StartupError` when one of the addresses cannot be had. */
  static async bind(addresses: readonly ListenerAddress[]): Promise<Listeners> {
    const all: Listener[] = [];
    const handles: BoundHandle[] = [];
    try {
      for (const wanted of addresses) {
        const { handle, address } = await bindOne(wanted);
        handles.push(handle);
        all.push({ name: wanted.name, address, fd: handle.fd });
      }
    } catch (error) {
      for (const handle of handles) handle.close();
      throw error;
    }
    return new Listeners(all, handles);
  }

  /** Once the workers have closed theirs too, connections are refused. */
  close(): void {
    for (const handle of this.handles) handle.close();
  }
}

async function bindOne({ host, port, variables }: ListenerAddress): Promise<{ handle: BoundHandle; address: AddressInfo }> {
  // A bind alone succeeds on a port that somebody listens on already: the error would come with a worker's listen only.
  const probe = createServer();
  const { address, family } = await listen(probe, host, port, variables);
  await new Promise((resolve) => probe.close(resolve));
  const handle = (net as unknown as NetInnards)._createServerHandle(address, port, family === 'IPv6' ? 6 : 4, -1, 0);
  if (typeof handle === 'number') {
    throw explain(
      Object.assign(new Error(getSystemErrorName(handle)), { code: getSystemErrorName(handle) }),
      host,
      port,
      variables,
    );
  }
  const bound = {} as AddressInfo;
  handle.getsockname(bound);
  return { handle, address: bound };
}

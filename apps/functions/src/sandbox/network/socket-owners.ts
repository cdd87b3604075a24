import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** The kernel's tables of connections over IPv4 and IPv6, as text. Source: Linux, proc_pid_net(5). */
export type ConnectionTables = readonly [four: string, six: string];

/** What IPv4 addresses begin with where an IPv6 socket has them. */
const MAPPED = '0000000000000000FFFF0000';

/**
 * Tells whose connections are. The tables are long where a machine has many connections: they are read beside other work, one read at a time, and everyone who asks while one is under
 * way shares the next, which has all of their connections.
 */
export class SocketOwners {
  private reading: Promise<unknown> = Promise.resolve();
  private next: Promise<ConnectionTables> | null = null;

  constructor(private readonly read: () => Promise<ConnectionTables> = readTables) {}

  /** The user whose process holds the other end of a connection over IPv4's loopback; null when it is not to be found. */
  async ownerOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): Promise<number | null> {
    const client = address(remoteAddress, remotePort);
    const server = address(localAddress, localPort);
    const [four, six] = await this.tables();
    return ownerIn(four, client, server) ?? ownerIn(six, `${MAPPED}${client}`, `${MAPPED}${server}`);
  }

  /** From a read that begins after this call. */
  private tables(): Promise<ConnectionTables> {
    return (this.next ??= this.reading.then(() => {
      this.next = null;
      const tables = this.read();
      this.reading = tables.catch(() => {});
      return tables;
    }));
  }
}

/** As the kernel writes it: the four bytes of the address as one number of a little-endian machine. */
function address(host = '', port = 0): string {
  const bytes = host.split('.').map(Number).reverse();
  return `${Buffer.from(bytes).toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/** Local and remote address are hexadecimal, `address:port`; the user is in the eighth column, counted with the number of the line. */
function ownerIn(table: string, local: string, remote: string): number | null {
  const at = table.indexOf(` ${local} ${remote} `);
  if (at < 0) return null;
  const owner = table.slice(at, table.indexOf('\n', at)).trim().split(/\s+/)[6];
  return owner === undefined ? null : Number(owner);
}

async function readTables(): Promise<ConnectionTables> {
  return Promise.all([readTable('/proc/net/tcp'), readTable('/proc/net/tcp6')]);
}

/** Empty where the kernel has none: one without IPv6. */
function readTable(file: string): Promise<string> {
  return readFile(file, 'latin1').catch(() => '');
}

import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';

/**
 * The user whose process holds the other end of a connection over IPv4's loopback, as the kernel tells; null when it is not to be found.
 * Source: Linux, proc_pid_net(5): local and remote address as hexadecimal `address:port`, the user in the eighth column.
 */
export function ownerOfLoopbackSocket(socket: Socket): number | null {
  const client = address(socket.remoteAddress, socket.remotePort);
  const server = address(socket.localAddress, socket.localPort);
  return ownerIn('/proc/net/tcp', client, server) ?? ownerIn('/proc/net/tcp6', `${MAPPED}${client}`, `${MAPPED}${server}`);
}

/** What IPv4 addresses begin with where an IPv6 socket has them. */
const MAPPED = '0000000000000000FFFF0000';

/** As the kernel writes it: the four bytes of the address as one number of a little-endian machine. */
function address(host = '', port = 0): string {
  const bytes = host.split('.').map(Number).reverse();
  return `${Buffer.from(bytes).toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

function ownerIn(table: string, local: string, remote: string): number | null {
  const place = ` ${local} ${remote} `;
  for (const line of linesOf(table)) {
    if (line.includes(place)) return Number(line.trim().split(/\s+/)[7]);
  }
  return null;
}

function linesOf(table: string): string[] {
  try {
    return readFileSync(table, 'latin1').split('\n');
  } catch {
    // A kernel without IPv6.
    return [];
  }
}

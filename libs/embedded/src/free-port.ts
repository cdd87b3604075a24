import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Where ports are looked for: below the ports that systems give to outgoing connections (32768 on Linux, 49152
 * elsewhere), because one of those can be taken by any connection between the look and the use.
 */
const PORTS = { from: 15_000, to: 32_000 };

/** The next port to look at: random from process to process, and never given twice by one. */
let next = randomInt(PORTS.from, PORTS.to);

/** Whether nothing listens on this port of the loopback address. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}

/**
 * A port of the loopback address on which nothing listens now.
 * @param inARow how many ports, this one included, must be free one after the other
 * @throws Error when none is free
 */
export async function freePort(inARow = 1): Promise<number> {
  for (let looked = PORTS.from; looked < PORTS.to; looked += inARow) {
    if (next + inARow > PORTS.to) next = PORTS.from;
    const port = next;
    next += inARow;
    const free = await Promise.all(Array.from({ length: inARow }, (_, index) => isPortFree(port + index)));
    if (free.every(Boolean)) return port;
  }
  throw new Error(`no ${inARow} free ports in a row between ${PORTS.from} and ${PORTS.to} on ${HOST}`);
}

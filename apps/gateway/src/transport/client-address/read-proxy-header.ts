import type { Socket } from 'node:net';
import { readProxyHeader, type ProxyHeader } from './proxy-header.js';

/** For a proxy to send its header, in milliseconds. It has the connection's facts when it connects, so nothing can take it longer. */
const DEADLINE = 5_000;

/**
 * Reads the PROXY header that a connection must begin with. Once it is there, `done` gets it and the bytes behind it; the socket is paused then,
 * and what it reads next comes after those bytes. A connection that does not begin with one, or not in time, is closed without a word: who
 * speaks the protocol is a machine with a setting that is wrong, and nothing may be made of its bytes.
 *
 * @param socket plain, with nothing read from it so far
 */
export function readProxyHeaderOf(socket: Socket, done: (header: ProxyHeader, rest: Buffer) => void): void {
  let held: Buffer = Buffer.alloc(0);
  const close = () => socket.destroy();
  const deadline = setTimeout(close, DEADLINE);
  const release = () => {
    clearTimeout(deadline);
    socket.off('data', read).off('end', close).off('error', close).off('close', release);
  };
  const read = (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let header: ProxyHeader | null;
    try {
      header = readProxyHeader(held);
    } catch {
      return close();
    }
    if (header === null) return;
    release();
    socket.pause();
    done(header, held.subarray(header.length));
  };
  socket.on('data', read).on('end', close).on('error', close).on('close', release).resume();
}

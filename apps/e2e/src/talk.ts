import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** How one connection went. */
export interface Talk {
  /** Statuses of its answers. */
  statuses: number[];
  /** The last answer said that the connection ends with it. */
  toldToClose: boolean;
}

/** A connection that the kernel of the other side has completed, whoever accepts it. */
export async function established(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends one request after the other, each when the one before is answered, until the connection ends; an answer that says so is the last one. */
export async function talk(socket: Socket, host: string, path: string): Promise<Talk> {
  const result: Talk = { statuses: [], toldToClose: false };
  const ask = () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
    const headEnd = text.indexOf('\r\n\r\n') + 4;
    const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text);
    if (headEnd < 4 || text.length < headEnd + Number(length?.[1])) return;
    result.statuses.push(Number(text.slice(9, 12)));
    result.toldToClose = /\r\nconnection: close\r\n/i.test(text.slice(0, headEnd));
    text = '';
    if (result.toldToClose) socket.end();
    else ask();
  });
  ask();
  await new Promise<void>((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
  return result;
}

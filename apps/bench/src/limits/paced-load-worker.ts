import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { PacedLoad, PacedResult } from './paced-load.js';

// Requests go out by the clock, over a few connections to each gateway: those that are due in one turn go out together, without waiting for the answers to those before them.

const CONNECTIONS = 8;
const TURN_MS = 2;
/** For answers to the last requests. */
const PATIENCE_MS = 2_000;

const { ports, path, headers, rate, seconds } = workerData as PacedLoad;
const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
const REQUEST = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n`;

const result: PacedResult = { sent: 0, admitted: [], refused: 0, failed: 0 };
let answered = 0;
let began = 0;

class Connection {
  private rest = '';

  private constructor(private readonly socket: net.Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.read(text));
    socket.on('error', () => undefined);
  }

  static async to(port: number): Promise<Connection> {
    const socket = net.connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new Connection(socket);
  }

  send(count: number): void {
    this.socket.write(REQUEST.repeat(count));
  }

  private read(text: string): void {
    const all = this.rest + text;
    let at = 0;
    for (;;) {
      const end = all.indexOf('\r\n\r\n', at);
      if (end < 0) break;
      const head = all.slice(at, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (all.length < end + 4 + length) break;
      count(head.slice(9, 12));
      at = end + 4 + length;
    }
    this.rest = all.slice(at);
  }
}

function count(status: string): void {
  answered++;
  if (status === '200') {
    const tenth = Math.floor((performance.now() - began) / 100);
    result.admitted[tenth] = (result.admitted[tenth] ?? 0) + 1;
  } else if (status === '429') result.refused++;
  else result.failed++;
}

// Gateways take turns, so that each gets as many as the others.
const connections: Connection[] = [];
for (let n = 0; n < CONNECTIONS; n++) for (const port of ports) connections.push(await Connection.to(port));
let next = 0;
began = performance.now();
for (;;) {
  const elapsed = performance.now() - began;
  if (elapsed >= seconds * 1_000) break;
  let due = Math.floor((elapsed * rate) / 1_000) - result.sent;
  result.sent += due;
  const each = Math.max(1, Math.floor(due / connections.length));
  while (due > 0) {
    const batch = Math.min(each, due);
    (connections[next] as Connection).send(batch);
    next = (next + 1) % connections.length;
    due -= batch;
  }
  await sleep(TURN_MS);
}
for (let waited = 0; answered < result.sent && waited < PATIENCE_MS; waited += 20) await sleep(20);
result.failed += result.sent - answered;
result.admitted = Array.from(result.admitted, (count) => count ?? 0);
parentPort?.postMessage(result);

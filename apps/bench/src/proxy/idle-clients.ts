import type { Cleanup } from '../cleanup.js';
import { Helper } from '../processes/helper.js';
import { HOST } from './surroundings.js';
import type { System } from './system.js';

/** What the process that holds the connections is asked: to open some, or how many the other side has not closed. */
export type IdleOrder = { target: IdleTarget; connections: number } | 'count';

export interface IdleTarget {
  port: number;
  /** The name that TLS asks for; null for plain connections. */
  tlsName: string | null;
  /** Sent once on each connection. */
  request: string;
}

/** How many connections are open, or what went wrong. */
export type IdleAnswer = { open: number } | { failed: string };

/** Connections on which nothing happens any more, held by a process of their own. */
export interface IdleClients {
  /** How many the system has not closed. */
  open(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens connections to a system, with TLS where its port speaks that, and sends one request on each. Throws when one of them is not answered 200.
 */
export async function openIdleClients(system: System, connections: number, tls: boolean, cleanup: Cleanup): Promise<IdleClients> {
  const helper = new Helper(new URL('./idle-clients-process.js', import.meta.url), cleanup);
  const ask = async (order: IdleOrder) => {
    const answer = await helper.ask<IdleAnswer>(order);
    if ('failed' in answer) throw new Error(`${system.name}, ${connections} idle connections: ${answer.failed}`);
    return answer.open;
  };
  const host = system.host ?? `${HOST}:${system.port}`;
  const headers = { Host: host, ...system.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `GET ${system.pathOf('small')} HTTP/1.1\r\n${lines.join('')}\r\n`;
  await ask({ target: { port: system.port, tlsName: tls ? host : null, request }, connections });
  return { open: () => ask('count'), close: () => helper.stop() };
}

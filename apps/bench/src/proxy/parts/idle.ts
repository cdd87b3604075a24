import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../../median.js';
import { atMost, shortNumber } from '../bar.js';
import type { Print } from '../compare.js';
import { startTestedGateway } from '../gateway.js';
import { openIdleClients } from '../idle-clients.js';
import type { Lab } from '../lab.js';
import { measure } from '../measure.js';
import type { ProxyOptions } from '../proxy-options.js';
import type { System } from '../system.js';
import { table } from '../table.js';
import type { PartResult } from './part-result.js';

const KB = 1024;
const MOST_ROUNDS = 3;
const WARM_UP = { resource: 'small', connections: 64 } as const;
const WARM_UP_SECONDS = 3;
/** For connections of the warm-up to end, and garbage to be collected. Below the time for which any of the systems keeps an idle connection. */
const REST_SECONDS = 20;

interface IdleFigures {
  readonly system: System;
  readonly connections: number;
  /** Bytes of memory (PSS) that came with each connection. */
  readonly bytes: number;
}

/** Memory that a connection costs which has had one answer and now waits. Each round of the gateway is one of a fresh process. */
export async function idle(lab: Lab, { idleConnections, rounds, seconds }: ProxyOptions, print: Print): Promise<PartResult> {
  print(`\nidle: ${idleConnections} keep-alive connections, after one request each and a rest`);
  const rest = Math.min(REST_SECONDS, seconds * 5);
  const figures: IdleFigures[] = [];
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    const gateway = await startTestedGateway(lab.installation, lab.surroundings.core);
    await lab.apis.served(gateway);
    const system = lab.apis.systems(gateway).find(({ id }) => id === 'gateway-open')!;
    figures.push(await memoryPerConnection(lab, system, idleConnections, rest));
    await gateway.process.stop();
  }
  for (const id of ['nginx-log', 'haproxy-plain'] as const) {
    const system = lab.systems.get(id);
    if (system) figures.push(await memoryPerConnection(lab, system, idleConnections, rest));
  }
  const rows = figures.map(({ system, connections, bytes }) => [system.name, String(connections), shortNumber(bytes)]);
  for (const line of table(['system', 'connections', 'bytes each'], rows)) print(line);
  const own = median(figures.filter(({ system }) => system.id === 'gateway-open').map(({ bytes }) => bytes));
  return {
    part: 'idle',
    bars: [
      atMost(own / KB, {
        work: `memory per idle keep-alive connection at ${idleConnections} connections, plain`,
        bar: 8,
        of: 'KB',
      }),
    ],
    details: figures.map(({ system, connections, bytes }) => ({ system: system.id, connections, bytes })),
  };
}

async function memoryPerConnection(lab: Lab, system: System, wanted: number, rest: number): Promise<IdleFigures> {
  const { cleanup, openFiles } = lab.surroundings;
  // A proxy that reserves two files for each connection takes fewer of them.
  const connections = system.id.startsWith('haproxy') ? Math.min(wanted, Math.floor(openFiles / 2) - 500) : wanted;
  const warmUp = await measure(lab, system, WARM_UP, WARM_UP_SECONDS);
  if (warmUp.invalid !== null) throw new Error(`${system.name}: ${warmUp.invalid}`);
  await sleep(rest * 1000);
  const before = system.tree!.memory();
  const clients = await openIdleClients(system, connections, cleanup);
  await sleep(rest * 1000);
  const after = system.tree!.memory();
  const stillOpen = await clients.open();
  await clients.close();
  if (stillOpen !== connections)
    throw new Error(`${system.name}: closed ${connections - stillOpen} of ${connections} connections`);
  return { system, connections, bytes: (after - before) / connections };
}

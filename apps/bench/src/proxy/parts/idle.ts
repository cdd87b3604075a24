import { freePort } from '@gatehouse/embedded';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../../median.js';
import { atMost, shortNumber } from '../bar.js';
import type { Print } from '../compare.js';
import { startTestedGateway } from '../gateway.js';
import { openIdleClients } from '../idle-clients.js';
import type { Lab } from '../lab.js';
import { measure } from '../measure.js';
import type { ProxyOptions } from '../proxy-options.js';
import { selfSignedCertificate, type CertificateFiles } from '../self-signed.js';
import type { System, SystemId } from '../system.js';
import { table } from '../table.js';
import type { PartResult } from './part-result.js';

const KB = 1024;
const MOST_ROUNDS = 3;
const WARM_UP = { resource: 'small', connections: 64 } as const;
const WARM_UP_SECONDS = 3;
/** For connections of the warm-up to end, and garbage to be collected. */
const REST_SECONDS = 20;
/** Longer than all connections take to open, and the rest. */
const KEEP_ALIVE_SECONDS = 600;

interface IdleFigures {
  readonly system: SystemId;
  readonly name: string;
  readonly tls: boolean;
  readonly connections: number;
  /** Bytes of memory (PSS) that came with each connection. */
  readonly bytes: number;
}

/** Memory that a connection costs which has had one answer and now waits. Each round of the gateway is one of a fresh process. */
export async function idle(lab: Lab, { idleConnections, rounds, seconds }: ProxyOptions, print: Print): Promise<PartResult> {
  print(`\nidle: ${idleConnections} keep-alive connections, after one request each and a rest`);
  const { programs, directory } = lab.surroundings;
  const openssl = programs.get('openssl');
  const certificate = openssl ? await selfSignedCertificate(openssl.file, directory) : null;
  const rest = Math.min(REST_SECONDS, seconds * 5);
  const figures: IdleFigures[] = [];
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    figures.push(await ofFreshGateway(lab, idleConnections, null, rest));
    if (certificate) figures.push(await ofFreshGateway(lab, idleConnections, certificate, rest));
  }
  for (const id of ['nginx-log', 'haproxy-plain'] as const) {
    const system = lab.systems.get(id);
    if (system) figures.push(await memoryPerConnection(lab, system, system, false, idleConnections, rest));
  }
  const rows = figures.map(({ name, tls, connections, bytes }) => [
    `${name}${tls ? ', TLS' : ''}`,
    String(connections),
    shortNumber(bytes),
  ]);
  for (const line of table(['system', 'connections', 'bytes each'], rows)) print(line);
  const own = figures.filter(({ system, tls }) => system === 'gateway-open' && !tls).map(({ bytes }) => bytes);
  return {
    part: 'idle',
    bars: [
      atMost(median(own) / KB, {
        work: `memory per idle keep-alive connection at ${idleConnections} connections, plain`,
        bar: 8,
        of: 'KB',
      }),
    ],
    details: figures,
  };
}

/** Over TLS when there is a certificate. */
async function ofFreshGateway(
  lab: Lab,
  connections: number,
  certificate: CertificateFiles | null,
  rest: number,
): Promise<IdleFigures> {
  const tlsPort = await freePort();
  const gateway = await startTestedGateway(lab.installation, lab.surroundings.core, {
    GATEHOUSE_KEEP_ALIVE_SECONDS: String(KEEP_ALIVE_SECONDS),
    // All come from one.
    GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS: String(2 * connections),
    ...(certificate && {
      GATEHOUSE_TLS_PORT: String(tlsPort),
      GATEHOUSE_TLS_CERTIFICATE_FILE: certificate.certificateFile,
      GATEHOUSE_TLS_KEY_FILE: certificate.keyFile,
    }),
  });
  await lab.apis.served(gateway);
  const plain = lab.apis.systems(gateway).find(({ id }) => id === 'gateway-open')!;
  const connected = certificate ? { ...plain, port: tlsPort } : plain;
  const figures = await memoryPerConnection(lab, plain, connected, certificate !== null, connections, rest);
  await gateway.process.stop();
  return figures;
}

/** @param warmed where the load of the warm-up goes, `connected` where the connections go: the same processes */
async function memoryPerConnection(
  lab: Lab,
  warmed: System,
  connected: System,
  tls: boolean,
  wanted: number,
  rest: number,
): Promise<IdleFigures> {
  const { cleanup, openFiles } = lab.surroundings;
  const { id, name } = connected;
  // A proxy that reserves two files for each connection takes fewer of them.
  const connections = id.startsWith('haproxy') ? Math.min(wanted, Math.floor(openFiles / 2) - 500) : wanted;
  const warmUp = await measure(lab, warmed, WARM_UP, WARM_UP_SECONDS);
  if (warmUp.invalid !== null) throw new Error(`${name}: ${warmUp.invalid}`);
  await sleep(rest * 1000);
  const before = connected.tree!.memory();
  const clients = await openIdleClients(connected, connections, tls, cleanup);
  await sleep(rest * 1000);
  const after = connected.tree!.memory();
  const stillOpen = await clients.open();
  await clients.close();
  if (stillOpen !== connections) throw new Error(`${name}: closed ${connections - stillOpen} of ${connections} connections`);
  return { system: id, name, tls, connections, bytes: (after - before) / connections };
}

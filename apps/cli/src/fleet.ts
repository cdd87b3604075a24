import { CliError } from './cli-error.js';
import type { Environment } from './environment.js';
import { connect } from './remote.js';
import { formatTable } from './table.js';

interface Gateway {
  gatewayId: string;
  addresses: { gateway: string; internal: string };
  servingSince: string | null;
  source: string;
  sequence: number;
  counts: { stages: number; usagePlans: number; apiKeys: number; certificates: number; domains: number };
  refusedTotal: number;
  workers: { serving: boolean }[];
}

interface FunctionsProcess {
  functionsId: string;
  address: string;
  servingSince: string | null;
  sequence: number;
  functions: number;
  busy: number;
  refusedTotal: number;
}

/** `gatehouse fleet`: what every live gateway and functions process serves. */
export async function fleet(environment: Environment, rest: string[], options: { endpoint?: string }): Promise<number> {
  if (rest.length > 0) throw new CliError(`fleet takes no argument ${rest[0]}`);
  const admin = await connect(environment, options.endpoint);
  const { gateways, functions } = await admin.send<{ gateways: Gateway[]; functions: FunctionsProcess[] }>(
    'GET',
    '/gatehouse/fleet',
  );
  console.log(gatewayTable(gateways));
  if (functions.length > 0) console.log(`\n${functionsTable(functions)}`);
  return 0;
}

function gatewayTable(gateways: Gateway[]): string {
  const heading = [
    'GATEWAY',
    'ADDRESS',
    'WORKERS',
    'SERVING SINCE',
    'FROM',
    'SEQUENCE',
    'STAGES',
    'PLANS',
    'KEYS',
    'CERTIFICATES',
    'DOMAINS',
    'REFUSED',
  ];
  const rows = gateways.map(({ gatewayId, addresses, workers, servingSince, source, sequence, counts, refusedTotal }) => [
    gatewayId,
    addresses.gateway,
    `${workers.filter(({ serving }) => serving).length}/${workers.length}`,
    servingSince ?? 'not yet',
    source,
    ...[sequence, counts.stages, counts.usagePlans, counts.apiKeys, counts.certificates, counts.domains, refusedTotal].map(
      String,
    ),
  ]);
  return formatTable(heading, rows);
}

function functionsTable(processes: FunctionsProcess[]): string {
  const heading = ['FUNCTIONS PROCESS', 'ADDRESS', 'SERVING SINCE', 'SEQUENCE', 'FUNCTIONS', 'UNDER WAY', 'REFUSED'];
  const rows = processes.map(({ functionsId, address, servingSince, sequence, functions, busy, refusedTotal }) => [
    functionsId,
    address,
    servingSince ?? 'not yet',
    ...[sequence, functions, busy, refusedTotal].map(String),
  ]);
  return formatTable(heading, rows);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { AdminClient } from '../admin-client.js';
import type { BenchGateway, Installation } from '../installation.js';
import { ask } from './ask.js';
import { sumOf } from './metrics.js';
import { HOST, KEY_HEADER, type Surroundings } from './surroundings.js';
import type { System } from './system.js';
import type { Resource } from './work.js';

const STAGE = 'prod';
/** Nothing is refused at these, and still every request is counted against them. */
const RATE = 1_000_000_000;
const QUOTA = 2_000_000_000;
const CALLS_AT_ONCE = 16;
const SERVED_TIMEOUT_MS = 120_000;
const LOOK_AGAIN_MS = 100;
const LOGS =
  'metrics, a JSON log line with 17 fields, written to a file 64 KB at a time, request ids to the client, trace id and X-Forwarded-* to the backend';

/** The two REST APIs of the benchmark, deployed: one asks for an API key and counts it against a usage plan, the other lets everyone in. */
export class BenchApis {
  private constructor(
    private readonly keyed: string,
    private readonly open: string,
    private readonly keys: readonly string[],
  ) {}

  static async create(admin: AdminClient, { backendPort, keys }: Pick<Surroundings, 'backendPort' | 'keys'>): Promise<BenchApis> {
    const keyed = await deployApi(admin, 'keyed', backendPort, true);
    const open = await deployApi(admin, 'open', backendPort, false);
    const plan = await admin.call<{ id: string }>('POST', '/usageplans', {
      name: 'benchmark',
      apiStages: [{ apiId: keyed, stage: STAGE }],
      throttle: { rateLimit: RATE, burstLimit: RATE },
      quota: { limit: QUOTA, period: 'MONTH' },
    });
    await createKeys(admin, plan.id, keys);
    return new BenchApis(keyed, open, keys);
  }

  /** Waits until a gateway serves both APIs and lets the first key in. */
  async served(gateway: BenchGateway): Promise<void> {
    const deadline = Date.now() + SERVED_TIMEOUT_MS;
    for (const system of this.systems(gateway)) {
      for (let status = 0; status !== 200; status = await statusOf(system)) {
        if (Date.now() > deadline) throw new Error(`${system.name} answers ${status}`);
        await sleep(LOOK_AGAIN_MS);
      }
    }
  }

  /** What a gateway serves, as two systems to measure. */
  systems({ port, internalPort, process }: BenchGateway): System[] {
    const common = {
      port,
      pathOf: (resource: Resource) => `/${STAGE}/${resource}`,
      tree: process.tree,
      logLines: () => logLines(internalPort),
    };
    return [
      {
        ...common,
        id: 'gateway-key',
        name: 'Gatehouse, API key and usage plan',
        does: `REST API, HTTP_PROXY; API key among ${this.keys.length}, rate and quota of its usage plan, usage counted; ${LOGS}`,
        host: hostOf(this.keyed),
        headers: { [KEY_HEADER]: this.keys[0]! },
      },
      {
        ...common,
        id: 'gateway-open',
        name: 'Gatehouse, no key',
        does: `REST API, HTTP_PROXY; ${LOGS}`,
        host: hostOf(this.open),
        headers: {},
      },
    ];
  }
}

/** A gateway with one worker that is a system under test. */
export function startTestedGateway(
  installation: Installation,
  core: number | null,
  env: Record<string, string> = {},
): Promise<BenchGateway> {
  return installation.startGateway({ core, env: { GATEHOUSE_WORKERS: '1', ...env } });
}

function hostOf(apiId: string): string {
  return `${apiId}.execute-api.us-east-1.localhost`;
}

async function deployApi(admin: AdminClient, name: string, backendPort: number, apiKeyRequired: boolean): Promise<string> {
  const { id, rootResourceId } = await admin.call<{ id: string; rootResourceId: string }>('POST', '/restapis', { name });
  for (const resource of ['small', 'medium', 'large', 'upload'] satisfies Resource[]) {
    const { id: resourceId } = await admin.call<{ id: string }>('POST', `/restapis/${id}/resources/${rootResourceId}`, {
      pathPart: resource,
    });
    const httpMethod = resource === 'upload' ? 'POST' : 'GET';
    const method = `/restapis/${id}/resources/${resourceId}/methods/${httpMethod}`;
    await admin.call('PUT', method, { authorizationType: 'NONE', apiKeyRequired });
    const uri = `http://${HOST}:${backendPort}/${resource}`;
    await admin.call('PUT', `${method}/integration`, { type: 'HTTP_PROXY', httpMethod, uri });
  }
  await admin.call('POST', `/restapis/${id}/deployments`, { stageName: STAGE });
  return id;
}

async function createKeys(admin: AdminClient, usagePlanId: string, keys: readonly string[]): Promise<void> {
  let next = 0;
  const create = async (value: string) => {
    const { id } = await admin.call<{ id: string }>('POST', '/apikeys', { name: value, value, enabled: true });
    await admin.call('POST', `/usageplans/${usagePlanId}/keys`, { keyId: id, keyType: 'API_KEY' });
  };
  await Promise.all(
    Array.from({ length: CALLS_AT_ONCE }, async () => {
      while (next < keys.length) await create(keys[next++]!);
    }),
  );
}

/** Requests that were counted, without those whose line was dropped. */
async function logLines(internalPort: number): Promise<number> {
  const page = await (await fetch(`http://${HOST}:${internalPort}/metrics`)).text();
  return sumOf(page, 'gatehouse_requests_total') - sumOf(page, 'gatehouse_access_log_dropped_lines_total');
}

function statusOf(system: System): Promise<number> {
  return ask(system, 'small').then(
    ({ status }) => status,
    () => 0,
  );
}

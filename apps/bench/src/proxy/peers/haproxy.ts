import { freePort } from '@gatehouse/embedded';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RunningProcess } from '../../processes/running-process.js';
import type { LogReader } from '../log-reader.js';
import { HOST, KEY_HEADER, type Surroundings } from '../surroundings.js';
import type { System } from '../system.js';

/** Files that an HAProxy has open beside two for each connection. */
const OTHER_FILES = 200;

interface Variant {
  readonly id: 'haproxy-features' | 'haproxy-plain' | 'haproxy-tcp';
  readonly name: string;
  readonly does: string;
  readonly mode: 'http' | 'tcp';
  readonly headers: Record<string, string>;
  /** Directives of its frontend, and sections beside it. */
  readonly frontend: string;
  readonly sections: string;
}

/** Starts HAProxy in its three variants, each a process of its own with one thread. */
export async function startHaproxy(surroundings: Surroundings, logReader: LogReader): Promise<System[]> {
  const { directory, keys } = surroundings;
  await writeFile(mapFile(directory), keys.map((key, n) => `${key} key${n}\n`).join(''));
  const variants = [features(surroundings, logReader), PLAIN, TCP];
  const systems = await Promise.all(variants.map((variant) => start(variant, surroundings)));
  return systems.map((system) => (system.id === 'haproxy-features' ? { ...system, logLines: () => logReader.count() } : system));
}

const PLAIN: Variant = {
  id: 'haproxy-plain',
  name: 'HAProxy, plain',
  does: 'mode http with keep-alive; no log',
  mode: 'http',
  headers: {},
  frontend: '',
  sections: '',
};

const TCP: Variant = {
  id: 'haproxy-tcp',
  name: 'HAProxy, mode tcp (floor)',
  does: 'relays bytes and reads no HTTP',
  mode: 'tcp',
  headers: {},
  frontend: '',
  sections: '',
};

function features({ directory, keys }: Surroundings, { port }: LogReader): Variant {
  return {
    id: 'haproxy-features',
    name: 'HAProxy, features',
    does: `mode http with keep-alive; API key looked up in a map of ${keys.length}, request rate of each key in a stick table and compared with a limit (no quota), uuid as request id to client and backend, X-Forwarded-For, a JSON log line with 16 fields by syslog over UDP, read by a process on the other core`,
    mode: 'http',
    headers: { [KEY_HEADER]: keys[0]! },
    frontend: `
  unique-id-format %[uuid()]
  unique-id-header X-Request-Id
  option forwardfor
  http-request set-var(txn.agent) req.hdr(user-agent)
  http-request set-var(txn.key) req.hdr(${KEY_HEADER}),map(${mapFile(directory)})
  http-request deny deny_status 403 unless { var(txn.key) -m found }
  http-request track-sc0 var(txn.key) table rates
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt 1000000000 }
  http-response set-header X-Request-Id %[unique-id]
  log ${HOST}:${port} len 2048 local0
  log-format '{"time":"%t","requestId":"%ID","apiId":"abcdefghij","stage":"prod","resourcePath":"/{proxy+}","httpMethod":"%HM","path":"%HP","protocol":"%HV","status":%ST,"sourceIp":"%ci","userAgent":"%[var(txn.agent),json]","apiKeyId":"%[var(txn.key)]","latency":%Ta,"integrationLatency":%Tr,"integrationStatus":%ST,"bytes":%B}'`,
    sections: `
backend rates
  stick-table type string size 100k expire 60s store http_req_rate(1s)`,
  };
}

async function start(
  { id, name, does, mode, headers, frontend, sections }: Variant,
  surroundings: Surroundings,
): Promise<System> {
  const { directory, programs, core, openFiles, backendPort, cleanup } = surroundings;
  const port = await freePort();
  const file = path.join(directory, `${id}.cfg`);
  await writeFile(
    file,
    `global
  maxconn ${Math.min(Math.floor((openFiles - OTHER_FILES) / 2), 16_384)}
  nbthread 1
defaults
  mode ${mode}
  timeout connect 10s
  timeout client 10m
  timeout server 10m
frontend clients
  bind ${HOST}:${port} backlog 4096
  default_backend backend
${frontend}
backend backend
  ${mode === 'http' ? 'http-reuse always' : ''}
  server backend ${HOST}:${backendPort}
${sections}
`,
  );
  const haproxy = new RunningProcess({ command: programs.get('haproxy')!.file, args: ['-db', '-f', file], core });
  cleanup.defer(() => haproxy.stop());
  await haproxy.accepting(port);
  return { id, name, does, port, headers, pathOf: (resource) => `/${resource}`, tree: haproxy.tree };
}

function mapFile(directory: string): string {
  return path.join(directory, 'keys.map');
}

import { freePort } from '@gatehouse/embedded';
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RunningProcess } from '../../processes/running-process.js';
import { HOST, type Surroundings } from '../surroundings.js';
import type { System } from '../system.js';
import { nginxFrame } from './nginx-frame.js';

interface Variant {
  readonly id: 'nginx-plain' | 'nginx-log' | 'nginx-unbuffered';
  readonly name: string;
  readonly does: string;
  /** Directives of its `http` block. */
  http(directory: string): string;
}

const VARIANTS: readonly Variant[] = [
  {
    id: 'nginx-plain',
    name: 'nginx, plain',
    does: 'proxy_pass with keep-alive; no log',
    http: () => 'access_log off;',
  },
  {
    id: 'nginx-log',
    name: 'nginx, log and request id',
    does: 'proxy_pass with keep-alive; a request id to client and backend, X-Forwarded-For, a JSON log line with 15 fields, written to a file 64 KB at a time',
    http: (directory) => `
  log_format fields escape=json '{"time":"$time_iso8601","requestId":"$request_id","apiId":"abcdefghij","stage":"prod",'
    '"resourcePath":"/{proxy+}","httpMethod":"$request_method","path":"$uri","protocol":"$server_protocol","status":$status,'
    '"sourceIp":"$remote_addr","userAgent":"$http_user_agent","latency":$request_time,'
    '"integrationLatency":"$upstream_response_time","integrationStatus":"$upstream_status","bytes":$body_bytes_sent}';
  access_log ${accessLog(directory)} fields buffer=64k flush=1s;
  add_header X-Request-Id $request_id;
  proxy_set_header X-Request-Id $request_id;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`,
  },
  {
    id: 'nginx-unbuffered',
    name: 'nginx, buffering off',
    does: 'proxy_pass with keep-alive, proxy_buffering and proxy_request_buffering off; no log',
    http: () => `access_log off;
  proxy_buffering off;
  proxy_request_buffering off;`,
  },
];

/** Starts nginx in its three variants, each a server of its own. */
export function startNginx(surroundings: Surroundings): Promise<System[]> {
  return Promise.all(VARIANTS.map((variant) => start(variant, surroundings)));
}

async function start({ id, name, does, http }: Variant, surroundings: Surroundings): Promise<System> {
  const { directory, programs, core, cleanup } = surroundings;
  const port = await freePort();
  const file = path.join(directory, `${id}.conf`);
  await writeFile(file, nginxFrame(id, surroundings, configuration(port, surroundings, http(directory))));
  const nginx = new RunningProcess({ command: programs.get('nginx')!.file, args: ['-c', file], core });
  cleanup.defer(() => nginx.stop());
  await nginx.accepting(port);
  const logs = id === 'nginx-log';
  return {
    id,
    name,
    does,
    port,
    headers: {},
    pathOf: (resource) => `/${resource}`,
    tree: nginx.tree,
    // Nobody keeps these lines, and a file that only grows would fill the disk.
    afterRun: async () => (logs ? truncate(accessLog(directory)) : undefined),
  };
}

function accessLog(directory: string): string {
  return path.join(directory, 'nginx-log.access');
}

function configuration(port: number, { backendPort }: Surroundings, http: string): string {
  // proxy_set_header of an outer block holds only where an inner one has none, so both are on the same level.
  return `
  ${http}
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  client_max_body_size 16m;
  upstream backend {
    server ${HOST}:${backendPort};
    keepalive 1024;
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
  }
  server {
    listen ${HOST}:${port} backlog=4096;
    location / { proxy_pass http://backend; }
  }`;
}

import { freePort } from '@gatehouse/embedded';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RunningProcess } from '../processes/running-process.js';
import { nginxFrame } from './peers/nginx-frame.js';
import { HOST, type Surroundings } from './surroundings.js';
import type { System } from './system.js';
import { ANSWER_BYTES } from './work.js';

/** Starts the backend of all: an nginx that logs nothing, answers from memory or the page cache, and takes uploads. */
export async function startBackend(surroundings: Omit<Surroundings, 'backendPort' | 'core' | 'keys'>): Promise<System> {
  const { directory, programs, cleanup } = surroundings;
  const port = await freePort();
  for (const resource of ['medium', 'large'] as const)
    await writeFile(path.join(directory, resource), answerBody(resource), { mode: 0o644 });
  const file = path.join(directory, 'backend.conf');
  await writeFile(file, nginxFrame('backend', surroundings, configuration(port, directory)));
  const backend = new RunningProcess({ command: programs.get('nginx')!.file, args: ['-c', file] });
  cleanup.defer(() => backend.stop());
  await backend.accepting(port);
  return {
    id: 'direct',
    name: 'backend without a proxy',
    does: 'nginx, answers from memory; reads an upload whole before it answers',
    port,
    headers: {},
    pathOf: (resource) => `/${resource}`,
    tree: null,
  };
}

/** The body that `resource` answers with. */
export function answerBody(resource: keyof typeof ANSWER_BYTES): string {
  const beginning = `{"resource":"${resource}","filling":"`;
  const end = '"}';
  return beginning + 'x'.repeat(ANSWER_BYTES[resource] - beginning.length - end.length) + end;
}

/**
 * nginx's own \`return\` answers before it has read a body. A request that is proxied is read whole first, so uploads go through a second server
 * of the same process, which gets their length but not their bytes.
 */
function configuration(port: number, directory: string): string {
  return `
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  client_max_body_size 16m;
  client_body_buffer_size 2m;
  default_type application/json;
  open_file_cache max=16 inactive=1h;
  open_file_cache_valid 1h;
  sendfile on;
  upstream received {
    server unix:${directory}/received.sock;
    keepalive 1024;
    keepalive_requests 1000000000;
  }
  server {
    listen ${HOST}:${port} backlog=4096;
    root ${directory};
    location = /small { return 200 '${answerBody('small')}'; }
    location = /upload {
      proxy_pass http://received;
      proxy_http_version 1.1;
      proxy_pass_request_body off;
      proxy_set_header Connection "";
      proxy_set_header Content-Length "";
      proxy_set_header X-Received $request_length;
    }
    location / { }
  }
  server {
    listen unix:${directory}/received.sock;
    return 200 $http_x_received;
  }`;
}

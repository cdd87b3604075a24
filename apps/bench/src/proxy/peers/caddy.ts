import { freePort } from '@gatehouse/embedded';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RunningProcess } from '../../processes/running-process.js';
import { HOST, type Surroundings } from '../surroundings.js';
import type { System } from '../system.js';

/** Starts Caddy with one reverse_proxy. */
export async function startCaddy({ directory, programs, core, backendPort, cleanup }: Surroundings): Promise<System> {
  const port = await freePort();
  const file = path.join(directory, 'Caddyfile');
  await writeFile(
    file,
    `{
	admin off
	auto_https off
}
http://:${port} {
	bind ${HOST}
	reverse_proxy ${HOST}:${backendPort} {
		transport http {
			keepalive_idle_conns 1024
			keepalive_idle_conns_per_host 1024
		}
	}
}
`,
  );
  const caddy = new RunningProcess({
    command: programs.get('caddy')!.file,
    args: ['run', '--adapter', 'caddyfile', '--config', file],
    env: { HOME: directory },
    core,
  });
  cleanup.defer(() => caddy.stop());
  await caddy.accepting(port);
  return {
    id: 'caddy',
    name: 'Caddy',
    does: 'reverse_proxy with keep-alive; X-Forwarded-*; no log',
    port,
    headers: {},
    pathOf: (resource) => `/${resource}`,
    tree: caddy.tree,
  };
}

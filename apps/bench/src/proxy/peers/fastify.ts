import { freePort } from '@gatehouse/embedded';
import path from 'node:path';
import { RunningProcess } from '../../processes/running-process.js';
import { HOST, type Surroundings } from '../surroundings.js';
import type { System } from '../system.js';

/** Starts Fastify with @fastify/http-proxy, both from wherever Node.js finds them. */
export async function startFastify({ core, backendPort, cleanup }: Surroundings): Promise<System> {
  const port = await freePort();
  const fastify = new RunningProcess({
    command: process.execPath,
    args: [path.join(import.meta.dirname, 'fastify-program.js')],
    env: {
      PORT: String(port),
      BACKEND: `http://${HOST}:${backendPort}`,
      NODE_PATH: process.env.NODE_PATH ?? '',
      NODE_ENV: 'production',
    },
    core,
  });
  cleanup.defer(() => fastify.stop());
  await fastify.accepting(port);
  return {
    id: 'fastify',
    name: 'Fastify + @fastify/http-proxy',
    does: 'proxies with keep-alive; no log',
    port,
    headers: {},
    pathOf: (resource) => `/${resource}`,
    tree: fastify.tree,
  };
}

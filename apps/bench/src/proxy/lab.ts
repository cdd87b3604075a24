import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Cleanup } from '../cleanup.js';
import { Installation } from '../installation.js';
import { openFilesLimit, type Placement } from '../processes/placement.js';
import { temporaryDirectory } from '../temporary-directory.js';
import { startBackend } from './backend.js';
import { checkSystem } from './check-system.js';
import { BenchApis, startTestedGateway } from './gateway.js';
import { uploadScript } from './loads/run-wrk.js';
import { startLogReader } from './log-reader.js';
import { startCaddy } from './peers/caddy.js';
import { startFastify } from './peers/fastify.js';
import { startHaproxy } from './peers/haproxy.js';
import { startNginx } from './peers/nginx.js';
import { hasFastifyProxy, type Program, type ProgramName } from './programs.js';
import type { Surroundings } from './surroundings.js';
import type { System, SystemId } from './system.js';
import { LARGE_BYTES } from './work.js';

/** All that is measured, started once and kept for all parts. */
export interface Lab {
  readonly surroundings: Surroundings;
  /** Those that are there: the gateway, the peers that are installed, and the backend itself. All have been checked. */
  readonly systems: ReadonlyMap<SystemId, System>;
  readonly installation: Installation;
  readonly apis: BenchApis;
  /** File with wrk's script for uploads. */
  readonly uploadScript: string;
}

export interface LabOptions {
  programs: ReadonlyMap<ProgramName, Program>;
  placement: Placement;
  /** How many API keys there are. */
  keys: number;
}

/** Starts the backend, the gateway and the peers, and checks that each of them does what it is measured for. `cleanup` ends them. */
export async function openLab({ programs, placement, keys }: LabOptions, cleanup: Cleanup): Promise<Lab> {
  const directory = await temporaryDirectory(cleanup);
  const openFiles = openFilesLimit();
  const backend = await startBackend({ programs, directory, openFiles, cleanup });
  const surroundings: Surroundings = {
    programs,
    directory,
    backendPort: backend.port,
    core: placement.tested,
    openFiles,
    keys: Array.from({ length: keys }, (_, n) => `key-${String(n).padStart(30, '0')}`),
    cleanup,
  };
  const installation = await Installation.start(cleanup);
  const apis = await BenchApis.create(installation.admin, surroundings);
  const gateway = await startTestedGateway(installation, surroundings.core);
  await apis.served(gateway);
  // From here on gateways need Redis alone, and nothing else shall take time from what is measured.
  await installation.stopAdministration();

  const systems = [...apis.systems(gateway), ...(await startPeers(surroundings)), backend];
  for (const system of systems) await checkSystem(system);
  const script = path.join(directory, 'upload.lua');
  await writeFile(script, uploadScript(LARGE_BYTES));
  return {
    surroundings,
    systems: new Map(systems.map((system) => [system.id, system])),
    installation,
    apis,
    uploadScript: script,
  };
}

async function startPeers(surroundings: Surroundings): Promise<System[]> {
  const { programs, cleanup } = surroundings;
  const peers: System[] = [];
  if (programs.has('haproxy')) peers.push(...(await startHaproxy(surroundings, await startLogReader(cleanup))));
  if (programs.has('nginx')) peers.push(...(await startNginx(surroundings)));
  if (programs.has('caddy')) peers.push(await startCaddy(surroundings));
  if (hasFastifyProxy()) peers.push(await startFastify(surroundings));
  return peers;
}

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export type ProgramName = 'nginx' | 'haproxy' | 'caddy' | 'wrk' | 'h2load' | 'openssl';

/** A program of this machine. */
export interface Program {
  readonly file: string;
  /** As it calls itself. */
  readonly version: string;
}

/** A program that is not there, and how to get it. */
export interface Missing {
  readonly name: string;
  readonly neededFor: string;
  readonly install: string;
}

const PROGRAMS: Record<ProgramName, { versionFlag: string; neededFor: string; debianPackage: string }> = {
  nginx: { versionFlag: '-v', neededFor: 'the backend of all, and nginx as a peer', debianPackage: 'nginx-light' },
  wrk: { versionFlag: '-v', neededFor: 'the load of all', debianPackage: 'wrk' },
  h2load: { versionFlag: '--version', neededFor: 'p99 at half of the maximum rate', debianPackage: 'nghttp2-client' },
  haproxy: { versionFlag: '-v', neededFor: 'HAProxy as a peer', debianPackage: 'haproxy' },
  openssl: { versionFlag: 'version', neededFor: 'a certificate for idle TLS connections', debianPackage: 'openssl' },
  caddy: { versionFlag: 'version', neededFor: 'Caddy as a peer', debianPackage: 'caddy' },
};

/** Where servers lie that the PATH of an ordinary user does not name. */
const MORE_PLACES = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** Which of the programs are installed. Nothing is installed or fetched. */
export function findPrograms(): Map<ProgramName, Program> {
  const found = new Map<ProgramName, Program>();
  for (const name of Object.keys(PROGRAMS) as ProgramName[]) {
    const file = findFile(name);
    if (file === undefined) continue;
    const { stdout, stderr } = spawnSync(file, [PROGRAMS[name].versionFlag], { encoding: 'utf8' });
    found.set(name, {
      file,
      version: (stdout || stderr)
        .split('\n', 1)[0]!
        .replace(/ - http.*| Copyright.*/, '')
        .trim(),
    });
  }
  return found;
}

export function missingPrograms(found: ReadonlyMap<ProgramName, Program>): Missing[] {
  return (Object.keys(PROGRAMS) as ProgramName[])
    .filter((name) => !found.has(name))
    .map((name) => ({
      name,
      neededFor: PROGRAMS[name].neededFor,
      install: `apt-get install ${PROGRAMS[name].debianPackage}`,
    }));
}

export const FASTIFY_PROXY = '@fastify/http-proxy';

/** Whether Fastify's proxy can be loaded: from node_modules, or from where NODE_PATH points to. */
export function hasFastifyProxy(): boolean {
  try {
    createRequire(import.meta.url).resolve(FASTIFY_PROXY);
    return true;
  } catch {
    return false;
  }
}

export const MISSING_FASTIFY: Missing = {
  name: FASTIFY_PROXY,
  neededFor: 'Fastify as a peer',
  install: `npm install --prefix DIR fastify ${FASTIFY_PROXY}, then NODE_PATH=DIR/node_modules npm run bench -- proxy`,
};

function findFile(name: string): string | undefined {
  const places = [...(process.env.PATH ?? '').split(':'), ...MORE_PLACES];
  return places.map((place) => path.join(place, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

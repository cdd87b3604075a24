import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from './cli-error.js';

/** Where what `gatehouse start` started can be reached. */
export interface Endpoints {
  admin: string;
  /** One per gateway. */
  gateways: string[];
  /** Health and metrics, one per gateway, in the same order. */
  internal: string[];
  functions: string;
}

/** Writes `endpoints.json` of the data directory, all of it or nothing. */
export async function writeEndpoints(dataDir: string, endpoints: Endpoints): Promise<void> {
  const written = `${file(dataDir)}.new`;
  await writeFile(written, JSON.stringify(endpoints, null, 2) + '\n', { mode: 0o600 });
  await rename(written, file(dataDir));
}

/** Removes `endpoints.json`: nothing runs any more. */
export async function removeEndpoints(dataDir: string): Promise<void> {
  await rm(file(dataDir), { force: true });
}

/** Reads `endpoints.json`. Throws {@link CliError} when nothing was started from this data directory. */
export async function readEndpoints(dataDir: string): Promise<Endpoints> {
  const text = await readFile(file(dataDir), 'utf8').catch(() => {
    throw new CliError(`${file(dataDir)} is not there: start Gatehouse (npm start), or say where it is with --endpoint`);
  });
  return JSON.parse(text) as Endpoints;
}

/** The URL under which a listener is reached from this machine: an address that means "all interfaces" becomes the loopback address. */
export function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

const file = (dataDir: string) => path.join(dataDir, 'endpoints.json');

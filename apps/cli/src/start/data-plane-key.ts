import { deriveDataPlaneSecret } from '@gatehouse/snapshot';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../environment.js';

const POLL_MS = 25;

/** The key that gateways are started with: the environment's, else derived from the master key once the control plane has made that. */
export async function awaitDataPlaneKey(environment: Environment, signal: AbortSignal): Promise<string> {
  if (environment.dataPlaneKey) return environment.dataPlaneKey;
  let masterKey = environment.masterKey;
  for (; !masterKey; await sleep(POLL_MS, undefined, { signal })) {
    masterKey = await readFile(path.join(environment.dataDir, 'master.key'), 'utf8').catch(() => undefined);
  }
  return deriveDataPlaneSecret(Buffer.from(masterKey.trim(), 'base64')).toString('base64');
}

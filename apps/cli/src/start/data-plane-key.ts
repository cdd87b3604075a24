import { deriveDataPlaneSecret } from '@gatehouse/snapshot';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../environment.js';
import { decodeMasterKey } from '../keys.js';

const POLL_MS = 25;

/** The key that gateways are started with: the environment's, else derived from the master key once the control plane has made that. */
export async function awaitDataPlaneKey(environment: Environment, ended: AbortSignal): Promise<string> {
  if (environment.dataPlaneKey) return environment.dataPlaneKey;
  let masterKey = decodeMasterKey(environment.masterKey);
  for (; !masterKey; await sleep(POLL_MS, undefined, { signal: ended })) {
    const text = await readFile(path.join(environment.dataDir, 'master.key'), 'utf8').catch(() => undefined);
    masterKey = text === undefined ? undefined : Buffer.from(text.trim(), 'base64');
  }
  return deriveDataPlaneSecret(masterKey).toString('base64');
}

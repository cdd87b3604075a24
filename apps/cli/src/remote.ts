import { AdminClient } from './admin-client.js';
import { CliError } from './cli-error.js';
import { loadCredentials } from './credentials.js';
import { readEndpoints } from './endpoints.js';
import type { Environment } from './environment.js';

/** A client for the admin API that `--endpoint` names, or else for the one that runs on this data directory. */
export async function connect(environment: Environment, endpoint: string | undefined): Promise<AdminClient> {
  if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol))) {
    throw new CliError(`--endpoint is not a URL that begins with http:// or https://: ${endpoint}`);
  }
  const url = endpoint ?? (await readEndpoints(environment.dataDir)).admin;
  return new AdminClient(url, await loadCredentials(process.env, environment.dataDir, environment.region));
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from './cli-error.js';

/** An access key of the admin API, and the region that requests are signed for. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/**
 * The access key to sign with: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY when both are set, else the `[default]` section of the file
 * `credentials` in the data directory, which the control plane writes on its first start. Throws {@link CliError} when there is neither.
 */
export async function loadCredentials(env: NodeJS.ProcessEnv, dataDir: string, region: string): Promise<Credentials> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, region: env.AWS_REGION || region };
  const file = credentialsFile(dataDir);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError(
      `no access key: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or start Gatehouse once (it writes ${file})`,
    );
  });
  return parseCredentials(text, file, region);
}

/** Where the control plane keeps the root access key. */
export const credentialsFile = (dataDir: string) => path.join(dataDir, 'credentials');

/** Reads the `[default]` section of an AWS shared credentials file. */
export function parseCredentials(text: string, file: string, region: string): Credentials {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    section = /^\s*\[(.+?)\]/.exec(line)?.[1] ?? section;
    const setting = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (setting && section === 'default') settings.set(setting[1]!, setting[2]!);
  }
  const accessKeyId = settings.get('aws_access_key_id');
  const secretAccessKey = settings.get('aws_secret_access_key');
  if (!accessKeyId || !secretAccessKey) throw new CliError(`${file} has no access key in its [default] section`);
  return { accessKeyId, secretAccessKey, region: settings.get('region') ?? region };
}

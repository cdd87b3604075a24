import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort, isPortFree } from './free-port.js';

/** What an embedded service keeps between starts: its port, so that URLs stay the same, and its password. */
export interface ServiceSettings {
  port: number;
  password: string;
}

/**
 * Makes the data directory (mode 0700) and reads its settings, or makes them at random on the first start. A kept port that something else
 * took meanwhile is replaced by a free one; a wanted port is used as it is.
 */
export async function openSettings(dataDir: string, wanted: Partial<ServiceSettings>): Promise<ServiceSettings> {
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o700);
  const kept = await readSettings(dataDir);
  const password = wanted.password ?? kept?.password ?? randomBytes(24).toString('base64url');
  const port = wanted.port ?? (kept && (await isPortFree(kept.port)) ? kept.port : await freePort());
  const settings = { port, password };
  await writeSettings(dataDir, settings);
  return settings;
}

async function readSettings(dataDir: string): Promise<ServiceSettings | undefined> {
  try {
    return JSON.parse(await readFile(file(dataDir), 'utf8')) as ServiceSettings;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file(dataDir)} cannot be read: ${(error as Error).message}`);
  }
}

async function writeSettings(dataDir: string, settings: ServiceSettings): Promise<void> {
  const written = `${file(dataDir)}.new`;
  await writeFile(written, JSON.stringify(settings), { mode: 0o600 });
  await rename(written, file(dataDir));
}

const file = (dataDir: string) => path.join(dataDir, 'settings.json');

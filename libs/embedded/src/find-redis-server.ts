import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { exists } from './postgres-binaries.js';

/** A redis-server program that runs on this machine. */
export interface RedisServer {
  command: string;
  env: NodeJS.ProcessEnv;
}

/** No Redis could be found or fetched; the message says what to do about it. */
export class NoRedisError extends Error {
  constructor() {
    super(
      'No Redis found. Set REDIS_URL, or install one: apt-get install redis-server (Debian/Ubuntu), brew install redis (macOS), ' +
        'or docker run -p 6379:6379 redis:7',
    );
  }
}

const run = promisify(execFile);
const CACHE = path.resolve(import.meta.dirname, '../../../.cache/redis');
const PACKAGE = 'redis-server';

/**
 * Finds a Redis: `redis-server` or `valkey-server` on PATH, the one of an installed npm package `@falkordblite/*`, an earlier extraction in
 * `.cache/redis`, or Debian's packages, downloaded with apt-get and unpacked into `.cache/redis` without root and without installing
 * anything. Every candidate must answer `--version`. Throws {@link NoRedisError}.
 */
export async function findRedisServer(log?: (line: string) => void): Promise<RedisServer> {
  const env = { PATH: process.env.PATH };
  for (const command of ['redis-server', 'valkey-server', falkordblite()]) {
    if (command && (await answers({ command, env }))) return { command, env };
  }
  const cached = await extractedServer(CACHE);
  if (cached && (await answers(cached))) return cached;
  log?.('fetching Redis (Debian packages, unpacked into .cache/redis; nothing is installed)');
  try {
    await extractPackages();
  } catch {
    throw new NoRedisError();
  }
  const extracted = await extractedServer(CACHE);
  if (extracted && (await answers(extracted))) return extracted;
  throw new NoRedisError();
}

function falkordblite(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve(`@falkordblite/${os.platform()}-${os.arch()}/package.json`);
    return path.join(path.dirname(manifest), 'bin/redis-server');
  } catch {
    return undefined;
  }
}

function answers({ command, env }: RedisServer): Promise<boolean> {
  return run(command, ['--version'], { env, timeout: 5_000 }).then(
    () => true,
    () => false,
  );
}

/** The server in a directory that holds unpacked Debian packages, with the library path that it needs. */
async function extractedServer(root: string): Promise<RedisServer | undefined> {
  const command = path.join(root, 'usr/bin/redis-server');
  if (!(await exists(command))) return undefined;
  const libraries: string[] = [];
  for (const directory of ['usr/lib', 'lib']) {
    const names = await readdir(path.join(root, directory)).catch(() => []);
    libraries.push(...names.filter((name) => name.includes('-linux-')).map((name) => path.join(root, directory, name)));
  }
  return { command, env: { PATH: process.env.PATH, LD_LIBRARY_PATH: libraries.join(':') } };
}

/**
 * Downloads Debian's redis-server with what this machine lacks of its dependencies, through apt-get with a private state directory (so that
 * no root is needed and the machine's own package lists stay as they are), and unpacks it. The result appears at `.cache/redis` as a whole.
 */
async function extractPackages(): Promise<void> {
  await mkdir(path.dirname(CACHE), { recursive: true });
  const work = await mkdtemp(`${CACHE}.`);
  const inWork = (...names: string[]) => path.join(work, ...names);
  try {
    for (const directory of [
      inWork('state/lists/partial'),
      inWork('cache/archives/partial'),
      inWork('packages'),
      inWork('root'),
    ]) {
      await mkdir(directory, { recursive: true });
    }
    const settings = [
      `Dir::State=${inWork('state')}`,
      'Dir::State::status=/var/lib/dpkg/status',
      `Dir::Cache=${inWork('cache')}`,
      'APT::Sandbox::User=',
      'Debug::NoLocking=1',
    ].flatMap((setting) => ['-o', setting]);
    const aptGet = (...args: string[]) =>
      run('apt-get', [...settings, '-qq', ...args], { cwd: inWork('packages'), timeout: 120_000 });
    await aptGet('update');
    const { stdout } = await aptGet('--simulate', '--no-install-recommends', 'install', PACKAGE);
    const missing = [...stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]!);
    await aptGet('download', ...missing);
    for (const file of await readdir(inWork('packages'))) await run('dpkg-deb', ['-x', inWork('packages', file), inWork('root')]);
    await rm(CACHE, { recursive: true, force: true });
    await rename(inWork('root'), CACHE).catch(() => undefined); // another process was faster: its copy is the same
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

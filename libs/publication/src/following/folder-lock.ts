import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const TRY_EVERY_MS = 50;

/** Another process has the folder. */
export class FolderInUse extends Error {}

/**
 * Keeps a folder for one process: a name among the kernel's abstract sockets, which ends with its process in whatever way that ends. Only Linux has
 * those; elsewhere nothing is kept. Processes in other network namespaces are not kept out.
 */
export class FolderLock {
  private constructor(private readonly server: Server | null) {}

  /** Waits for a process that still has the folder, and calls `onWait` then. Throws a `FolderInUse` when it has not let it go after so many milliseconds. */
  static async take(folder: string, patienceMs: number, onWait: () => void): Promise<FolderLock> {
    if (process.platform !== 'linux') return new FolderLock(null);
    const { dev, ino } = await stat(folder, { bigint: true });
    const name = `\0gatehouse folder ${dev} ${ino}`;
    for (let waited = 0; ; waited += TRY_EVERY_MS) {
      const server = await listen(name);
      if (server) return new FolderLock(server);
      if (waited >= patienceMs) throw new FolderInUse(`another process uses ${folder}`);
      if (waited === 0) onWait();
      await sleep(TRY_EVERY_MS);
    }
  }

  async release(): Promise<void> {
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }
}

/** Answers null when another process has the name. */
function listen(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('listening', () => resolve(server));
    // For good: whoever connects can do no harm by it, however that fails.
    server.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(name);
  });
}

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import type { UidRange } from '../config.js';
import { StartupError } from '../startup-error.js';

/** Users that one process takes out of the range at a time. */
const BLOCK = 256;

/**
 * Users for sandboxes, which no other functions process of this machine has at the same time: blocks of the range are kept by names among the kernel's abstract sockets, which end
 * with their process.
 */
export class UidBlock {
  private readonly free: number[] = [];
  private readonly held: Server[] = [];

  private constructor() {}

  /**
   * Takes as many users as there may be sandboxes, or as many as there are. Throws a `StartupError` when the range holds a user of this machine, or when other processes have all of it.
   */
  static async take(range: UidRange, wanted: number): Promise<UidBlock> {
    refuseKnownUsers(range);
    const block = new UidBlock();
    for (let first = range.first; first <= range.last && block.free.length < wanted; first += BLOCK) {
      const lock = await claim(`\0gatehouse function uids ${first}`);
      if (!lock) continue;
      block.held.push(lock);
      for (let uid = first; uid < first + BLOCK && uid <= range.last; uid++) block.free.push(uid);
    }
    if (block.free.length === 0) {
      throw new StartupError('GATEHOUSE_FUNCTION_UIDS: other functions processes of this machine use all of these user ids');
    }
    return block;
  }

  get available(): number {
    return this.free.length;
  }

  /** All of them: at the start, what runs or lies around with their numbers is a leftover. */
  get all(): readonly number[] {
    return this.free;
  }

  /** The one that was given back longest ago; undefined when all are in use. */
  next(): number | undefined {
    return this.free.shift();
  }

  giveBack(uid: number): void {
    this.free.push(uid);
  }

  release(): void {
    for (const server of this.held) server.close();
  }
}

function refuseKnownUsers({ first, last }: UidRange): void {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid] = line.split(':');
    if (uid !== undefined && Number(uid) >= first && Number(uid) <= last) {
      throw new StartupError(`GATEHOUSE_FUNCTION_UIDS is ${first}-${last}, which holds ${uid}, the user ${name} of this machine`);
    }
  }
}

/** Null when another process has the name. */
function claim(name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy()).unref();
    server.once('listening', () => resolve(server));
    server.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(name);
  });
}

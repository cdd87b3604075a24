import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Admission } from './admission.js';
import { SocketOwners, type ConnectionTables } from './socket-owners.js';

const uid = process.getuid!();
let server: Server;
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** Both ends of new connections. */
async function connections(count: number): Promise<{ ours: Socket; theirs: Socket }[]> {
  const made = [];
  for (let n = 0; n < count; n++) {
    const accepted = once(server, 'connection');
    const theirs = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    const [ours] = (await accepted) as [Socket];
    made.push({ ours, theirs });
  }
  return made;
}

/** Counts reads of the kernel's tables. */
class CountedReads {
  count = 0;
  readonly owners = new SocketOwners(async (): Promise<ConnectionTables> => {
    this.count++;
    return [await readFile('/proc/net/tcp', 'latin1'), ''];
  });
}

describe('connections to a port of one user', () => {
  it('are let in where they are that user’s, and closed where they are not', async () => {
    const [one, two] = await connections(2);
    const own = new Admission(uid);
    own.examine(one!.ours);
    expect(await own.hasAdmitted(one!.ours)).toBe(true);
    expect(one!.ours.destroyed).toBe(false);
    const other = new Admission(uid + 1);
    other.examine(two!.ours);
    expect(await other.hasAdmitted(two!.ours)).toBe(false);
    expect(two!.ours.destroyed).toBe(true);
    one!.theirs.destroy();
  });

  it('that come while the tables are read share the next read', async () => {
    const reads = new CountedReads();
    const made = await connections(30);
    const [first, ...rest] = made.map(({ ours }) => reads.owners.ownerOf(ours));
    expect(await first).toBe(uid);
    expect(new Set(await Promise.all(rest))).toEqual(new Set([uid]));
    expect(reads.count).toBe(1);
    const late = reads.owners.ownerOf(made[0]!.ours);
    await Promise.resolve();
    const later = made.slice(1).map(({ ours }) => reads.owners.ownerOf(ours));
    expect(new Set(await Promise.all([late, ...later]))).toEqual(new Set([uid]));
    expect(reads.count).toBe(3);
    for (const { theirs } of made) theirs.destroy();
  });

  it('are closed unread beyond two hundred a second', async () => {
    const reads = new CountedReads();
    const admission = new Admission(uid, reads.owners);
    const made = await connections(1);
    const socket = made[0]!.ours;
    for (let n = 0; n < 200; n++) admission.examine(socket);
    expect(socket.destroyed).toBe(false);
    expect(await admission.hasAdmitted(socket)).toBe(true);
    const [over] = await connections(1);
    admission.examine(over!.ours);
    expect(over!.ours.destroyed).toBe(true);
    expect(await admission.hasAdmitted(over!.ours)).toBe(false);
    expect(reads.count).toBe(1);
    made[0]!.theirs.destroy();
  });
});

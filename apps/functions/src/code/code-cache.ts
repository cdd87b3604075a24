import { extractArchive } from '@gatehouse/function-archive';
import { codeLocation } from '@gatehouse/lambda-contract';
import type { DataPlaneKey, Scope } from '@gatehouse/snapshot';
import { createHash, randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { report } from '../report.js';

export interface CodeCacheOptions {
  controlPlaneUrl: URL;
  /** The first one signs requests for archives. */
  keys: readonly DataPlaneKey[];
  /** Where extracted archives lie, each in a folder of its digest's name. */
  folder: string;
  /** Bytes of trees that are kept though nothing runs from them. */
  keepBytes: number;
  /** Groups, each of which stands for one tree: only its members may enter that. Null: everyone may enter all. */
  groups: readonly number[] | null;
}

/** Which archive. */
export interface CodeOf extends Scope {
  /** Hexadecimal. */
  codeSha256: string;
  /** Bytes of the archive. */
  codeSize: number;
}

/** A tree that nobody removes until it is let go. */
export interface HeldCode {
  /** Its folder. */
  readonly folder: string;
  /** The group whose members may enter it; null where everyone may. */
  readonly gid: number | null;
  release(): void;
}

interface Tree {
  bytes: number;
  users: number;
  gid: number | null;
}

/** For the whole of an archive to arrive, in milliseconds. */
const DOWNLOAD_MS = 60_000;
/** Validity of an address of an archive, in seconds. */
const LOCATION_SECONDS = 300;
const PARTIAL = '.partial-';

/** Code of functions on disk: fetched from the control plane when it is run first, checked against its digest, kept as long as there is room. */
export class CodeCache {
  /** Least recently used first. */
  private readonly trees = new Map<string, Tree>();
  private readonly fetching = new Map<string, Promise<void>>();
  private readonly freeGroups: number[];

  constructor(private readonly options: CodeCacheOptions) {
    this.freeGroups = [...(options.groups ?? [])];
  }

  /** Finds what an earlier process has left; half of a tree is removed. */
  async open(): Promise<void> {
    // Nobody can guess the name of a tree while it is unpacked, before it is closed to others.
    await mkdir(this.options.folder, { recursive: true, mode: 0o711 });
    await chmod(this.options.folder, 0o711);
    for (const name of await readdir(this.options.folder)) {
      const folder = path.join(this.options.folder, name);
      if (/^[0-9a-f]{64}$/.test(name) && this.hasGroup) await this.add(name, folder);
      else await rm(folder, { recursive: true, force: true });
    }
    await this.makeRoom();
  }

  /** Gives the tree of an archive. Throws when it cannot be had, or is not what its digest says. */
  async hold(code: CodeOf): Promise<HeldCode> {
    const { codeSha256 } = code;
    while (!this.trees.has(codeSha256)) {
      let fetching = this.fetching.get(codeSha256);
      if (!fetching) {
        fetching = this.fetch(code).finally(() => this.fetching.delete(codeSha256));
        this.fetching.set(codeSha256, fetching);
      }
      await fetching;
    }
    const tree = this.trees.get(codeSha256)!;
    tree.users++;
    this.trees.delete(codeSha256);
    this.trees.set(codeSha256, tree);
    let held = true;
    return {
      folder: path.join(this.options.folder, codeSha256),
      gid: tree.gid,
      release: () => {
        if (held) tree.users--;
        held = false;
      },
    };
  }

  private async fetch(code: CodeOf): Promise<void> {
    const archive = await this.download(code);
    await this.makeRoom();
    const partial = path.join(this.options.folder, `${PARTIAL}${randomUUID()}`);
    try {
      await extractArchive(archive, partial);
      await this.add(code.codeSha256, partial);
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    await this.makeRoom(code.codeSha256);
  }

  /** Closes a tree to everyone but its group, and takes it in under the name of its digest. */
  private async add(name: string, folder: string): Promise<void> {
    const gid = this.options.groups ? this.freeGroups.shift() : null;
    if (gid === undefined) throw new Error('there is no group for one more tree of code');
    try {
      const bytes = await sizeOf(folder);
      if (gid !== null) {
        await chown(folder, -1, gid);
        await chmod(folder, 0o750);
      }
      const target = path.join(this.options.folder, name);
      if (target !== folder) await rename(folder, target);
      this.trees.set(name, { bytes, users: 0, gid });
    } catch (error) {
      if (gid !== null) this.freeGroups.push(gid);
      throw error;
    }
  }

  private get hasGroup(): boolean {
    return this.options.groups === null || this.freeGroups.length > 0;
  }

  private async download({ accountId, region, codeSha256, codeSize }: CodeOf): Promise<Buffer> {
    const { controlPlaneUrl, keys } = this.options;
    const expires = Math.ceil(Date.now() / 1000) + LOCATION_SECONDS;
    const location = codeLocation(keys[0]!, { accountId, region, sha256: codeSha256 }, expires);
    const response = await fetch(new URL(location, controlPlaneUrl), {
      redirect: 'error',
      signal: AbortSignal.timeout(DOWNLOAD_MS),
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new Error(`the control plane answers ${response.status} to a request for code`);
    }
    const archive = Buffer.alloc(codeSize);
    let bytes = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      if (bytes + part.length > codeSize) throw new Error('the archive is longer than its document says');
      archive.set(part, bytes);
      bytes += part.length;
    }
    const digest = createHash('sha256').update(archive).digest('hex');
    if (bytes !== codeSize || digest !== codeSha256) throw new Error('the archive is not what its document says');
    return archive;
  }

  /** Removes what was not used for longest, but nothing that is used. */
  private async makeRoom(spared?: string): Promise<void> {
    let bytes = [...this.trees.values()].reduce((sum, tree) => sum + tree.bytes, 0);
    for (const [name, tree] of this.trees) {
      if (bytes <= this.options.keepBytes && this.hasGroup) return;
      if (tree.users > 0 || name === spared) continue;
      this.trees.delete(name);
      bytes -= tree.bytes;
      // Under another name first: a tree of this name is whole or not there.
      const gone = path.join(this.options.folder, `${PARTIAL}${randomUUID()}`);
      await rename(path.join(this.options.folder, name), gone)
        .then(() => rm(gone, { recursive: true, force: true }))
        .catch((error: Error) => report('code cache', error));
      if (tree.gid !== null) this.freeGroups.push(tree.gid);
    }
  }
}

/** Bytes of all files of a tree. */
async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(path.join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

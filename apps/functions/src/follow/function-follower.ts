import {
  PublicationBellListener,
  RefusedByRedis,
  SnapshotReader,
  connectRedis,
  firstContact,
  type ChangedDocument,
} from '@gatehouse/publication';
import { RefusedDocument, parseRef, readDocument, type DataPlaneKey } from '@gatehouse/snapshot';
import type { Redis } from 'ioredis';
import { setImmediate } from 'node:timers/promises';
import { StartupError } from '../startup-error.js';
import type { FunctionDirectory } from './function-directory.js';

export interface FollowerOptions {
  redisUrl: string;
  /** Keys that may have signed documents. */
  keys: readonly DataPlaneKey[];
  directory: FunctionDirectory;
  /** Redis could not be followed, or a document was refused; what is known serves on. Must not throw. */
  onTrouble(what: string, error: Error): void;
  /** All functions are known, for the first time. Must not throw. */
  onReady(): void;
}

/** Looks by itself this often: a bell may be lost. */
const LOOK_MS = 5_000;
const FIRST_CONTACT_MS = 1_000;
const DOCUMENTS_A_PAGE = 500;
const PREFIX = 'function ';

/**
 * Keeps the directory on what is published, by the change log in Redis. Documents of other kinds are passed over unread. Absence is never deletion: what a new epoch does not list
 * is kept; only a tombstone ends a function.
 */
export class FunctionFollower {
  private redis!: Redis;
  private reader!: SnapshotReader;
  private bell!: PublicationBellListener;
  private timer!: NodeJS.Timeout;
  private epoch: string | null = null;
  private sequence = 0;
  /** By name, the revision that was taken in this epoch: a lower one is an old setting brought back. */
  private taken = new Map<string, number>();
  private isComplete = false;
  private looking: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(private readonly options: FollowerOptions) {}

  /** True from when all functions were known for the first time. */
  get ready(): boolean {
    return this.isComplete;
  }

  /** Begins to follow. Throws a `StartupError` when the Redis that is there refuses the password. */
  async start(): Promise<void> {
    this.redis = connectRedis(this.options.redisUrl);
    this.reader = new SnapshotReader(this.redis);
    this.redis.on('ready', () => this.look());
    try {
      await firstContact(this.redis, FIRST_CONTACT_MS);
    } catch (error) {
      this.redis.disconnect();
      throw error instanceof RefusedByRedis ? new StartupError(error.message) : error;
    }
    this.bell = new PublicationBellListener(
      this.options.redisUrl,
      () => this.look(),
      () => {},
    );
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.looking;
    await this.bell.close();
    this.redis.disconnect();
  }

  /** Looks at what has changed; whoever asks while that goes on makes it happen once more. */
  look(): void {
    this.again = true;
    this.looking ??= this.lookUntilQuiet();
  }

  private async lookUntilQuiet(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      await this.lookOnce();
    }
    this.looking = null;
  }

  private async lookOnce(): Promise<void> {
    try {
      if (this.redis.status !== 'ready') throw new Error('Redis is away');
      await this.follow();
    } catch (error) {
      this.options.onTrouble('refresh', error as Error);
    }
  }

  private async follow(): Promise<void> {
    for (;;) {
      const page = await this.reader.changesAfter(this.epoch, this.sequence, DOCUMENTS_A_PAGE);
      // The control plane is publishing everything under a new epoch.
      if (!page.complete || page.epoch === null) return;
      if (page.epoch !== this.epoch) {
        this.epoch = page.epoch;
        this.sequence = 0;
        this.taken = new Map();
        continue;
      }
      // Redis came back without its last writes: the control plane is about to begin a new epoch.
      if (page.sequence < this.sequence) return;
      for (const changed of page.documents) this.take(changed);
      const isLast = page.documents.length < DOCUMENTS_A_PAGE;
      this.sequence = isLast ? page.sequence : page.documents.at(-1)!.sequence;
      if (isLast) {
        if (!this.isComplete) this.options.onReady();
        this.isComplete = true;
        return;
      }
      await setImmediate();
    }
  }

  private take({ name, revision, text }: ChangedDocument): void {
    if (!name.startsWith(PREFIX)) return;
    try {
      if (text === null) throw new RefusedDocument(name, 'Redis lists it and does not hold it');
      if (revision < (this.taken.get(name) ?? 0)) throw new RefusedDocument(name, `revision ${revision} in place of a newer one`);
      const document = readDocument(this.options.keys, parseRef(name), text);
      if (document.kind !== 'function') throw new RefusedDocument(name, 'no function');
      // The list of revisions is not signed: an old document under a higher number would be an old setting brought back.
      if (document.revision !== revision)
        throw new RefusedDocument(name, `listed as revision ${revision}, signed as ${document.revision}`);
      this.taken.set(name, revision);
      this.options.directory.take(document);
    } catch (error) {
      this.options.onTrouble('refused document', error as Error);
    }
  }
}

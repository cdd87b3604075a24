import {
  FollowedDocuments,
  FunctionsReports,
  OneAtATime,
  PublicationBellListener,
  RefusedByRedis,
  SnapshotReader,
  changePages,
  connectRedis,
  fingerprintOf,
  firstContact,
  readChanged,
  type ChangedDocument,
  type FunctionsReport,
  type Position,
  type UnservedDocument,
} from '@gatehouse/publication';
import { RefusedDocument, type DataPlaneKey } from '@gatehouse/snapshot';
import type { Redis } from 'ioredis';
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { StartupError } from '../startup-error.js';
import type { FunctionDirectory } from './function-directory.js';

export interface FollowerOptions {
  redisUrl: string;
  /** Keys that may have signed documents. */
  keys: readonly DataPlaneKey[];
  directory: FunctionDirectory;
  /** What the report tells beside how this process follows. */
  self(): Pick<FunctionsReport, 'functionsId' | 'address' | 'busy'>;
}

/** Listeners must not throw. */
export interface FollowerEvents {
  /** All functions are known, for the first time. */
  ready: [];
  /** A document was refused; what it replaces serves on. */
  refused: [RefusedDocument];
  /** Redis could not be followed; tried again by itself. */
  failed: [Error];
  /** So many functions processes have reported within 10 s, this one included. */
  fleet: [number];
}

/** Looks by itself this often: a bell may be lost. */
const LOOK_MS = 5_000;
const HEARTBEAT_MS = 2_000;
const FIRST_CONTACT_MS = 1_000;
/** A digest that differs even after everything was listed is not asked about again before this. */
const LIST_AGAIN_MS = 60_000;
const LISTED_IN_REPORT = 100;
const PREFIX = 'function ';
/** Of documents whose text is not looked at. */
const UNREAD = 0;

/**
 * Keeps the directory on what is published, by the change log in Redis, and tells the fleet how far it is. Documents of other kinds are followed unread: their revisions are in the
 * digest by which a lost change is noticed. Absence is never deletion: what a new epoch does not list is kept; only a tombstone ends a function.
 */
export class FunctionFollower extends EventEmitter<FollowerEvents> {
  private readonly followed = new FollowedDocuments();
  private readonly refused = new Map<string, UnservedDocument>();
  private readonly startedAt = new Date();
  private redis!: Redis;
  private reader!: SnapshotReader;
  private reports!: FunctionsReports;
  private bell!: PublicationBellListener;
  private readonly timers: NodeJS.Timeout[] = [];
  /** Everything up to here was taken. */
  private position: Position | null = null;
  /** Of which the revisions are that were taken last. */
  private epoch: string | null = null;
  private servingSince: Date | null = null;
  private listAgainAt = 0;
  private stopped = false;
  private readonly looks = new OneAtATime(() => this.lookSafely());
  private readonly reporting = new OneAtATime(() => this.writeReport());

  constructor(private readonly options: FollowerOptions) {
    super();
  }

  /** True from when all functions were known for the first time. */
  get ready(): boolean {
    return this.servingSince !== null;
  }

  /** Highest revision that was followed. */
  get revision(): number {
    return this.followed.revision;
  }

  /** Documents of functions whose newest revision is not served. */
  get refusedCount(): number {
    return this.refused.size;
  }

  /** Begins to follow. Throws a `StartupError` when the Redis that is there refuses the password. */
  async start(): Promise<void> {
    this.redis = connectRedis(this.options.redisUrl);
    this.reader = new SnapshotReader(this.redis);
    this.reports = new FunctionsReports(this.redis);
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
    this.timers.push(
      setInterval(() => this.look(), LOOK_MS),
      setInterval(() => this.reporting.ask(), HEARTBEAT_MS),
    );
    this.look();
    this.reporting.ask();
  }

  /** Takes this process out of the fleet, and closes its connections. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.looks.idle();
    await this.reporting.idle();
    await this.reports?.remove(this.options.self().functionsId, this.startedAt.toISOString()).catch(() => {});
    await this.bell?.close();
    this.redis?.disconnect();
  }

  /** Looks for changes, now or, where it is looking already, once more after that. */
  look(): void {
    this.looks.ask();
  }

  private async lookSafely(): Promise<void> {
    if (this.stopped) return;
    try {
      if (this.redis.status !== 'ready') throw new Error('Redis is away');
      await this.lookOnce();
    } catch (error) {
      this.emit('failed', error as Error);
    }
  }

  private async lookOnce(): Promise<void> {
    let last = await this.follow(this.position);
    if (last && !this.addsUp(last) && !last.listed && Date.now() >= this.listAgainAt) last = await this.follow(null);
    if (!last) return;
    if (!this.addsUp(last)) {
      if (last.listed) this.listAgainAt = Date.now() + LIST_AGAIN_MS;
      throw new Error('the documents in Redis do not add up to their digest');
    }
    if (this.ready) return;
    this.servingSince = new Date();
    this.reporting.ask();
    this.emit('ready');
  }

  private addsUp({ digest }: { digest: string }): boolean {
    return this.followed.digestText === digest;
  }

  /** Takes what has changed since `from`, all of it where that is null. Answers null while there is nothing to follow. */
  private async follow(from: Position | null): Promise<{ digest: string; listed: boolean } | null> {
    let listed: Set<string> | null = null;
    for await (const { position, beginsList, documents, digest } of changePages(this.reader, from)) {
      if (beginsList) listed = new Set();
      if (position.epoch !== this.epoch) this.followed.enterEpoch();
      this.epoch = position.epoch;
      for (const changed of documents) {
        listed?.add(changed.name);
        this.take(changed);
      }
      if (digest !== null) {
        if (listed) this.leaveOutAllBut(listed);
        this.position = position;
        if (documents.length > 0) this.reporting.ask();
        return { digest, listed: listed !== null };
      }
      await setImmediate();
    }
    return null;
  }

  private take(changed: ChangedDocument): void {
    const { name, revision, text } = changed;
    if (!name.startsWith(PREFIX)) return this.followed.follow(name, revision, UNREAD);
    if (this.followed.knows(changed)) return;
    const oldest = this.followed.takenRevision(name);
    this.followed.follow(name, revision, fingerprintOf(text));
    try {
      const document = readChanged(this.options.keys, changed, oldest);
      if (document.kind !== 'function') throw new RefusedDocument(name, 'no function');
      this.options.directory.take(document);
      this.followed.serve([{ name, kind: 'function', revision, tombstone: document.body === null, needs: [] }]);
      this.refused.delete(name);
    } catch (error) {
      const refusal = error instanceof RefusedDocument ? error : new RefusedDocument(name, (error as Error).message);
      this.refused.set(name, { name, revision, reason: refusal.reason });
      this.emit('refused', refusal);
    }
  }

  private leaveOutAllBut(listed: ReadonlySet<string>): void {
    this.followed.orphanAllBut(listed);
    for (const name of this.refused.keys()) if (!listed.has(name)) this.refused.delete(name);
  }

  /** Tells the fleet what this process runs. */
  private async writeReport(): Promise<void> {
    if (this.stopped || this.redis.status !== 'ready') return;
    try {
      this.emit('fleet', await this.reports.write(this.currentReport()));
    } catch {
      // The heartbeat tries again.
    }
  }

  private currentReport(): FunctionsReport {
    return {
      ...this.options.self(),
      startedAt: this.startedAt.toISOString(),
      servingSince: this.servingSince?.toISOString() ?? null,
      source: this.ready ? 'redis' : 'none',
      epoch: this.position?.epoch ?? null,
      sequence: this.position?.sequence ?? 0,
      functions: this.options.directory.size,
      refused: [...this.refused.values()].slice(0, LISTED_IN_REPORT),
      refusedTotal: this.refused.size,
      orphans: this.followed.orphans(LISTED_IN_REPORT),
      orphansTotal: this.followed.orphanedCount,
      heartbeatAt: new Date().toISOString(),
    };
  }
}

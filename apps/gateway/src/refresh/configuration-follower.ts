import {
  FollowedDocuments,
  GatewayReports,
  NameTable,
  OneAtATime,
  PublicationBellListener,
  RefusedByRedis,
  SnapshotReader,
  collectChanges,
  connectRedis,
  fingerprintOf,
  firstContact,
  type ChangedDocument,
  type Changes,
  type GatewayAddresses,
  type GatewayReport,
  type Position,
  type Readiness,
  type ServedCounts,
  type UnservedDocument,
  type WorkerReport,
} from '@gatehouse/publication';
import { RefusedDocument, parseRef, type DataPlaneKey } from '@gatehouse/snapshot';
import type { Redis } from 'ioredis';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { StartupError } from '../startup-error.js';
import { DamagedCopy, DiskCopy, type TakeSaved, type WholeConfiguration } from './disk-copy.js';
import type { DocumentSink } from './document-sink.js';
import { readChanges, type ReadChanges, type ReadDocument } from './read-changes.js';

export interface FollowerOptions {
  redisUrl: string;
  /** Keys that may have signed documents; the first one signs the marks of the disk copy. */
  keys: readonly DataPlaneKey[];
  /** Serves what was followed. */
  sink: DocumentSink;
  /** The disk copy lives in `{dataDir}/gateways/{gatewayId}/`. */
  dataDir: string;
  /** Letters, digits, `.`, `_`, `-`; unique among the gateways of an installation. */
  gatewayId: string;
  addresses: GatewayAddresses;
  /** For the reports. */
  workers(): WorkerReport[];
}

/** For metrics and logs. Listeners must not throw. */
export interface FollowerEvents {
  /** A batch was swapped in. */
  applied: [{ revision: number; epoch: string; sequence: number; documents: number }];
  /** A document was refused; what it replaces serves on. Once for each refused revision. */
  refused: [RefusedDocument];
  /** Redis could not be followed, or the disk copy could not be read or written; tried again by itself. */
  failed: [{ what: 'refresh' | 'disk copy'; error: Error }];
  /** A stage is served no more; `{apiId}/{stage}`. */
  stageRemoved: [string];
  /** A complete configuration is served, for the first time or from another source than before. */
  ready: [Readiness];
}

/** Looks by itself this often: a bell may be lost. */
const LOOK_MS = 5_000;
const HEARTBEAT_MS = 2_000;
const FIRST_CONTACT_MS = 1_000;
/** Without Redis for this long after the start, a complete disk copy is ready to serve. */
const REDIS_PATIENCE_MS = 5_000;
/** The disk copy learns at least this often that it is still the newest. */
const CONFIRM_ON_DISK_MS = 60_000;
/** A digest that differs even after everything was listed is not asked about again before this. */
const LIST_AGAIN_MS = 60_000;
const LISTED_IN_REPORT = 100;

interface CollectedChanges extends Changes {
  /** They are everything that there is, of which nothing was left out as known: the disk copy is to begin anew with them. */
  beginAnew: boolean;
}

/**
 * Keeps a gateway on the newest published configuration.
 *
 * 1. `load` reads the disk copy, if there is a complete one; `start` begins to follow Redis.
 * 2. A bell, a reconnection or the slow timer makes it look: changes after the last position are fetched, read strictly and given to the
 *    sink as one batch; the disk copy follows in the background, and a report tells the fleet at once.
 * 3. Everything is listed only when cold, in a new epoch, or when the digest of what it followed is not the one Redis counts.
 * 4. Who joins those who serve gets the whole configuration out of the disk copy (`join`): no content is kept in memory here.
 *
 * Whatever cannot be read, built or found is refused by name, and what it would replace serves on.
 */
export class ConfigurationFollower extends EventEmitter<FollowerEvents> {
  private readonly names = new NameTable();
  private readonly followed = new FollowedDocuments(this.names);
  private readonly disk: DiskCopy;
  private readonly startedAt = new Date();
  private readonly refused = new Map<string, UnservedDocument>();
  /** Stages whose deployment was not there: tried again with each look. */
  private waiting = new Map<string, ChangedDocument>();

  private redis: Redis | undefined;
  private reader!: SnapshotReader;
  private reports!: GatewayReports;
  private bell!: PublicationBellListener;
  private readonly timers: NodeJS.Timeout[] = [];

  private position: Position | null = null;
  private confirmedAt: number | null = null;
  private confirmedOnDiskAt: number | null = null;
  private listAgainAt = 0;
  private source: Readiness['source'] = 'none';
  private servingSince: Date | null = null;
  private readFromDisk = false;
  private stopped = false;
  /** What the disk copy holds is not what is served: it is being read, or a batch is on its way. */
  private unsettled = true;
  private joining: ((whole: WholeConfiguration, revision: number) => void)[] = [];
  /** The disk copy cannot be read any more: nothing counts as known or held by it until everything was read again. */
  private readAgain = false;
  private readonly looks = new OneAtATime(() => this.lookSafely());
  private readonly reporting = new OneAtATime(() => this.writeReport());

  /** Throws when the gateway id could not name a folder. */
  constructor(private readonly options: FollowerOptions) {
    super();
    const folder = path.join(options.dataDir, 'gateways', options.gatewayId);
    this.disk = new DiskCopy(folder, options.keys, (error) => this.diskFailed(error), this.names);
  }

  private diskFailed(error: Error): void {
    this.emit('failed', { what: 'disk copy', error });
    if (error instanceof DamagedCopy) this.listAgain();
  }

  /** Reads the disk copy. Throws a `StartupError` when its folder cannot be made or read. */
  async load(): Promise<void> {
    await this.readDiskCopy();
    this.settle();
  }

  /**
   * Starts to follow Redis, which it waits for a second at most. Readiness comes later, with the `ready` event. Throws a `StartupError` when the Redis
   * that is there refuses the password.
   */
  async start(): Promise<void> {
    this.redis = connectRedis(this.options.redisUrl);
    this.reader = new SnapshotReader(this.redis);
    this.reports = new GatewayReports(this.redis);
    this.redis.on('ready', () => this.looks.ask());
    try {
      await firstContact(this.redis, FIRST_CONTACT_MS);
    } catch (error) {
      this.redis.disconnect();
      throw error instanceof RefusedByRedis ? new StartupError(error.message) : error;
    }
    this.bell = new PublicationBellListener(
      this.options.redisUrl,
      () => this.looks.ask(),
      () => {},
    );
    this.timers.push(
      setInterval(() => this.looks.ask(), LOOK_MS),
      setInterval(() => this.reporting.ask(), HEARTBEAT_MS),
      setTimeout(() => this.settleForDisk(), REDIS_PATIENCE_MS),
    );
  }

  /** Takes this gateway out of the fleet, closes its connections and writes what the disk copy still lacks. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await this.looks.idle();
    await this.reporting.idle();
    await this.reports?.remove(this.options.gatewayId, this.startedAt.toISOString()).catch(() => {});
    await this.bell?.close();
    this.redis?.disconnect();
    await this.disk.close();
  }

  /**
   * Calls `take` with the whole configuration and its highest revision, at once or when the batch that is on its way has been settled: what is not in it
   * comes with the batches after that.
   */
  join(take: (whole: WholeConfiguration, revision: number) => void): void {
    if (this.unsettled) this.joining.push(take);
    else take(this.disk.whole(), this.followed.revision);
  }

  /** Who joined could not build these, though others may serve them. */
  refusedByOne(refusals: readonly RefusedDocument[]): void {
    for (const refusal of refusals) {
      this.followed.withdraw(refusal.ref);
      this.noteRefusal(refusal, this.followed.takenRevision(refusal.ref));
    }
    if (refusals.length > 0) this.reporting.ask();
  }

  /** The disk copy was found damaged: everything is listed and read from Redis again, and written anew. Who serves builds only what differs. */
  listAgain(): void {
    this.readAgain = true;
    this.looks.ask();
  }

  /** What the report tells of workers has changed. */
  workersChanged(): void {
    this.reporting.ask();
  }

  readiness(): Readiness {
    return {
      ready: this.source !== 'none',
      source: this.source,
      ageSeconds: this.confirmedAt === null ? null : Math.max(0, (Date.now() - this.confirmedAt) / 1000),
      revision: this.followed.revision,
    };
  }

  private async lookSafely(): Promise<void> {
    if (this.stopped) return;
    try {
      await this.look();
    } catch (error) {
      this.emit('failed', { what: 'refresh', error: error as Error });
    }
  }

  private async look(): Promise<void> {
    if (this.redis?.status !== 'ready') throw new Error('Redis is away');
    const changes = await this.collect(this.position);
    if (!changes) return;
    let last = changes;
    await this.take(last);
    if ((!this.addsUpTo(last) && !last.listed && Date.now() >= this.listAgainAt) || this.readAgain) {
      const everything = await this.collect(null);
      if (!everything || everything.position.sequence < last.position.sequence) return;
      last = everything;
      await this.take(last);
    }
    if (!this.addsUpTo(last)) {
      if (last.listed) this.listAgainAt = Date.now() + LIST_AGAIN_MS;
      throw new Error('the documents in Redis do not add up to their digest');
    }
    this.confirm();
  }

  private async collect(from: Position | null): Promise<CollectedChanges | null> {
    const { readAgain } = this;
    const changes = await collectChanges(this.reader, from, (document) => !readAgain && this.followed.knows(document));
    return changes && { ...changes, beginAnew: readAgain && changes.listed !== null };
  }

  /** True when what was followed is all that Redis counted then. */
  private addsUpTo({ digest }: Changes): boolean {
    return this.followed.digestText === digest;
  }

  /** Reads what changed, has it served, and records it. Rejects, having changed nothing, when Redis is away or nobody could build it. */
  private async take(changes: CollectedChanges): Promise<void> {
    const { listed, beginAnew } = changes;
    const waiting = [...this.waiting].filter(([name]) => !listed || listed.has(name));
    const changed = new Map([...waiting, ...changes.documents]);
    const newEpoch = this.position?.epoch !== changes.position.epoch;
    const read = await readChanges(
      changed.values(),
      this.options.keys,
      (name) => !beginAnew && this.followed.holds(name),
      (name) => (newEpoch ? 0 : this.followed.takenRevision(name)),
      this.reader,
    );
    if (beginAnew) await this.disk.flush();
    this.unsettled = true;
    try {
      const refusedBySink = await this.apply(read).catch((error: Error) => {
        // Who joins needs a copy that can be read more than one whose documents somebody has built.
        if (beginAnew) return [];
        throw error;
      });
      if (beginAnew) this.disk.beginAnew();
      this.note(changes, changed, read, refusedBySink);
    } finally {
      this.settle();
    }
    if (beginAnew) this.readAgain = false;
  }

  /** Notes what was swapped in, and records it. */
  private note(
    changes: Changes,
    changed: ReadonlyMap<string, ChangedDocument>,
    read: ReadChanges,
    refusedBySink: readonly RefusedDocument[],
  ): void {
    const { position, listed } = changes;
    const newEpoch = this.position?.epoch !== position.epoch;
    if (newEpoch) this.followed.enterEpoch();
    const dropped = listed ? this.followed.orphanAllBut(listed) : [];
    for (const { name, revision, text } of changes.documents.values()) this.followed.follow(name, revision, fingerprintOf(text));
    const unserved = new Set(refusedBySink.map(({ ref }) => ref));
    const taken = read.documents.filter(({ name }) => !unserved.has(name));
    const released = this.followed.serve(taken);
    this.noteRefused(changed, taken, [
      ...read.refused,
      ...refusedBySink,
      ...read.waiting.map((stage) => new RefusedDocument(stage.changed.name, stage.reason)),
    ]);
    if (listed) for (const name of this.refused.keys()) if (!listed.has(name)) this.refused.delete(name);
    this.waiting = new Map(read.waiting.map((stage) => [stage.changed.name, stage.changed]));

    const moved = newEpoch || this.position?.sequence !== position.sequence;
    this.position = position;
    if (this.addsUpTo(changes) && !this.everythingRefused) this.confirmedAt = Date.now();
    if (moved || taken.length > 0) this.recordOnDisk(taken, read, [...released, ...dropped]);
    for (const { kind, tombstone, name } of taken)
      if (kind === 'stage' && tombstone) this.emit('stageRemoved', parseRef(name).key);
    if (taken.length > 0) this.emit('applied', { revision: this.followed.revision, ...position, documents: taken.length });
    if (moved || taken.length > 0 || changed.size > 0) this.reporting.ask();
  }

  private async apply(read: ReadChanges): Promise<RefusedDocument[]> {
    const documents = read.documents.filter((document) => !this.serves(document));
    if (documents.length === 0) return [];
    const needed = new Set(documents.flatMap(({ needs }) => needs));
    const deployments = new Map([...read.deployments].filter(([name]) => needed.has(name)));
    const revision = documents.reduce((highest, document) => Math.max(highest, document.revision), 0);
    return this.options.sink.apply({ documents, deployments, revision });
  }

  /** True when the sink has built this very text, and nobody refused it. */
  private serves({ name, revision, text }: ReadDocument): boolean {
    return (
      this.followed.takenRevision(name) === revision && this.followed.knows({ name, revision, text }) && !this.refused.has(name)
    );
  }

  /** What the disk copy holds, or will hold, is what is served now. */
  private settle(): void {
    this.unsettled = false;
    for (const take of this.joining.splice(0)) take(this.disk.whole(), this.followed.revision);
  }

  private noteRefused(
    changed: ReadonlyMap<string, ChangedDocument>,
    taken: readonly ReadDocument[],
    refused: readonly RefusedDocument[],
  ): void {
    for (const { name } of taken) this.refused.delete(name);
    for (const refusal of refused) this.noteRefusal(refusal, changed.get(refusal.ref)?.revision ?? 0);
  }

  private noteRefusal(refusal: RefusedDocument, revision: number): void {
    const before = this.refused.get(refusal.ref);
    if (before?.revision === revision && before.reason === refusal.reason) return;
    this.refused.set(refusal.ref, { name: refusal.ref, revision, reason: refusal.reason });
    this.emit('refused', refusal);
  }

  /** True when Redis lists documents and not one of them could be read: a wrong key, most likely. */
  private get everythingRefused(): boolean {
    return this.refused.size > 0 && this.refused.size >= this.followed.listedCount;
  }

  /** What is served is the newest. */
  private confirm(): void {
    if (this.everythingRefused) return;
    this.confirmedAt = Date.now();
    this.serveFrom('redis');
    if (this.confirmedAt - (this.confirmedOnDiskAt ?? 0) > CONFIRM_ON_DISK_MS)
      this.recordOnDisk([], { deployments: new Map() }, []);
  }

  private settleForDisk(): void {
    if (this.source === 'none' && this.readFromDisk) this.serveFrom('disk');
  }

  private serveFrom(source: 'redis' | 'disk'): void {
    if (this.source === source) return;
    this.source = source;
    this.servingSince ??= new Date();
    this.emit('ready', this.readiness());
    this.reporting.ask();
  }

  private async readDiskCopy(): Promise<void> {
    let documents = 0;
    const begin = (): TakeSaved => {
      this.followed.forget();
      documents = 0;
      return (document) => {
        this.followed.follow(document.name, document.revision, document.fingerprint);
        this.followed.serve([document]);
        documents++;
      };
    };
    const mark = await this.disk.load(begin).catch((error: Error) => {
      throw new StartupError(`GATEHOUSE_DATA_DIR: the disk copy of the configuration cannot be kept: ${error.message}`);
    });
    if (!mark) return;
    const { epoch, sequence, confirmedAt } = mark;
    this.position = { epoch, sequence };
    this.confirmedAt = confirmedAt;
    this.readFromDisk = confirmedAt !== null;
    this.emit('applied', { revision: this.followed.revision, epoch, sequence, documents });
  }

  /** A gateway that can read nothing must not replace what one with the right key could. */
  private recordOnDisk(
    taken: readonly ReadDocument[],
    { deployments }: Pick<ReadChanges, 'deployments'>,
    released: readonly string[],
  ): void {
    if (this.everythingRefused || !this.position) return;
    this.confirmedOnDiskAt = this.confirmedAt;
    const needed = new Set(taken.flatMap(({ needs }) => needs));
    this.disk.record({
      documents: taken,
      deployments: [...deployments].filter(([name]) => needed.has(name)).map(([name, text]) => ({ name, text })),
      released,
      mark: { ...this.position, confirmedAt: this.confirmedOnDiskAt },
    });
  }

  /** Tells the fleet what this gateway runs. */
  private async writeReport(): Promise<void> {
    if (this.stopped || this.redis?.status !== 'ready') return;
    try {
      await this.reports.write(this.currentReport());
    } catch {
      // The heartbeat tries again.
    }
  }

  private currentReport(): GatewayReport {
    return {
      gatewayId: this.options.gatewayId,
      addresses: this.options.addresses,
      startedAt: this.startedAt.toISOString(),
      servingSince: this.servingSince?.toISOString() ?? null,
      source: this.source,
      epoch: this.position?.epoch ?? null,
      sequence: this.position?.sequence ?? 0,
      counts: countsOf(this.followed.servedCounts()),
      refused: [...this.refused.values()].slice(0, LISTED_IN_REPORT),
      refusedTotal: this.refused.size,
      orphans: this.followed.orphans(LISTED_IN_REPORT),
      orphansTotal: this.followed.orphanedCount,
      workers: this.options.workers(),
      heartbeatAt: new Date().toISOString(),
    };
  }
}

/** Gateways follow functions and have no use for them. */
function countsOf(served: ServedCounts): GatewayReport['counts'] {
  return {
    deployments: served.deployment,
    stages: served.stage,
    usagePlans: served['usage-plan'],
    apiKeys: served['api-key'],
    certificates: served.certificate,
    domains: served.domain,
  };
}

import {
  EvictingRedis,
  refuseEviction,
  type EpochState,
  type PublicationProducer,
  type SnapshotWriter,
} from '@gatehouse/publication';
import type { DocumentRef } from '@gatehouse/snapshot';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { continueRevisionsAfter, lastRevision, listRevisions } from './document-revisions.js';
import { DocumentSender, type PresentEpoch } from './document-sender.js';
import { loadDocuments, type DocumentKeys, type LoadedDocuments } from './document-sources.js';
import type { EpochParticipants } from './epoch-participant.js';
import { epochAfter } from './epoch-id.js';
import { Repeat } from './repeat.js';
import { farthestSent } from './unsent-outbox.js';

/** One MGET and one SELECT; often, so that a flushed Redis is whole again within 10 s, the rebuild included. */
const LOOK_MS = 1_000;
/** Any number will do, as long as every control plane of an installation uses the same. */
const REBUILD_LOCK = 4_600_080_910;
const DOCUMENTS_A_CALL = 200;

/** Some documents, and the last one of them; null when there were none left. */
interface Page {
  loaded: LoadedDocuments;
  last: DocumentRef | null;
}

/**
 * Sees to it that Redis holds everything. It looks at the start, whenever Redis comes back, whenever a publisher finds another epoch, and every
 * second. A new epoch begins, and everything is published under it,
 *
 * - when the epoch is missing or was never completed: Redis was flushed, is new, or a rebuild was cut off;
 * - when it stands before what was sent to it: Redis came back from a crash, or as a replica, without its last writes;
 * - when Redis has seen a higher revision than Postgres has given out: Postgres was restored from a backup.
 */
export class EpochKeeper implements PresentEpoch {
  private readonly logger = new Logger('publication');
  private readonly sender: DocumentSender;
  private readonly looking = new Repeat(
    LOOK_MS,
    () => this.look(),
    (error) => this.noteFailure(error),
  );
  private failure: string | null = null;
  private present: string | null = null;
  /** The farthest point that anything was sent to. */
  private farthest: { epoch: string; sequence: number } | null = null;
  private connectedAnew = true;
  private stopped = false;
  private readonly onReady = () => {
    this.connectedAnew = true;
    void this.looking.now();
  };
  private readonly onClose = () => {
    this.present = null;
  };

  constructor(
    private readonly database: DataSource,
    private readonly redis: Redis,
    private readonly writer: SnapshotWriter,
    private readonly producer: PublicationProducer,
    private readonly documentKeys: DocumentKeys,
    private readonly participants: EpochParticipants,
  ) {
    this.sender = new DocumentSender(writer, this);
  }

  get epoch(): string | null {
    return this.present;
  }

  differs(): void {
    void this.looking.now();
  }

  reached(epoch: string, sequence: number): void {
    const before = this.farthest;
    if (!before || epoch > before.epoch || (epoch === before.epoch && sequence > before.sequence))
      this.farthest = { epoch, sequence };
  }

  /** Begins to look; waits for nothing. */
  start(): void {
    this.redis.on('ready', this.onReady);
    this.redis.on('close', this.onClose);
    void this.looking.now();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.redis.off('ready', this.onReady);
    this.redis.off('close', this.onClose);
    await this.looking.stop();
  }

  private async look(): Promise<void> {
    if (this.redis.status !== 'ready') {
      this.present = null;
      return;
    }
    await refuseEviction(this.redis);
    if (this.connectedAnew) {
      // What any control plane sent before; while connected, each one remembers its own.
      const sent = await farthestSent(this.database.manager);
      if (sent) this.reached(sent.epoch, sent.sequence);
      this.connectedAnew = false;
    }
    const { state, whole } = await this.inspect();
    if (whole) this.present = state.epoch;
    else await this.rebuild();
    if (this.failure !== null) this.logger.log('Publishing works again');
    this.failure = null;
  }

  private async inspect(): Promise<{ state: EpochState; whole: boolean }> {
    // Taken before Redis is asked: what is sent meanwhile does not make its answer look old.
    const floor = this.farthest;
    const state = await this.writer.state();
    const { epoch, complete, sequence, maxRevision } = state;
    const filled = epoch !== null && epoch === complete;
    const fellBack =
      floor !== null && epoch !== null && (epoch < floor.epoch || (epoch === floor.epoch && sequence < floor.sequence));
    return { state, whole: filled && !fellBack && maxRevision <= (await lastRevision(this.database.manager)) };
  }

  /** One control plane at a time; another one goes on publishing into the unfinished epoch, and looks again. */
  private async rebuild(): Promise<void> {
    const lock = this.database.createQueryRunner();
    try {
      const [{ locked }] = await lock.manager.query<[{ locked: boolean }]>('SELECT pg_try_advisory_lock($1) AS locked', [
        REBUILD_LOCK,
      ]);
      if (!locked) {
        this.present = (await this.writer.state()).epoch;
        return;
      }
      try {
        await this.rebuildAlone();
      } finally {
        await lock.query('SELECT pg_advisory_unlock($1)', [REBUILD_LOCK]);
      }
    } finally {
      await lock.release();
    }
  }

  private async rebuildAlone(): Promise<void> {
    const { state: before, whole } = await this.inspect();
    if (whole) {
      this.present = before.epoch;
      return;
    }
    const began = Date.now();
    if (before.maxRevision > (await lastRevision(this.database.manager))) {
      this.logger.warn(
        `Postgres is older than what was published (it was restored?): revisions go on after ${before.maxRevision}`,
      );
      await continueRevisionsAfter(this.database.manager, before.maxRevision);
    }
    const epoch = epochAfter([before.epoch, this.farthest?.epoch ?? null]);
    if (!(await this.writer.beginEpoch(before.epoch, epoch))) return;
    this.present = epoch;
    this.reached(epoch, 0);
    const { published, last } = await this.publishEverything(epoch);
    for (const participant of this.participants.list) await participant.beforeComplete(epoch);
    if (!(await this.writer.completeEpoch(epoch))) return;
    this.logger.log(`Published all ${published} documents under a new epoch in ${Date.now() - began} ms`);
    // Rings for gateways; they look by themselves, too.
    if (last) await this.producer.add([last]).catch(() => {});
  }

  /** While one page is on its way to Redis, the next one is loaded. */
  private async publishEverything(epoch: string): Promise<{ published: number; last: DocumentRef | null }> {
    let last: DocumentRef | null = null;
    let published = 0;
    let page = await this.loadPage(null);
    while (page.last !== null) {
      if (this.stopped) throw new Error('this control plane ends');
      last = page.last;
      published += page.loaded.documents.length;
      [page] = await Promise.all([this.loadPage(last), this.send(page.loaded, epoch)]);
    }
    return { published, last };
  }

  private async send(loaded: LoadedDocuments, epoch: string): Promise<void> {
    await this.writer.storeDeployments([...loaded.deployments.values()]);
    await this.sender.send(loaded, epoch);
    // Gateways serve on what they have of it: absence is never deletion.
    for (const { name, error } of loaded.failed) this.logger.error(`${name} cannot be published: ${error.message}`);
  }

  private loadPage(after: DocumentRef | null): Promise<Page> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const revisions = await listRevisions(manager, after, DOCUMENTS_A_CALL);
      return { loaded: await loadDocuments(manager, revisions, this.documentKeys), last: revisions.at(-1) ?? null };
    });
  }

  private noteFailure(error: Error): void {
    if (error instanceof EvictingRedis) this.present = null;
    if (this.stopped || this.failure === error.message) return;
    this.failure = error.message;
    this.logger.error(`Nothing is published now: ${error.message}`);
  }
}

import type { PublicationProducer } from '@gatehouse/publication';
import { refName } from '@gatehouse/snapshot';
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { NoEpoch, type PresentEpoch } from './document-sender.js';
import { UnmadeDocument, type Publisher } from './publisher.js';
import { Repeat } from './repeat.js';
import { claimUnsent, removeSent, type UnsentRow } from './unsent-outbox.js';

const SWEEP_MS = 1_000;
/** Younger rows are on their way through the queue. */
const AGE_MS = 1_000;
const ROWS_AT_ONCE = 200;

const CLEAN_MS = 10 * 60_000;
const KEEP_SENT_MS = 24 * 3_600_000;
const REMOVED_AT_ONCE = 10_000;

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * Sends what the queue did not: rings lost with Redis, work lost with a control plane. It finds rows by their state, claims them, and may run in any
 * number of control planes. It also removes rows that were sent a day ago.
 */
export class OutboxSweeper {
  private readonly logger = new Logger('publication');
  private readonly sweeping = new Repeat(
    SWEEP_MS,
    () => this.sweep(),
    (error) => this.noteFailure(error),
  );
  private readonly cleaning = new Repeat(
    CLEAN_MS,
    () => this.clean(),
    (error) => this.noteFailure(error),
  );
  private readonly told = new Set<string>();

  constructor(
    private readonly database: DataSource,
    private readonly publisher: Publisher,
    private readonly present: PresentEpoch,
    private readonly producer: PublicationProducer,
  ) {}

  start(): void {
    void this.sweeping.now();
    void this.cleaning.now();
  }

  /** Ends with a last look at the outbox, for what is too young to have been swept and will not come through this control plane's queue any more. */
  async stop(): Promise<void> {
    await Promise.all([this.sweeping.stop(), this.cleaning.stop()]);
    if (this.present.epoch !== null) await this.sweepSome(BEFORE_ALL, 0).catch((error: Error) => this.noteFailure(error));
  }

  /** Sends everything that is unsent and old enough. */
  private async sweep(): Promise<void> {
    let after: string | null = BEFORE_ALL;
    while (after !== null && this.present.epoch !== null) after = await this.sweepSome(after);
  }

  /** Answers the last publication that it came to, or null when there were none left. */
  private async sweepSome(after: string, ageMs = AGE_MS): Promise<string | null> {
    const claimed = await this.database.transaction(async (manager) => {
      const rows = await claimUnsent(manager, after, ageMs, ROWS_AT_ONCE);
      if (rows.length > 0) await this.publish(rows, manager);
      return rows;
    });
    const last = claimed.at(-1);
    if (!last) return null;
    // Rings for gateways: the job finds nothing left to send.
    await this.producer.add([last]).catch(() => {});
    return last.publicationId;
  }

  /** All at once; or, when one of them cannot be made, each by itself, so that it holds up nothing but what belongs to it. */
  private async publish(rows: readonly UnsentRow[], claim: EntityManager): Promise<void> {
    try {
      await this.publisher.publishUnsent(rows, claim);
    } catch (error) {
      if (!(error instanceof UnmadeDocument)) throw error;
      for (const row of rows) {
        await this.publisher.publishUnsent([row], claim).catch((reason: Error) => {
          if (!(reason instanceof UnmadeDocument)) throw reason;
          this.tell(refName(row), reason);
        });
      }
    }
  }

  private async clean(): Promise<void> {
    while ((await removeSent(this.database.manager, KEEP_SENT_MS, REMOVED_AT_ONCE)) === REMOVED_AT_ONCE);
  }

  /** Once for each document and reason: it is tried again every second. */
  private tell(name: string, { message }: Error): void {
    const line = `${name} is not published: ${message}`;
    if (this.told.has(line)) return;
    this.told.add(line);
    this.logger.error(line);
  }

  private noteFailure(error: Error): void {
    if (!(error instanceof NoEpoch)) this.logger.warn(`The outbox was not swept: ${error.message}`);
  }
}

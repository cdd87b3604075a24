import type { SnapshotWriter } from '@gatehouse/publication';
import { refName, type DocumentRef } from '@gatehouse/snapshot';
import type { DataSource, EntityManager } from 'typeorm';
import { findRevisions } from './document-revisions.js';
import { loadDocuments, type DocumentKeys, type LoadedDocuments } from './document-sources.js';
import { findUnsentWith, markSent } from './unsent-outbox.js';

/** Redis has no epoch to publish under now, or another one than a moment ago; what was not sent stays in the outbox. */
export class NoEpoch extends Error {}

/** A document that could not be made; nothing of what belongs to it was sent. */
export class UnmadeDocument extends Error {}

/** Tells the epoch to publish under. */
export interface PresentEpoch {
  /** Null while Redis is away or was never looked at. */
  readonly epoch: string | null;
  /** Says that Redis is in another epoch, so that it is looked at soon. */
  differs(): void;
  /** Says how far the change log of an epoch has come. */
  reached(epoch: string, sequence: number): void;
}

/** Sends what the outbox holds to Redis, in the newest committed state. */
export class Publisher {
  constructor(
    private readonly database: DataSource,
    private readonly writer: SnapshotWriter,
    private readonly documentKeys: DocumentKeys,
    private readonly present: PresentEpoch,
  ) {}

  /**
   * Sends the unsent changes of `changed` together with all that must become visible with them, and notes it in the outbox (through `noting`,
   * for who holds locks there). Answers how many documents were sent. Throws `NoEpoch`, `UnmadeDocument`, or when Redis or Postgres is away;
   * nothing is lost then, and doing it again does no harm.
   */
  async publishUnsent(changed: readonly DocumentRef[], noting: EntityManager = this.database.manager): Promise<number> {
    const { rows, loaded } = await this.database.transaction('REPEATABLE READ', async (manager) => {
      const rows = await findUnsentWith(manager, changed);
      const documents = [...new Map(rows.map((row) => [refName(row), row])).values()];
      return { rows, loaded: await loadDocuments(manager, await findRevisions(manager, documents), this.documentKeys) };
    });
    if (rows.length === 0) return 0;
    const [failed] = loaded.failed;
    if (failed) throw new UnmadeDocument(`${failed.name}: ${failed.error.message}`);
    const { epoch, sequence } = await this.send(loaded);
    await markSent(noting, rows, epoch, sequence);
    return loaded.documents.length;
  }

  /** Stores documents in one step, under the present epoch. Throws `NoEpoch`, or when Redis is away. */
  async send(
    { documents, deployments }: LoadedDocuments,
    epoch = this.present.epoch,
  ): Promise<{ epoch: string; sequence: number }> {
    if (epoch === null) throw new NoEpoch('Redis is away');
    for (;;) {
      const outcome = await this.writer.publish(epoch, documents);
      switch (outcome.outcome) {
        case 'published':
          this.present.reached(epoch, outcome.sequence);
          return { epoch, sequence: outcome.sequence };
        case 'other-epoch':
          this.present.differs();
          throw new NoEpoch(`Redis is in epoch ${outcome.epoch}, not ${epoch}`);
        case 'missing-deployments': {
          const stored = outcome.names.map((name) => {
            const deployment = deployments.get(name);
            if (!deployment) throw new Error(`${name} belongs to none of the documents that name it`);
            return deployment;
          });
          await this.writer.storeDeployments(stored);
        }
      }
    }
  }
}

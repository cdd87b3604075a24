import type { SnapshotWriter } from '@gatehouse/publication';
import type { LoadedDocuments } from './document-sources.js';

/** Redis has no epoch to publish under now, or another one than a moment ago; what was not sent stays in the outbox. */
export class NoEpoch extends Error {}

/** Tells the epoch to publish under. */
export interface PresentEpoch {
  /** Null while Redis is away or was never looked at. */
  readonly epoch: string | null;
  /** Says that Redis is in another epoch, so that it is looked at soon. */
  differs(): void;
  /** Says how far the change log of an epoch has come. */
  reached(epoch: string, sequence: number): void;
}

/** Brings documents to Redis, with the deployments that they name. */
export class DocumentSender {
  constructor(
    private readonly writer: SnapshotWriter,
    private readonly present: PresentEpoch,
  ) {}

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

import type { PublicationProducer } from '@gatehouse/publication';
import { refName, type DocumentRef } from '@gatehouse/snapshot';
import { PublicationBell } from './publication-bell.js';

/** Enqueues a job for each change. Rings that come while jobs are being added are added next, one for each document. */
export class QueueBell extends PublicationBell {
  private readonly rung = new Map<string, DocumentRef>();
  private adding: Promise<void> | null = null;

  constructor(private readonly producer: Pick<PublicationProducer, 'add'>) {
    super();
  }

  override ring(changed: DocumentRef): void {
    this.rung.set(refName(changed), changed);
    this.adding ??= this.addAll();
  }

  private async addAll(): Promise<void> {
    while (this.rung.size > 0) {
      const changed = [...this.rung.values()];
      this.rung.clear();
      try {
        await this.producer.add(changed);
      } catch {
        // Redis is away: the sweeper finds the rows when it is back.
      }
    }
    this.adding = null;
  }
}

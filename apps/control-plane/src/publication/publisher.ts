import { refName, type DocumentRef } from '@gatehouse/snapshot';
import type { DataSource, EntityManager } from 'typeorm';
import type { QuotaPeriodChanges } from '../usage-collection/quota-period-changes.js';
import { findRevisions } from './document-revisions.js';
import type { DocumentSender } from './document-sender.js';
import { loadDocuments, type DocumentKeys } from './document-sources.js';
import { findUnsentWith, markSent } from './unsent-outbox.js';

/** A document that could not be made; nothing of what belongs to it was sent. */
export class UnmadeDocument extends Error {}

/** Sends what the outbox holds to Redis, in the newest committed state. */
export class Publisher {
  constructor(
    private readonly database: DataSource,
    private readonly sender: DocumentSender,
    private readonly documentKeys: DocumentKeys,
    private readonly periodChanges: QuotaPeriodChanges,
  ) {}

  /**
   * Sends the unsent changes of `changed` together with all that must become visible with them, and notes it in the outbox (through `noting`,
   * for who holds locks there). What was used before the period of a quota changed is in Redis when gateways hear of the change. Answers how many
   * documents were sent. Throws `NoEpoch`, `UnmadeDocument`, or when Redis or Postgres is away; nothing is lost then, and doing it again does
   * no harm.
   */
  async publishUnsent(changed: readonly DocumentRef[], noting: EntityManager = this.database.manager): Promise<number> {
    const { rows, loaded, told } = await this.database.transaction('REPEATABLE READ', async (manager) => {
      const rows = await findUnsentWith(manager, changed);
      const documents = [...new Map(rows.map((row) => [refName(row), row])).values()];
      const loaded = await loadDocuments(manager, await findRevisions(manager, documents), this.documentKeys);
      const plans = documents.filter(({ kind }) => kind === 'usage-plan');
      const told = await this.periodChanges.tell(
        manager,
        plans.map(({ accountId, region, key }) => ({ accountId, region, usagePlanId: key })),
      );
      return { rows, loaded, told };
    });
    if (rows.length === 0) return 0;
    const [failed] = loaded.failed;
    if (failed) throw new UnmadeDocument(`${failed.name}: ${failed.error.message}`);
    await this.periodChanges.settle(told);
    const { epoch, sequence } = await this.sender.send(loaded);
    await markSent(noting, rows, epoch, sequence);
    return loaded.documents.length;
  }
}

import { PublicationWorker } from '@gatehouse/publication';
import { refName } from '@gatehouse/snapshot';
import { Logger } from '@nestjs/common';
import { NoEpoch } from './document-sender.js';
import type { Publisher } from './publisher.js';

const JOBS_AT_ONCE = 4;

/** Takes publishing work from the queue. A change that was sent along with an earlier one costs a look at the outbox. */
export class PublishingWorker {
  private readonly logger = new Logger('publication');
  private worker?: PublicationWorker;

  constructor(
    private readonly redisUrl: string,
    private readonly publisher: Publisher,
  ) {}

  start(): void {
    this.worker = new PublicationWorker(
      this.redisUrl,
      JOBS_AT_ONCE,
      async (job) => {
        try {
          await this.publisher.publishUnsent([job]);
        } catch (error) {
          // The rows stay in the outbox, where the sweeper finds them.
          if (!(error instanceof NoEpoch)) this.logger.warn(`${refName(job)} was not published yet: ${(error as Error).message}`);
        }
      },
      // Redis being away is told by whoever looks at it every second.
      () => {},
    );
  }

  /** Lets jobs in hand end. */
  async stop(): Promise<void> {
    await this.worker?.close();
  }
}

import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { QuotaGrants } from './quota-grants.js';
import { QuotaPeriodChanges } from './quota-period-changes.js';
import { UsageCollector } from './usage-collector.js';

const EVERY_MS = 1000;

/** Collects usage and delivers grants and changed periods of quotas once a second for as long as the control plane runs. */
@Injectable()
export class UsageCollection implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('usage');
  private timer: NodeJS.Timeout | undefined;
  private pass: Promise<void> = Promise.resolve();
  private stopped = false;
  private failing = false;

  constructor(
    private readonly collector: UsageCollector,
    private readonly periodChanges: QuotaPeriodChanges,
    private readonly grants: QuotaGrants,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  /** Lets the pass in progress end. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.pass;
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.pass = this.collect();
    }, EVERY_MS);
  }

  /** What fails holds up nothing of the others. */
  private async collect(): Promise<void> {
    const failures: unknown[] = [];
    await this.collector.collect().catch((error: unknown) => failures.push(error));
    await this.periodChanges.deliver().catch((error: unknown) => failures.push(error));
    await this.grants.deliver().catch((error: unknown) => failures.push(error));
    this.note(failures);
    this.schedule();
  }

  private note([failure]: readonly unknown[]): void {
    if (failure === undefined) {
      if (this.failing) this.logger.log('Usage is collected again');
      this.failing = false;
      return;
    }
    if (!this.failing) {
      const reason = failure instanceof Error ? failure.message : String(failure);
      this.logger.warn(`Usage cannot be collected now, or quotas not be granted: ${reason}`);
    }
    this.failing = true;
  }
}

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

  private async collect(): Promise<void> {
    try {
      await this.collector.collect();
      await this.periodChanges.deliver();
      await this.grants.deliver();
      if (this.failing) this.logger.log('Usage is collected again');
      this.failing = false;
    } catch (error) {
      if (!this.failing)
        this.logger.warn(
          `Usage cannot be collected now, nor quotas be granted: ${error instanceof Error ? error.message : String(error)}`,
        );
      this.failing = true;
    }
    this.schedule();
  }
}

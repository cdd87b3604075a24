import type { SnapshotWriter } from '@gatehouse/publication';
import type { Redis } from 'ioredis';
import { Repeat } from './repeat.js';

const LONGEST_PAUSE_MS = 60_000;
const REMOVED_AT_ONCE = 100;

/** Removes deployments from Redis that no stage has named for a grace period, which is time for gateways that are behind to fetch them. */
export class UnreferencedDeployments {
  private readonly removing: Repeat;

  constructor(
    private readonly redis: Redis,
    private readonly writer: SnapshotWriter,
    private readonly graceMs: number,
  ) {
    this.removing = new Repeat(
      Math.min(LONGEST_PAUSE_MS, Math.max(1_000, graceMs / 2)),
      () => this.remove(),
      // Redis is away; they leave later.
      () => {},
    );
  }

  start(): void {
    void this.removing.now();
  }

  async stop(): Promise<void> {
    await this.removing.stop();
  }

  private async remove(): Promise<void> {
    if (this.redis.status !== 'ready') return;
    while ((await this.writer.removeUnreferenced(this.graceMs, REMOVED_AT_ONCE)) === REMOVED_AT_ONCE);
  }
}

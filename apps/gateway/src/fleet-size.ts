import { GatewayReports } from '@gatehouse/publication';
import type { Redis } from 'ioredis';

const ASK_EVERY = 5_000;

/** How many gateways share the limits, as last heard from Redis: it counts when Redis is away, so it is never forgotten. */
export class FleetSize {
  private size = 1;
  private readonly reports: GatewayReports;
  private readonly timer: NodeJS.Timeout;

  constructor(redis: Redis) {
    this.reports = new GatewayReports(redis);
    this.timer = setInterval(() => void this.ask(), ASK_EVERY).unref();
    void this.ask();
  }

  current(): number {
    return this.size;
  }

  private async ask(): Promise<void> {
    try {
      this.size = Math.max(1, (await this.reports.live()).length);
    } catch {
      // Redis is away: the last answer stands.
    }
  }

  stop(): void {
    clearInterval(this.timer);
  }
}

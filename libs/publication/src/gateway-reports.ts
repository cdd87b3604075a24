import type { Redis } from 'ioredis';
import { parseGatewayReport, type GatewayReport } from './gateway-report.js';
import { REDIS_KEYS, gatewayKey } from './redis-keys.js';
import { noteGatewayScript } from './scripts/gateway-reports.js';

/** A gateway is live while its last report is younger than this. */
export const LIVE_MS = 10_000;

/** The gateways' reports in Redis. Every method rejects when Redis is away. */
export class GatewayReports {
  constructor(private readonly redis: Redis) {}

  /** Writes a gateway's report; it stands for 10 s. */
  async write(report: GatewayReport): Promise<void> {
    await Promise.all([
      this.redis.set(gatewayKey(report.gatewayId), JSON.stringify(report), 'PX', LIVE_MS),
      noteGatewayScript.run(this.redis, [report.gatewayId, LIVE_MS]),
    ]);
  }

  /** Takes a gateway out of the fleet at once, but not another one of the same id that was started since. */
  async remove(gatewayId: string, startedAt: string): Promise<void> {
    const text = await this.redis.get(gatewayKey(gatewayId));
    const report = text === null ? null : parseGatewayReport(text);
    if (report && report.startedAt !== startedAt) return;
    await Promise.all([this.redis.del(gatewayKey(gatewayId)), this.redis.zrem(REDIS_KEYS.gateways, gatewayId)]);
  }

  /** The reports of all live gateways, by id. What is no report is passed over: anybody who writes to Redis can put it there. */
  async live(): Promise<GatewayReport[]> {
    const ids = await this.redis.zrange(REDIS_KEYS.gateways, 0, -1);
    if (ids.length === 0) return [];
    const texts = await this.redis.mget(ids.sort().map(gatewayKey));
    return texts.flatMap((text) => {
      const report = text === null ? null : parseGatewayReport(text);
      return report ? [report] : [];
    });
  }
}

import type { Redis } from 'ioredis';
import type { FollowingReport } from './following-report.js';
import { parseFunctionsReport, type FunctionsReport } from './functions-report.js';
import { parseGatewayReport, type GatewayReport } from './gateway-report.js';
import { REDIS_KEYS, functionsKey, gatewayKey } from './redis-keys.js';
import { noteFunctionsScript, noteGatewayScript } from './scripts/fleet-reports.js';
import type { RedisScript } from './scripts/redis-script.js';

/** A process is live while its last report is younger than this. */
export const LIVE_MS = 10_000;

/** How the reports of one kind of processes are kept. */
interface ReportKind<R> {
  /** Sorted set of the ids. */
  list: string;
  note: RedisScript;
  keyOf(id: string): string;
  idOf(report: R): string;
  parse(text: string): R | null;
}

/** The reports of one kind of processes in Redis. Every method rejects when Redis is away. */
abstract class FleetReports<R extends FollowingReport> {
  constructor(
    private readonly redis: Redis,
    private readonly kind: ReportKind<R>,
  ) {}

  /** Writes a process's report; it stands for 10 s. Resolves with the number of processes of this kind that have reported within that time. */
  async write(report: R): Promise<number> {
    const id = this.kind.idOf(report);
    const [live] = await Promise.all([
      this.kind.note.run(this.redis, [id, LIVE_MS]),
      this.redis.set(this.kind.keyOf(id), JSON.stringify(report), 'PX', LIVE_MS),
    ]);
    return live as number;
  }

  /** Takes a process out of the fleet at once, but not another one of the same id that was started since. */
  async remove(id: string, startedAt: string): Promise<void> {
    const text = await this.redis.get(this.kind.keyOf(id));
    const report = text === null ? null : this.kind.parse(text);
    if (report && report.startedAt !== startedAt) return;
    await Promise.all([this.redis.del(this.kind.keyOf(id)), this.redis.zrem(this.kind.list, id)]);
  }

  /** The reports of all live processes, by id. What is no report is passed over: anybody who writes to Redis can put it there. */
  async live(): Promise<R[]> {
    const ids = await this.redis.zrange(this.kind.list, 0, -1);
    if (ids.length === 0) return [];
    const texts = await this.redis.mget(ids.sort().map((id) => this.kind.keyOf(id)));
    return texts.flatMap((text) => {
      const report = text === null ? null : this.kind.parse(text);
      return report ? [report] : [];
    });
  }
}

/** The gateways' reports. */
export class GatewayReports extends FleetReports<GatewayReport> {
  constructor(redis: Redis) {
    super(redis, {
      list: REDIS_KEYS.gateways,
      note: noteGatewayScript,
      keyOf: gatewayKey,
      idOf: ({ gatewayId }) => gatewayId,
      parse: parseGatewayReport,
    });
  }
}

/** The reports of functions processes. */
export class FunctionsReports extends FleetReports<FunctionsReport> {
  constructor(redis: Redis) {
    super(redis, {
      list: REDIS_KEYS.functionsProcesses,
      note: noteFunctionsScript,
      keyOf: functionsKey,
      idOf: ({ functionsId }) => functionsId,
      parse: parseFunctionsReport,
    });
  }
}

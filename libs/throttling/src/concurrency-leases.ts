import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { COMPLETE_KEY, EPOCH_KEY, concurrencyKey } from './redis-keys.js';
import { KEEP_PLACES, TAKE_PLACE, runScript } from './scripts.js';

/** A lease that is not kept ends after this: its process is gone, or has not reached Redis for as long. */
const LEASE_MS = 15_000;
const KEEP_EVERY_MS = 1_000;
/** For an answer of Redis, before this process's share decides. */
const PATIENCE_MS = 1_000;

/** A place that was taken. */
export interface Place {
  release(): void;
}

/**
 * Limits on what runs at the same time in all processes together, counted in Redis: whoever begins takes a lease, keeps it while it runs, and gives it back.
 *
 * Where Redis is away or being refilled, a process admits its share: the limit divided by the last known number of processes, rounded down, so that all together stay below the
 * limit. A limit below that number admits nothing then.
 */
export class ConcurrencyLeases {
  /** By limit. */
  private readonly held = new Map<string, Set<string>>();
  /** Nothing is a share before it is known who shares. */
  private processes = Infinity;
  private lastHeard = 0;
  private readonly timer: NodeJS.Timeout;

  /** @param redis a connection of its own, which does not queue; `close` ends it */
  constructor(private readonly redis: Redis) {
    redis.on('ready', () => this.keep());
    this.timer = setInterval(() => this.keep(), KEEP_EVERY_MS).unref();
  }

  /** So many processes live, as Redis says. One that was just emptied knows of nobody yet: fewer are believed when they were heard of twice. */
  heardOf(processes: number): void {
    this.processes = Math.max(processes, this.lastHeard);
    this.lastHeard = processes;
  }

  /** Takes one of `limit` places under the limit `name`; null when there is none. Never rejects. */
  async take(name: string, limit: number): Promise<Place | null> {
    if (this.heldUnder(name) >= limit) return null;
    const lease = randomUUID();
    const answer = await this.ask(name, lease, limit);
    const isAdmitted = answer === 1 || (answer === null && this.heldUnder(name) < Math.floor(limit / this.processes));
    if (!isAdmitted) {
      // It may have been granted after all, by a Redis that was late.
      if (answer === null) this.giveBack(name, lease);
      return null;
    }
    const leases = this.held.get(name) ?? new Set();
    this.held.set(name, leases.add(lease));
    return { release: () => this.release(name, lease) };
  }

  /** Lets go of what is left, and of Redis. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const [name, leases] of this.held) for (const lease of leases) this.giveBack(name, lease);
    this.held.clear();
    await this.redis.quit().catch(() => this.redis.disconnect());
  }

  private heldUnder(name: string): number {
    return this.held.get(name)?.size ?? 0;
  }

  /** 1 when it was granted, 0 when not, null when Redis cannot say. */
  private async ask(name: string, lease: string, limit: number): Promise<number | null> {
    if (this.redis.status !== 'ready') return null;
    const keys = [EPOCH_KEY, COMPLETE_KEY, concurrencyKey(name)];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), PATIENCE_MS)));
    const asked = runScript(this.redis, TAKE_PLACE, keys, [lease, limit, LEASE_MS]).catch(() => null);
    const answer = (await Promise.race([asked, late])) as number | null;
    clearTimeout(timer);
    return answer === -1 ? null : answer;
  }

  private release(name: string, lease: string): void {
    const leases = this.held.get(name);
    if (!leases?.delete(lease)) return;
    if (leases.size === 0) this.held.delete(name);
    this.giveBack(name, lease);
  }

  /** What does not reach Redis ends by itself. */
  private giveBack(name: string, lease: string): void {
    this.redis.zrem(concurrencyKey(name), lease).catch(() => undefined);
  }

  private keep(): void {
    if (this.redis.status !== 'ready' || this.held.size === 0) return;
    const kept = [...this.held].flatMap(([name, leases]) => [...leases].map((lease) => [concurrencyKey(name), lease] as const));
    const keys = kept.map(([key]) => key);
    const leases = kept.map(([, lease]) => lease);
    // Whole: asked for once more, where Redis does not know it, it could come behind the end of a lease.
    this.redis.eval(KEEP_PLACES.source, keys.length, ...keys, LEASE_MS, ...leases).catch(() => undefined);
  }
}

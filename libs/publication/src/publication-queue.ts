import type { DocumentRef } from '@gatehouse/snapshot';
import { Queue, QueueEvents, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { setTimeout } from 'node:timers/promises';
import { connectBlockingRedis } from './connect-redis.js';
import { QUEUE_PREFIX } from './redis-keys.js';

/** BullMQ's queue of publishing work. One job goes to one control plane; its event stream reaches every gateway. */
export const PUBLICATION_QUEUE = 'publication';

/** A job says which document changed and nothing of what it holds: whoever takes it publishes the newest committed revision. */
export type PublicationJob = DocumentRef;

const RESTART_MS = 1_000;
const CLOSE_MS = 5_000;
const KEEP_NO_JOBS = { removeOnComplete: true, removeOnFail: true };

/** Adds publishing work. */
export class PublicationProducer {
  private queue?: Queue<PublicationJob>;

  /** `redis` fails at once when Redis is away (`connectRedis`); it stays the caller's. */
  constructor(private readonly redis: Redis) {}

  /** Enqueues one job for each document. Rejects when Redis is away. */
  async add(changed: readonly DocumentRef[]): Promise<void> {
    if (this.redis.status !== 'ready') throw new Error('Redis is away');
    this.queue ??= this.open();
    try {
      await this.queue.addBulk(
        changed.map(({ kind, key, accountId, region }) => ({
          name: kind,
          data: { kind, key, accountId, region },
          opts: KEEP_NO_JOBS,
        })),
      );
    } catch (error) {
      // A queue whose first contact with Redis failed stays broken; the next call makes another.
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const queue = this.queue;
    this.queue = undefined;
    await queue?.close().catch(() => {});
  }

  private open(): Queue<PublicationJob> {
    const queue = new Queue<PublicationJob>(PUBLICATION_QUEUE, { connection: this.redis, prefix: QUEUE_PREFIX });
    queue.on('error', () => {});
    return queue;
  }
}

interface Running {
  run(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps one of BullMQ's loops running on connections of its own, through any absence of Redis, until it is closed. */
class Loop {
  private readonly redis: Redis;
  /** BullMQ works on copies of the connection; they are known here, so that they can be ended in whatever state they are. */
  private readonly copies: Redis[] = [];
  private running?: Running;
  private restart?: NodeJS.Timeout;
  private closed = false;

  constructor(
    url: string,
    private readonly make: (redis: Redis) => Promise<Running>,
    private readonly onError: (error: Error) => void,
  ) {
    const redis = connectBlockingRedis(url, { lazyConnect: true });
    redis.duplicate = (override) => {
      const copy = connectBlockingRedis(url, override);
      this.copies.push(copy);
      return copy;
    };
    this.redis = redis;
    this.start();
  }

  /** Lets work in hand end, as long as Redis is there for it. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.restart);
    const present = this.copies.every(({ status }) => status === 'ready');
    const closing = this.running?.close().catch(() => {});
    if (present) await Promise.race([closing, setTimeout(CLOSE_MS, undefined, { ref: false })]);
    for (const connection of [this.redis, ...this.copies]) connection.disconnect();
  }

  private start(): void {
    this.run().catch((error: Error) => {
      if (this.closed) return;
      this.onError(error);
      void this.running?.close().catch(() => {});
      this.restart = globalThis.setTimeout(() => this.start(), RESTART_MS);
    });
  }

  private async run(): Promise<void> {
    this.running = await this.make(this.redis);
    if (!this.closed) await this.running.run();
  }
}

/** Takes publishing work, some jobs at a time. */
export class PublicationWorker extends Loop {
  constructor(url: string, concurrency: number, work: (job: PublicationJob) => Promise<void>, onError: (error: Error) => void) {
    super(
      url,
      async (redis) => {
        const worker = new Worker<PublicationJob>(PUBLICATION_QUEUE, ({ data }) => work(data), {
          connection: redis,
          prefix: QUEUE_PREFIX,
          concurrency,
          autorun: false,
          // Back at work soon after Redis is; the default is 15 s.
          runRetryDelay: RESTART_MS,
          removeOnComplete: { count: 0 },
          removeOnFail: { count: 0 },
        });
        worker.on('error', onError);
        return worker;
      },
      onError,
    );
  }
}

/** Rings whenever publishing work was done, from its making on. A ring may be lost: whoever listens also looks from time to time. */
export class PublicationBellListener extends Loop {
  constructor(url: string, ring: () => void, onError: (error: Error) => void) {
    super(
      url,
      async (redis) => {
        // From here on, not from when the blocking read has begun: nothing between the two is lost.
        const [newest] = await redis.xrevrange(`${QUEUE_PREFIX}:${PUBLICATION_QUEUE}:events`, '+', '-', 'COUNT', 1);
        const events = new QueueEvents(PUBLICATION_QUEUE, {
          connection: redis,
          prefix: QUEUE_PREFIX,
          autorun: false,
          lastEventId: newest?.[0] ?? '0-0',
        });
        events.on('completed', ring);
        events.on('error', onError);
        return events;
      },
      onError,
    );
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionDirectory, ResolvedVersion } from '../follow/function-directory.js';
import { report } from '../report.js';
import type { AnswerSink, Invocation } from '../sandbox/invocation.js';
import { LambdaError } from '../server/lambda-error.js';
import { TornEvent, type QueuedEvent } from './event-file.js';
import type { EventSpool, SpooledEvent } from './event-spool.js';

export interface QueueParts {
  directory: Pick<FunctionDirectory, 'resolve'>;
  /** Has events handled. */
  invoker: { invoke(resolved: ResolvedVersion, invocation: Invocation): Promise<void> };
  spool: EventSpool;
  /** Times (ms) after which a function error is tried again. */
  retriesMs?: readonly number[];
}

/** Source: AWS, "Error handling for asynchronous invocation": twice, after one and two minutes. */
const RETRIES_MS = [60_000, 120_000];
/** What a limit or a lack of code holds up is tried again after 1 s, 2 s, 4 s and so on, up to this, for six hours, as on AWS. */
const LONGEST_WAIT_MS = 300_000;
const OLDEST_MS = 6 * 3_600_000;
const MOST_EVENTS = 10_000;
const MOST_BYTES = 256 * 1024 * 1024;
/** Of both, of one function: others have room whatever one of them does. */
const MOST_OF_ONE = 0.5;
/** How often to look for what processes that have ended left. */
const TAKE_OVER_MS = 30_000;
/** For what is being written when the process ends. */
const LAST_WRITES_MS = 1_000;

/** What waits or is being handled. */
interface Held {
  events: number;
  bytes: number;
}

function hasRoom({ events, bytes }: Held, more: number, share: number): boolean {
  return events < MOST_EVENTS * share && bytes + more <= MOST_BYTES * share;
}

/**
 * Asynchronous invocations. An event is in the spool from before its caller is told so until it was handled or is given up, whichever process does that; one that was being handled
 * when its process died is handled again.
 */
export class EventQueue {
  private readonly all: Held = { events: 0, bytes: 0 };
  /** By function, of those whose events this process accepted itself. */
  private readonly ofFunctions = new Map<string, Held>();
  private readonly working = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly parts: QueueParts) {}

  /** Events that wait or are being handled. */
  get size(): number {
    return this.all.events;
  }

  /** Goes on with what processes that have ended left, now and from time to time. To be called when all functions are known: events of others are given up. */
  begin(): void {
    if (this.isStopped) return;
    void this.takeOver();
    this.timer = setInterval(() => void this.takeOver(), TAKE_OVER_MS).unref();
  }

  /** Keeps an event. Throws `LambdaError`: TooManyRequestsException when there are too many, ServiceException when the disk does not take it. */
  async add(event: QueuedEvent): Promise<void> {
    const bytes = event.event.length;
    const { accountId, region, functionName } = event.name;
    const owner = `${accountId}/${region}/${functionName}`;
    const own = this.ofFunctions.get(owner) ?? { events: 0, bytes: 0 };
    if (!hasRoom(this.all, bytes, 1) || !hasRoom(own, bytes, MOST_OF_ONE)) {
      throw new LambdaError('TooManyRequestsException', 'Rate Exceeded.', 'ConcurrentInvocationLimitExceeded');
    }
    this.ofFunctions.set(owner, own);
    this.count(1, bytes, own);
    const done = () => {
      this.count(-1, -bytes, own);
      if (own.events === 0) this.ofFunctions.delete(owner);
    };
    try {
      this.work(await this.parts.spool.keep(event), done);
    } catch (error) {
      done();
      report('an event could not be kept', error as Error);
      throw new LambdaError('ServiceException', 'The event could not be kept.');
    }
  }

  /** What waits is tried no more; what is being handled may end. */
  stop(): void {
    this.stopping.abort();
    clearInterval(this.timer ?? undefined);
  }

  /** To be called when nothing is being handled any more. Leaves the spool to the next process. */
  async close(): Promise<void> {
    await Promise.race([Promise.all(this.working), sleep(LAST_WRITES_MS)]);
    await this.parts.spool.close();
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private count(events: number, bytes: number, own?: Held): void {
    for (const held of own === undefined ? [this.all] : [this.all, own]) {
      held.events += events;
      held.bytes += bytes;
    }
  }

  private async takeOver(): Promise<void> {
    try {
      for (const event of await this.parts.spool.takeOver()) {
        this.count(1, event.bytes);
        this.work(event, () => this.count(-1, -event.bytes));
      }
    } catch (error) {
      report('events that another process left', error as Error);
    }
  }

  private work(event: SpooledEvent, done: () => void): void {
    const work = this.settle(event)
      .catch((error: Error) => report('asynchronous invocation', error))
      .finally(() => {
        this.working.delete(work);
        done();
      });
    this.working.add(work);
  }

  /** Tries an event until it was handled or is given up, and removes it then. */
  private async settle(event: SpooledEvent): Promise<void> {
    const { spool, retriesMs = RETRIES_MS } = this.parts;
    let current = event;
    try {
      while (!(await this.tryUntilRun(current))) {
        // The function may have failed because this process ends.
        if (this.isStopped) return;
        const wait = retriesMs[current.failures];
        if (wait === undefined) break;
        current = await spool.postpone(current, Date.now() + wait);
      }
    } catch (error) {
      if (this.isStopped) return;
      report('asynchronous invocation given up', error as Error);
    }
    await spool.remove(current);
  }

  /** True when the function handled it without an error. Rejects when it is not worth another try, or this process ends. */
  private async tryUntilRun(event: SpooledEvent): Promise<boolean> {
    await this.wait(event.dueAt - Date.now());
    for (let wait = 1_000; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      if (Date.now() > event.acceptedAt + OLDEST_MS) throw new Error('the event is older than six hours');
      try {
        return await this.run(event);
      } catch (error) {
        if (error instanceof TornEvent || (error instanceof LambdaError && error.type === 'ResourceNotFoundException'))
          throw error;
        if (!(error instanceof LambdaError)) report('asynchronous invocation', error as Error);
      }
      await this.wait(wait);
    }
  }

  private async run(event: SpooledEvent): Promise<boolean> {
    const { name, ...invocation } = await this.parts.spool.read(event);
    const resolved = this.parts.directory.resolve(name);
    return new Promise((resolve, reject) => {
      this.parts.invoker.invoke(resolved, { ...invocation, answer: new OutcomeOnly(resolve) }).catch(reject);
    });
  }

  /** Rejects when this process ends. A clock that was set back makes no wait longer than it may be. */
  private async wait(ms: number): Promise<void> {
    const { signal } = this.stopping;
    signal.throwIfAborted();
    if (ms > 0) await sleep(Math.min(ms, LONGEST_WAIT_MS), undefined, { signal, ref: false });
  }
}

/** Nobody wants the answer, only whether it was one. */
class OutcomeOnly implements AnswerSink {
  readonly mostBytes = Infinity;

  constructor(private readonly settle: (succeeded: boolean) => void) {}

  part(): void {}

  end(error: Buffer | null): void {
    this.settle(error === null);
  }
}

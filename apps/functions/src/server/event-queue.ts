import type { FunctionName } from '@gatehouse/lambda-contract';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionDirectory } from '../follow/function-directory.js';
import { report } from '../report.js';
import type { AnswerSink, Invocation } from '../sandbox/invocation.js';
import type { SandboxPools } from '../sandbox/sandbox-pools.js';
import { LambdaError } from './lambda-error.js';

/** An event that nobody waits for. */
export interface QueuedEvent extends Omit<Invocation, 'answer'> {
  readonly name: FunctionName;
}

/** Times (ms) after which a function error is tried again. Source: AWS, "Error handling for asynchronous invocation": twice, after one and two minutes. */
const RETRIES_MS = [60_000, 120_000];
/** What a limit or a lack of code holds up is tried again after 1 s, 2 s, 4 s and so on, up to this, for six hours, as on AWS. */
const LONGEST_WAIT_MS = 300_000;
const OLDEST_MS = 6 * 3_600_000;
const MOST_EVENTS = 10_000;
const MOST_BYTES = 256 * 1024 * 1024;

/** Events of asynchronous invocations, in memory: those that still wait when the process ends are lost. */
export class EventQueue {
  private events = 0;
  private bytes = 0;
  private readonly stopping = new AbortController();

  constructor(
    private readonly directory: FunctionDirectory,
    private readonly pools: SandboxPools,
    private readonly retriesMs: readonly number[] = RETRIES_MS,
  ) {}

  /** Events that wait or are being handled. */
  get size(): number {
    return this.events;
  }

  /** Keeps an event. Throws `LambdaError` TooManyRequestsException when there are too many. */
  add(event: QueuedEvent): void {
    const bytes = event.event.length;
    if (this.events >= MOST_EVENTS || this.bytes + bytes > MOST_BYTES) {
      throw new LambdaError('TooManyRequestsException', 'Rate Exceeded.', 'ConcurrentInvocationLimitExceeded');
    }
    this.events++;
    this.bytes += bytes;
    this.work(event)
      .catch((error: Error) =>
        report('asynchronous invocation', this.isStopped ? new Error('given up: this process ends') : error),
      )
      .finally(() => {
        this.events--;
        this.bytes -= bytes;
      });
  }

  /** Gives up what waits; what is being handled may end. */
  stop(): void {
    this.stopping.abort();
  }

  private get isStopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async work(event: QueuedEvent): Promise<void> {
    const oldest = Date.now() + OLDEST_MS;
    for (let attempt = 0; ; attempt++) {
      if (await this.tryUntilRun(event, oldest)) return;
      const wait = this.retriesMs[attempt];
      if (wait === undefined) return;
      await this.wait(wait);
    }
  }

  /** True when the function handled it without an error. */
  private async tryUntilRun(event: QueuedEvent, oldest: number): Promise<boolean> {
    for (let wait = 1_000; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        return await this.run(event);
      } catch (error) {
        const lasts = !(error instanceof LambdaError) || error.type === 'ResourceNotFoundException';
        if (lasts || Date.now() + wait > oldest) throw error;
      }
      await this.wait(wait);
    }
  }

  private async run({ name, ...invocation }: QueuedEvent): Promise<boolean> {
    const resolved = this.directory.resolve(name);
    return new Promise((resolve, reject) => {
      this.pools.invoke(resolved, { ...invocation, answer: new OutcomeOnly(resolve) }).catch(reject);
    });
  }

  private async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal, ref: false });
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

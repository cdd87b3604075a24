import type { ConcurrencyLeases } from '@gatehouse/throttling';
import type { KnownFunction, ResolvedVersion } from '../follow/function-directory.js';
import type { AnswerSink, Invocation } from '../sandbox/invocation.js';
import type { SandboxPools } from '../sandbox/sandbox-pools.js';
import { LambdaError } from './lambda-error.js';

/** How an invocation ended: with an answer, with a function error, at a limit, or for a reason of this service's. */
export type InvocationOutcome = 'success' | 'function_error' | 'throttled' | 'failed';

export interface InvokerParts {
  pools: Pick<SandboxPools, 'invoke'>;
  /** Counts what functions with reserved concurrency have under way in all processes. */
  leases: ConcurrencyLeases;
  /** Hears of each invocation. Must not throw. */
  onOutcome(outcome: InvocationOutcome): void;
}

/** The one way from callers to sandboxes. */
export class Invoker {
  constructor(private readonly parts: InvokerParts) {}

  /**
   * Has an event handled. Resolves when a sandbox has it, or when its answer was given already; the answer goes to the invocation's sink.
   * Throws `LambdaError`: TooManyRequestsException at a limit, ServiceException when its code cannot be had.
   */
  async invoke(resolved: ResolvedVersion, invocation: Invocation): Promise<void> {
    const { pools, onOutcome } = this.parts;
    let release: () => void = () => undefined;
    try {
      release = await this.reserve(resolved.known);
      const answer = new WatchedAnswer(invocation.answer, (succeeded) => {
        release();
        onOutcome(succeeded ? 'success' : 'function_error');
      });
      await pools.invoke(resolved, { ...invocation, answer });
    } catch (error) {
      release();
      onOutcome(error instanceof LambdaError && error.type === 'TooManyRequestsException' ? 'throttled' : 'failed');
      throw error;
    }
  }

  /** Functions without reserved concurrency wait for nothing here. */
  private async reserve({ accountId, region, snapshot }: KnownFunction): Promise<() => void> {
    const { functionName, reservedConcurrency } = snapshot;
    if (reservedConcurrency === null) return () => undefined;
    const place = await this.parts.leases.take(`function:${accountId}/${region}/${functionName}`, reservedConcurrency);
    if (!place) {
      throw new LambdaError('TooManyRequestsException', 'Rate Exceeded.', 'ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    return () => place.release();
  }
}

/** Passes an answer on, and tells of its end first: who calls again at once finds the place free. */
class WatchedAnswer implements AnswerSink {
  readonly mostBytes: number;

  constructor(
    private readonly answer: AnswerSink,
    private readonly ended: (succeeded: boolean) => void,
  ) {
    this.mostBytes = answer.mostBytes;
  }

  part(bytes: Buffer): Promise<void> | void {
    return this.answer.part(bytes);
  }

  end(error: Buffer | null, log: (() => Promise<Buffer>) | null): void {
    this.ended(error === null);
    this.answer.end(error, log);
  }
}

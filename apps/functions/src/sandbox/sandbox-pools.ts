import { unseal, refName, type DataPlaneKey } from '@gatehouse/snapshot';
import type { CodeCache } from '../code/code-cache.js';
import { programOf, type FunctionDirectory, type KnownFunction, type ResolvedVersion } from '../follow/function-directory.js';
import { report } from '../report.js';
import { LambdaError } from '../server/lambda-error.js';
import { timeoutPayload, type Invocation } from './invocation.js';
import { ResourceWatch } from './resource-watch.js';
import { Sandbox, type SandboxServices } from './sandbox.js';

export interface PoolsOptions {
  directory: FunctionDirectory;
  code: CodeCache;
  services: SandboxServices;
  /** Any of them may have sealed variables. */
  keys: readonly DataPlaneKey[];
  /** Most invocations at a time. */
  concurrency: number;
  /** Milliseconds that a sandbox is kept without work. */
  idleMs: number;
}

/** How many sandboxes there are. */
export interface SandboxFigures {
  all: number;
  /** Those of them that wait for an event. */
  waiting: number;
  /** Since this process began. */
  started: number;
}

/** Milliseconds that the initialization of a runtime may take before the first event. Source: AWS, "Lambda execution environment lifecycle". */
const INIT_MS = 10_000;
const SWEEP_MS = 1_000;
const MEGABYTE = 1_048_576;
/** Memory that has to be free for one more sandbox, where its function may have more than that: few use all that they may. */
const SPARE_MEGABYTES = 256;

/** All sandboxes: started when none waits, used again (the one that worked last first), ended when they are too old, not wanted or in the way. */
export class SandboxPools {
  /** Sandboxes that wait for an event, by what they run; the one that worked last at the end. */
  private readonly waiting = new Map<string, Sandbox[]>();
  private readonly sandboxes = new Set<Sandbox>();
  /** Invocations under way by function, and together. */
  private readonly underWay = new Map<string, number>();
  private total = 0;
  private started = 0;
  private readonly watch = new ResourceWatch(this.sandboxes);
  private readonly sweep: NodeJS.Timeout;
  private whenQuiet: (() => void) | null = null;

  constructor(private readonly options: PoolsOptions) {
    options.directory.on('changed', (known, key) => this.retire(known, key));
    this.sweep = setInterval(() => this.endOld(), SWEEP_MS).unref();
  }

  /** Invocations under way. */
  get busy(): number {
    return this.total;
  }

  get figures(): SandboxFigures {
    const waiting = [...this.waiting.values()].reduce((sum, sandboxes) => sum + sandboxes.length, 0);
    return { all: this.sandboxes.size, waiting, started: this.started };
  }

  /**
   * Has an event handled. Resolves when a sandbox has it, or when its answer was given already; the answer goes to the invocation's sink.
   * Throws `LambdaError`: TooManyRequestsException at a limit, ServiceException when its code cannot be had.
   */
  async invoke(resolved: ResolvedVersion, invocation: Invocation): Promise<void> {
    const done = this.admit(resolved.known);
    try {
      const sandbox = this.takeWaiting(resolved) ?? (await this.startFor(resolved, invocation));
      if (!sandbox) return done();
      this.watch.wake();
      sandbox.run(invocation, resolved.version.timeout * 1000, done);
    } catch (error) {
      done();
      throw error;
    }
  }

  /** Waits for invocations under way as long as they may, and ends all sandboxes. */
  async stop(drainMs: number): Promise<void> {
    clearInterval(this.sweep);
    if (this.total > 0) {
      await new Promise<void>((resolve) => {
        this.whenQuiet = resolve;
        setTimeout(resolve, drainMs);
      });
    }
    await Promise.all([...this.sandboxes].map((sandbox) => sandbox.end()));
    this.watch.stop();
  }

  /** Counts an invocation in; what it returns counts it out, once. */
  private admit({ accountId, region, snapshot }: KnownFunction): () => void {
    const key = `${accountId}/${region}/${snapshot.functionName}`;
    const underWay = this.underWay.get(key) ?? 0;
    if (snapshot.reservedConcurrency !== null && underWay >= snapshot.reservedConcurrency) {
      throw new LambdaError('TooManyRequestsException', 'Rate Exceeded.', 'ReservedFunctionConcurrentInvocationLimitExceeded');
    }
    if (this.total >= this.options.concurrency) throw tooMany();
    this.underWay.set(key, underWay + 1);
    this.total++;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.total--;
      const left = this.underWay.get(key)! - 1;
      if (left > 0) this.underWay.set(key, left);
      else this.underWay.delete(key);
      if (this.total === 0) this.whenQuiet?.();
    };
  }

  private takeWaiting(resolved: ResolvedVersion): Sandbox | undefined {
    const key = poolKey(resolved);
    const waiting = this.waiting.get(key) ?? [];
    let sandbox = waiting.pop();
    while (sandbox?.isEnding) sandbox = waiting.pop();
    if (waiting.length === 0) this.waiting.delete(key);
    return sandbox;
  }

  /** Starts a sandbox; null when that failed and the invocation was told. */
  private async startFor(resolved: ResolvedVersion, invocation: Invocation): Promise<Sandbox | null> {
    const { requestId, answer } = invocation;
    const timeoutMs = resolved.version.timeout * 1000;
    const late = { error: () => timeoutPayload(requestId, resolved.version.timeout), isTold: false };
    // As on AWS, what does not start in time is started once more, within the time of the invocation.
    for (const isLast of [false, true]) {
      const { sandbox, start } = await this.start(resolved, isLast ? timeoutMs : INIT_MS);
      if (start === 'ready') return sandbox;
      await sandbox.end();
      if (start === 'timeout' && !isLast) continue;
      const { error, isTold } = start === 'timeout' ? late : start;
      const payload = error(requestId);
      const log = sandbox.reportFailedStart(requestId, payload, isTold);
      answer.end(payload, () => Promise.resolve(log));
      break;
    }
    return null;
  }

  private async start(resolved: ResolvedVersion, limitMs: number) {
    const { code, services } = this.options;
    const variables = this.variables(resolved);
    const { accountId, region } = resolved.known;
    const bytes = Math.min(resolved.version.memorySize, SPARE_MEGABYTES) * MEGABYTE;
    // First: sandboxes that only wait hold trees of code, of which there may be as many as users.
    await this.makeRoom(bytes);
    const held = await code.hold({ accountId, region, ...resolved.version }).catch((error: Error) => {
      report(`code of ${resolved.known.snapshot.functionName}`, error);
      throw new LambdaError('ServiceException', 'The code of the function could not be fetched.');
    });
    try {
      await this.makeRoom(bytes);
      const place = await services.isolation.open();
      if (!place) throw tooMany();
      const sandbox = new Sandbox(resolved, place, services);
      this.sandboxes.add(sandbox);
      this.started++;
      this.watch.wake();
      sandbox.on('idle', () => this.becameIdle(sandbox));
      sandbox.once('ended', () => {
        held.release();
        this.sandboxes.delete(sandbox);
        this.forget(sandbox);
      });
      const start = await sandbox.start(held, variables, limitMs).catch(async (error: Error) => {
        await sandbox.end();
        throw error;
      });
      return { sandbox, start };
    } catch (error) {
      held.release();
      throw error;
    }
  }

  private variables({ known, version }: ResolvedVersion): Record<string, string> {
    if (version.environment === null) return {};
    const { accountId, region, snapshot } = known;
    const name = refName({ kind: 'function', accountId, region, key: snapshot.functionName });
    return JSON.parse(unseal(this.options.keys, name, version.environment)) as Record<string, string>;
  }

  /** Ends sandboxes that wait until there is a user and memory for one more. Throws where that is not enough; before the first is ended where all of them would not do. */
  private async makeRoom(bytes: number): Promise<void> {
    if (process.availableMemory() + this.memoryOfWaiting < bytes) throw tooMany();
    while (this.options.services.isolation.room === 0 || process.availableMemory() < bytes) {
      const oldest = this.oldestWaiting();
      if (!oldest) throw tooMany();
      this.forget(oldest);
      await oldest.end();
    }
  }

  /** Bytes that would be free without them. */
  private get memoryOfWaiting(): number {
    return [...this.waiting.values()].flat().reduce((sum, { usedMemory }) => sum + usedMemory, 0);
  }

  private oldestWaiting(): Sandbox | undefined {
    let oldest: Sandbox | undefined;
    for (const [first] of this.waiting.values()) {
      if (first && (!oldest || first.idleSince < oldest.idleSince)) oldest = first;
    }
    return oldest;
  }

  private becameIdle(sandbox: Sandbox): void {
    if (!this.isCurrent(sandbox)) return void sandbox.end();
    const key = poolKey(sandbox.resolved);
    const waiting = this.waiting.get(key);
    if (waiting) waiting.push(sandbox);
    else this.waiting.set(key, [sandbox]);
  }

  private isCurrent({ resolved: { known, version } }: Sandbox): boolean {
    const { accountId, region, snapshot } = known;
    return this.options.directory.isCurrent({ accountId, region }, snapshot.functionName, version);
  }

  /** What its function's name stands for has changed: sandboxes of what it was are used no more. */
  private retire(_: KnownFunction | null, key: string): void {
    for (const waiting of [...this.waiting.values()]) {
      for (const sandbox of waiting.filter((one) => functionKey(one.resolved) === key && !this.isCurrent(one))) {
        this.forget(sandbox);
        void sandbox.end();
      }
    }
  }

  private endOld(): void {
    const before = performance.now() - this.options.idleMs;
    for (const waiting of [...this.waiting.values()]) {
      for (const sandbox of waiting.filter(({ idleSince }) => idleSince < before)) {
        this.forget(sandbox);
        void sandbox.end();
      }
    }
  }

  /** It gets no more events. */
  private forget(sandbox: Sandbox): void {
    const key = poolKey(sandbox.resolved);
    const left = (this.waiting.get(key) ?? []).filter((other) => other !== sandbox);
    if (left.length > 0) this.waiting.set(key, left);
    else this.waiting.delete(key);
  }
}

function functionKey({ known }: ResolvedVersion): string {
  return `${known.accountId}/${known.region}/${known.snapshot.functionName}`;
}

function poolKey(resolved: ResolvedVersion): string {
  return `${functionKey(resolved)}:${resolved.version.version}@${programOf(resolved.version)}`;
}

function tooMany(): LambdaError {
  return new LambdaError('TooManyRequestsException', 'Rate Exceeded.', 'ConcurrentInvocationLimitExceeded');
}

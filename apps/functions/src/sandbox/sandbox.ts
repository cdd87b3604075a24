import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { HeldCode } from '../code/code-cache.js';
import type { ResolvedVersion } from '../follow/function-directory.js';
import { FunctionOutput, type LogTail } from './function-output.js';
import { errorPayload, exitPayload, reasonOf, statusOf, timeoutPayload, tooLargePayload, type Invocation } from './invocation.js';
import type { Isolation, Place } from './isolation.js';
import type { Connection, FunctionNetwork } from './network/function-network.js';
import { memoryOf } from './process-table.js';
import type { UsedResources, Watched } from './resource-watch.js';
import { RuntimeApi, type ResponseReceiver } from './runtime-api.js';
import { NoRuntime, type Runtimes } from './runtimes.js';
import { sandboxEnvironment } from './sandbox-environment.js';

/** What all sandboxes share. */
export interface SandboxServices {
  isolation: Isolation;
  network: FunctionNetwork;
  runtimes: Runtimes;
  log(resolved: ResolvedVersion, lines: Buffer): void;
}

export interface SandboxEvents {
  /** It waits for an event, having done what the last one asked for. */
  idle: [];
  /** Nothing of it is left; once. */
  ended: [];
}

/** How an initialization went. */
export type Start =
  | 'ready'
  | 'timeout'
  | { readonly error: (requestId: string) => Buffer; /** The runtime has told it, and printed why. */ readonly isTold: boolean };

/** Share of a core that a sandbox may use while it waits: more is work that it goes on with. */
const IDLE_SHARE = 0.1;

interface Current {
  readonly invocation: Invocation;
  readonly done: () => void;
  readonly tail: LogTail;
  readonly begun: number;
  readonly timer: NodeJS.Timeout;
  /** An answer was begun: nobody else may give one. */
  answering: boolean;
  /** The end of the answer: null for a success, the payload of a function error; undefined before. */
  outcome: Buffer | null | undefined;
  /** What the report says of an end that the runtime did not choose. */
  status: string;
  /** The runtime has asked for the next event. */
  wantsNext: boolean;
}

/** One process (and what it starts) that runs one version of one function, one event at a time. */
export class Sandbox extends EventEmitter<SandboxEvents> implements Watched {
  /** When it began to wait, on the monotonic clock (ms). */
  idleSince = 0;
  /** Bytes of memory that were in use when it was looked at last. */
  usedMemory = 0;
  /** Most bytes of memory that were seen in use. */
  private peakMemory = 0;
  /** What was used when it was looked at last, waiting; null where it was not waiting then. */
  private lastUse: { at: number; ticks: number } | null = null;
  private readonly stopped = new Set<number>();
  private readonly output: FunctionOutput;
  private readonly logStreamName: string;
  private readonly api: RuntimeApi;
  private connection: Connection | null = null;
  private child: ChildProcess | null = null;
  private current: Current | null = null;
  private settleStart: ((start: Start) => void) | null = null;
  private readonly starting: Promise<Start>;
  private initMs: number | null = null;
  private ending: Promise<void> | null = null;

  constructor(
    readonly resolved: ResolvedVersion,
    private readonly place: Place,
    private readonly services: SandboxServices,
  ) {
    super();
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    this.logStreamName = `${day}/[${resolved.version.version}]${place.marker}`;
    this.output = new FunctionOutput((lines) => services.log(resolved, lines));
    this.starting = new Promise((resolve) => (this.settleStart = resolve));
    this.api = new RuntimeApi({
      wantsEvent: () => this.wantsEvent(),
      answers: (requestId) => this.answers(requestId),
      awaits: (requestId) => this.awaits(requestId),
      fails: (requestId, payload) => this.fails(requestId, payload),
      failsToStart: (payload) => this.settle({ error: () => payload, isTold: true }),
    });
  }

  /** User of its processes; null where they are not told apart. */
  get uid(): number | null {
    return this.place.uid;
  }

  /** Of the process that was started first; undefined before that. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** It is used no more. */
  get isEnding(): boolean {
    return this.ending !== null;
  }

  get temporary(): string {
    return this.place.temporary;
  }

  /** Bytes. */
  get memoryLimit(): number {
    return this.resolved.version.memorySize * 1_048_576;
  }

  /** It starts, or has an event. */
  get isBusy(): boolean {
    return this.current !== null || this.settleStart !== null;
  }

  uses({ memory, ticks, pids }: UsedResources): void {
    // What ends it is among its processes too.
    if (this.isEnding) return;
    this.usedMemory = memory;
    if (memory > this.peakMemory) this.peakMemory = memory;
    const now = performance.now();
    const { lastUse } = this;
    this.lastUse = this.isBusy ? null : { at: now, ticks };
    if (!lastUse || this.isBusy) return;
    const share = ((ticks - lastUse.ticks) * 10) / (now - lastUse.at);
    if (share > IDLE_SHARE) this.stopWork(pids);
  }

  /** It has used up one of its limits. */
  exceeded(what: string): void {
    this.output.say(`The function has used more ${what} than it may and is killed`);
    if (this.child) this.services.isolation.kill(this.child);
  }

  /**
   * Starts the runtime and waits until it asks for its first event.
   * @param limitMs milliseconds that this may take
   */
  async start(code: HeldCode, variables: Record<string, string>, limitMs: number): Promise<Start> {
    const begun = performance.now();
    const timer = setTimeout(() => this.settle('timeout'), limitMs);
    try {
      await this.spawn(code, variables);
      const start = await this.starting;
      this.initMs = performance.now() - begun;
      return start;
    } catch (error) {
      if (!(error instanceof NoRuntime)) throw error;
      this.initMs = performance.now() - begun;
      const { errorType, message } = error;
      return { error: (requestId) => errorPayload(errorType, `RequestId: ${requestId} Error: ${message}`), isTold: false };
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Writes what AWS says in the log of an invocation for which nothing could be started, after `end`; answers the end of the log.
   * @param payload the invocation's
   * @param isTold the runtime has printed why
   */
  reportFailedStart(requestId: string, payload: Buffer, isTold: boolean): Buffer {
    const status = statusOf(payload);
    const ms = this.initMs ?? 0;
    this.initMs = null;
    this.output.say(`INIT_REPORT Init Duration: ${ms.toFixed(2)} ms\tPhase: init\t${status}`);
    this.sayStart(requestId);
    if (!isTold) this.output.say(reasonOf(requestId, payload));
    this.sayEnd(requestId, ms, status);
    return this.output.lastLines;
  }

  /**
   * Has an event handled; the answer goes to the invocation's sink.
   * @param timeoutMs milliseconds that the handler may take
   * @param done called before the end of the answer, when the sandbox waits for the next event or is used no more
   */
  run(invocation: Invocation, timeoutMs: number, done: () => void): void {
    const timer = setTimeout(() => this.timedOut(current), timeoutMs);
    const tail = this.output.beginTail();
    const current: Current = {
      invocation,
      done,
      tail,
      begun: performance.now(),
      timer,
      answering: false,
      outcome: undefined,
      status: '',
      wantsNext: false,
    };
    this.current = current;
    this.goOnWorking();
    const { requestId, invokedArn, clientContext, traceId, event } = invocation;
    this.sayStart(requestId);
    this.api.deliver({
      requestId,
      event,
      headers: {
        'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutMs),
        'Lambda-Runtime-Invoked-Function-Arn': invokedArn,
        'Lambda-Runtime-Trace-Id': traceId,
        ...(clientContext === null ? {} : { 'Lambda-Runtime-Client-Context': clientContext }),
      },
    });
  }

  /** Ends it and everything that it has left; resolves when nothing of it is there. An invocation that it has gets `payload`, or an error of how its process ended. */
  end(payload?: (requestId: string) => Buffer): Promise<void> {
    return (this.ending ??= this.endNow(payload));
  }

  /** As AWS stops every sandbox between two events, one that goes on working is stopped until the next. */
  private stopWork(pids: readonly number[]): void {
    for (const pid of pids) {
      signalQuietly(pid, 'SIGSTOP');
      this.stopped.add(pid);
    }
  }

  private goOnWorking(): void {
    this.lastUse = null;
    for (const pid of this.stopped) signalQuietly(pid, 'SIGCONT');
    this.stopped.clear();
  }

  private async endNow(payload: ((requestId: string) => Buffer) | undefined): Promise<void> {
    const { current } = this;
    const error = payload ?? ((requestId: string) => exitPayload(requestId, null, 'SIGKILL'));
    this.current = null;
    if (current) {
      if (current.outcome === undefined) {
        current.outcome = error(current.invocation.requestId);
        current.status = statusOf(current.outcome);
        this.output.say(reasonOf(current.invocation.requestId, current.outcome), current.tail);
      }
      this.conclude(current);
    }
    this.settle({ error, isTold: false });
    this.connection?.close();
    await this.services.isolation.close(this.place, this.child);
    this.output.close();
    this.emit('ended');
  }

  private async spawn({ folder: taskRoot, gid }: HeldCode, variables: Record<string, string>): Promise<void> {
    const { isolation, network, runtimes } = this.services;
    const { version } = this.resolved;
    const program = runtimes.program(version.runtime, version.memorySize, taskRoot);
    const connection = await network.connect(this.place.uid, {
      serve: (request, response) => this.api.serve(request, response),
      flooded: () => this.exceeded('connections to the Runtime API'),
    });
    if (this.isEnding) {
      connection.close();
      throw new Error('it was ended before it was started');
    }
    this.connection = connection;
    const { temporary } = this.place;
    const paths = { taskRoot, runtimeDir: isolation.runtimeDir, temporary };
    const env = sandboxEnvironment(this.resolved, variables, connection.runtimeApi, this.logStreamName, paths);
    const child = (this.child = isolation.spawn(this.place, connection, program, env, taskRoot, gid));
    this.output.read(child.stdout!);
    this.output.read(child.stderr!);
    child.once('error', (error) =>
      this.exited((id) => errorPayload('Runtime.InvalidEntrypoint', `RequestId: ${id} Error: ${error.message}`)),
    );
    child.once('exit', (code, signal) => this.exited((id) => exitPayload(id, ...isolation.endOf(code, signal))));
  }

  private exited(payload: (requestId: string) => Buffer): void {
    void this.end(payload);
  }

  private settle(start: Start): void {
    this.settleStart?.(start);
    this.settleStart = null;
  }

  private wantsEvent(): void {
    if (this.settleStart) this.peakMemory = Math.max(this.peakMemory, memoryOf(this.child?.pid ?? 0));
    this.settle('ready');
    if (this.current) this.current.wantsNext = true;
    this.goOn();
  }

  /** The invocation is over when its answer has ended and the runtime asks for the next event; the two may come in either order. */
  private goOn(): void {
    const { current } = this;
    if (!current?.wantsNext || current.outcome === undefined) return;
    this.current = null;
    this.idleSince = performance.now();
    this.emit('idle');
    this.conclude(current);
  }

  private answers(requestId: string): ResponseReceiver | null {
    const { current } = this;
    if (!current || current.invocation.requestId !== requestId || current.answering) return null;
    current.answering = true;
    const { answer } = current.invocation;
    return {
      mostBytes: answer.mostBytes,
      part: (bytes) => (current === this.current ? answer.part(bytes) : undefined),
      end: (error) => this.settleAnswer(current, error),
      tooLarge: () => this.settleAnswer(current, tooLargePayload()),
      broken: () => void this.end(),
    };
  }

  private awaits(requestId: string | null): boolean {
    if (requestId === null) return this.settleStart !== null;
    const { current } = this;
    return current !== null && current.invocation.requestId === requestId && !current.answering;
  }

  private fails(requestId: string, payload: Buffer): boolean {
    const { current } = this;
    if (!current || current.invocation.requestId !== requestId || current.answering) return false;
    current.answering = true;
    this.settleAnswer(current, payload);
    return true;
  }

  private settleAnswer(current: Current, error: Buffer | null): void {
    if (current.outcome !== undefined) return;
    current.outcome = error;
    this.goOn();
  }

  private timedOut(current: Current): void {
    const { requestId } = current.invocation;
    const payload = timeoutPayload(requestId, this.resolved.version.timeout);
    void this.end(() => payload);
  }

  /** Gives the end of the answer, once the sandbox is free for the next event or gone: who calls again at once finds it. */
  private conclude(current: Current): void {
    clearTimeout(current.timer);
    current.done();
    const reported = this.report(current);
    current.invocation.answer.end(current.outcome ?? null, () => reported);
  }

  /** Writes the last lines of an invocation; resolves with the end of its log. */
  private async report({ invocation: { requestId }, begun, tail, status }: Current): Promise<Buffer> {
    const ms = performance.now() - begun;
    // What the function has printed before it answered lies in the pipe already; it is read within this turn.
    await setImmediate();
    this.output.flushAll();
    this.sayEnd(requestId, ms, status, tail);
    return tail.bytes();
  }

  private sayStart(requestId: string): void {
    this.output.say(`START RequestId: ${requestId} Version: ${this.resolved.version.version}`);
  }

  private sayEnd(requestId: string, ms: number, status: string, tail?: LogTail): void {
    const { memorySize } = this.resolved.version;
    const used = Math.min(memorySize, Math.ceil(this.peakMemory / 1_048_576));
    const init = this.initMs === null ? '' : `Init Duration: ${this.initMs.toFixed(2)} ms\t`;
    this.initMs = null;
    this.output.say(`END RequestId: ${requestId}`, tail);
    this.output.say(
      `REPORT RequestId: ${requestId}\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: ${memorySize} MB\tMax Memory Used: ${used} MB\t${init}${status}`,
      tail,
    );
  }
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}

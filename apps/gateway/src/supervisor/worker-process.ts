import type { RefusedDocument, TestOutcome } from '@gatehouse/snapshot';
import { spawn, type ChildProcess, type SendHandle, type SpawnOptions } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ListenerName } from '../config.js';
import type { WholeConfiguration } from '../refresh/disk-copy.js';
import type { DocumentBatch } from '../refresh/document-sink.js';
import type { ConnectionHandle } from '../worker/connection-share.js';
import {
  ACCESS_LOG_FD,
  CONFIGURATION_FD,
  type FromWorker,
  type ProcessMetric,
  type TlsMaterial,
  type ToWorker,
  type WorkerCounts,
} from '../worker/messages.js';
import type { Applier } from './apply-to-all.js';
import { ConfigurationFeed } from './configuration-feed.js';
import type { Listener } from './listeners.js';

/** How workers are started. */
export interface WorkerLaunch {
  /** Of Node.js: its options, and the compiled program. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  listeners: readonly Listener[];
  internalAddress: string;
  holders(): number;
  tls(): TlsMaterial | null;
}

export interface WorkerEvents {
  /** It accepts connections. */
  serving: [];
  /** It can never serve. */
  unable: [reason: string];
  /** It has built what there was, except for these. */
  refused: [readonly RefusedDocument[]];
  /** What it was given as the whole configuration was not whole. */
  damaged: [reason: string];
  counted: [WorkerCounts];
  logFull: [];
  stageLogFull: [file: string];
  figures: [id: number, ProcessMetric[]];
  /** What came of a test that it was told to run. */
  tested: [id: number, TestOutcome];
  /** A connection that it has accepted is another one's. */
  surplus: [ListenerName, ConnectionHandle];
  ended: [how: string];
}

/** Signs of life come each second; a worker that has given none for so many seconds hangs. */
const SILENT_SECONDS = 10;
/** While it starts, and while it reads or builds something large in one go; also with configuration that it was sent and does nothing with. */
const SILENT_AT_WORK_SECONDS = 120;
/** A pipe without a reader is a worker's end, which is heard of at once, or else its fault. */
const DEAF_SECONDS = 1;
/** Batches that one may have to take which nobody waits for. */
const MOST_UNANSWERED = 100;
/** From then on it is given no connections, and does not count as alive. */
const DOUBTFUL_SECONDS = 3;
/** After the time that requests under way were given: for the last words. */
const LAST_WORDS_MS = 5_000;

/** One life of a worker. */
export class WorkerProcess extends EventEmitter<WorkerEvents> implements Applier {
  readonly startedAt = performance.now();
  /** Where lines of an access log on standard output come from. */
  readonly log: Readable;
  /** Highest revision of configuration that it took in. */
  revision = 0;
  /** Connections that it has, as far as is known. */
  connections = 0;
  private phase: 'starting' | 'serving' | 'draining' | 'ended' = 'starting';
  /** Batches go to it. */
  private joined = false;
  private mayListen = false;
  private heard = false;
  private atWork = true;
  private silentSeconds = 0;
  private deafSeconds = 0;
  private killedFor: string | null = null;
  /** Connections that it has not told to have taken, by the `id` that they went with. */
  private readonly given = new Map<number, { listener: ListenerName; connection: ConnectionHandle }>();
  private lastGiven = 0;
  private readonly child: ChildProcess;
  private readonly feed: ConfigurationFeed;
  private readonly ending: Promise<void>;

  /** Throws where the system has no room for one more. */
  constructor(
    readonly number: number,
    { args, env, listeners, internalAddress, holders, tls }: WorkerLaunch,
  ) {
    super();
    this.child = spawnNode(args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe', 'pipe', ...listeners.map(({ fd }) => fd)],
    });
    this.feed = new ConfigurationFeed(this.child.stdio[CONFIGURATION_FD] as Writable);
    this.log = this.child.stdio[ACCESS_LOG_FD as number] as Readable;
    createInterface({ input: this.child.stderr as Readable }).on('line', (line) => passOn(number, line));
    this.child.on('message', (message: FromWorker, handle?: unknown) => this.hear(message, handle));
    this.ending = new Promise((resolve) => {
      const end = (how: string) => {
        if (this.phase === 'ended') return;
        this.phase = 'ended';
        this.feed.close();
        this.emit('ended', this.killedFor ?? how);
        // What it had told before it ended is read to the end.
        if (this.child.connected) this.child.once('disconnect', () => this.takeBack());
        else this.takeBack();
        resolve();
      };
      // What it had written is read on: neither its log nor its counts are lost.
      this.child.once('exit', (code, signal) => end(signal ? `killed by ${signal}` : `exit code ${code}`));
      this.child.on('error', () => undefined);
    });
    const names = listeners.map(({ name }) => name);
    this.tell({ type: 'start', number, internalAddress, listeners: names, holders: holders(), tls: tls() });
  }

  get pid(): number | null {
    return this.phase === 'ended' ? null : (this.child.pid ?? null);
  }

  get serving(): boolean {
    return this.phase === 'serving';
  }

  /** It serves, and does not seem to hang. */
  get takesConnections(): boolean {
    return this.serving && this.silentSeconds < DOUBTFUL_SECONDS;
  }

  /** It has given a sign of life of late, or has said that there may be none for a while. */
  get answers(): boolean {
    return this.phase !== 'ended' && this.heard && (this.atWork || this.silentSeconds < DOUBTFUL_SECONDS);
  }

  tell(message: ToWorker): void {
    // It may be about to end; who waits for something hears of that.
    if (this.child.connected) this.child.send(message, () => undefined);
  }

  /** Gives it a connection that another one has accepted. Comes back as `surplus` where it ends before it has told that it took it: nothing was read then. */
  take(listener: ListenerName, connection: ConnectionHandle): void {
    this.connections++;
    const id = ++this.lastGiven;
    this.given.set(id, { listener, connection });
    const message: ToWorker = { type: 'connection', listener, id };
    this.child.send(message, connection as unknown as SendHandle, {}, () => undefined);
  }

  private takeBack(): void {
    for (const { listener, connection } of this.given.values()) this.emit('surplus', listener, connection);
    this.given.clear();
  }

  /** Gives it everything that there is, and `ready`; then it accepts connections. Batches follow from now on. */
  async join(whole: WholeConfiguration, revision: number, ready: () => boolean): Promise<void> {
    this.joined = true;
    try {
      const refused = await this.feed.whole(whole);
      if (refused === null) return;
      this.revision = Math.max(this.revision, revision);
      if (refused.length > 0) this.emit('refused', refused);
    } catch (error) {
      this.emit('damaged', (error as Error).message);
      return;
    }
    this.feed.ready(ready());
    this.feed.listen();
    this.mayListen = true;
  }

  /** It serves, or is about to; or it has fallen far behind, and who is not waited for would be sent more and more. */
  get decides(): boolean {
    return (
      this.joined &&
      this.phase !== 'draining' &&
      this.phase !== 'ended' &&
      (this.mayListen || this.feed.unanswered > MOST_UNANSWERED)
    );
  }

  async apply(batch: DocumentBatch): Promise<RefusedDocument[] | null> {
    if (!this.joined || this.phase === 'draining') return null;
    const refused = await this.feed.batch(batch);
    if (refused) this.revision = Math.max(this.revision, batch.revision);
    return refused;
  }

  ready(ready: boolean): void {
    if (this.mayListen) this.feed.ready(ready);
  }

  /** To be called each second: ends it when it has been silent for too long, or takes no configuration any more. */
  checkLife(): void {
    if (this.phase === 'ended') return;
    this.silentSeconds++;
    if (this.silentSeconds > (this.atWork ? SILENT_AT_WORK_SECONDS : SILENT_SECONDS)) this.kill('it hung and was killed');
    this.deafSeconds = this.feed.gone ? this.deafSeconds + 1 : 0;
    if (this.deafSeconds > DEAF_SECONDS || this.feed.secondsStill() > SILENT_AT_WORK_SECONDS) {
      this.kill('it took no configuration any more and was killed');
    }
  }

  kill(reason: string): void {
    this.killedFor ??= reason;
    this.child.kill('SIGKILL');
  }

  /** Lets its requests end within so many seconds, and then it has ended. */
  async drain(seconds: number): Promise<void> {
    if (this.phase === 'ended') return;
    this.phase = 'draining';
    this.tell({ type: 'drain', seconds });
    const timer = setTimeout(() => this.kill('it did not end and was killed'), seconds * 1000 + LAST_WORDS_MS);
    await this.ending;
    clearTimeout(timer);
  }

  private hear(message: FromWorker, handle: unknown): void {
    this.heard = true;
    this.atWork = message.type === 'building';
    this.silentSeconds = 0;
    switch (message.type) {
      case 'serving':
        if (this.phase === 'starting') this.phase = 'serving';
        this.emit('serving');
        return;
      case 'building':
        return this.feed.moved();
      case 'unable':
        this.emit('unable', message.reason);
        return this.kill(message.reason);
      case 'applied':
        return this.feed.applied(message.batch, message.refused);
      case 'damaged':
        return this.feed.damaged(message.batch, message.reason);
      case 'connection':
        if (handle) this.emit('surplus', message.listener, handle as ConnectionHandle);
        return;
      case 'took':
        this.given.get(message.id)?.connection.close();
        this.given.delete(message.id);
        return;
      case 'log-full':
        this.emit('logFull');
        return;
      case 'stage-log-full':
        this.emit('stageLogFull', message.file);
        return;
      case 'tested':
        this.emit('tested', message.id, message.outcome);
        return;
      case 'beat':
        return this.count(message.counted);
      case 'figures':
        this.count(message.counted);
        this.emit('figures', message.id, message.process);
    }
  }

  private count(counted: WorkerCounts): void {
    ({ connections: this.connections } = counted);
    this.emit('counted', counted);
  }
}

/** Without files to spare, Node leaves a child without pipes, and says why later. */
function spawnNode(args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, args, options);
  if (child.pid !== undefined) return child;
  child.on('error', ({ message }) => console.error(`gateway: a worker could not be started: ${message}`));
  throw new Error('there is no room for a process');
}

/** What a worker says of itself gets its number; anything else, such as a stack trace, is passed on as it is. */
function passOn(number: number, line: string): void {
  console.error(line.replace(/^gateway: /, `gateway: worker ${number}: `));
}

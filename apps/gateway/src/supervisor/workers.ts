import type { WorkerReport } from '@gatehouse/publication';
import type { RefusedDocument, TestInvocation, TestOutcome } from '@gatehouse/snapshot';
import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListenerName } from '../config.js';
import type { Life } from '../metrics/process-figures.js';
import type { WholeConfiguration } from '../refresh/disk-copy.js';
import type { DocumentBatch, DocumentSink } from '../refresh/document-sink.js';
import type { ConnectionHandle } from '../worker/connection-share.js';
import type { ProcessMetric, TlsMaterial, WorkerCounts } from '../worker/messages.js';
import { report } from '../report.js';
import { applyToAll } from './apply-to-all.js';
import { WorkerGuard } from './worker-guard.js';
import { WorkerProcess, type WorkerLaunch } from './worker-process.js';
import { WorkerSlot } from './worker-slot.js';

/** Where a worker that starts gets the configuration that the others have. */
export interface ConfigurationSource {
  join(take: (whole: WholeConfiguration, revision: number) => void): void;
  refusedByOne(refusals: readonly RefusedDocument[]): void;
  listAgain(): void;
  readiness(): { ready: boolean };
}

export interface WorkersOptions extends WorkerLaunch {
  count: number;
  /** Seconds that a worker which is replaced has for its requests. */
  drain: number;
  source: ConfigurationSource;
  /** Takes the lines of a worker's access log, where that is on standard output. */
  collectLog(lines: Readable): void;
}

export interface WorkersEvents {
  counted: [number: number, WorkerCounts];
  /** A process, of which there may be several by one name, tells of itself. */
  figures: [Life, ProcessMetric[]];
  /** The file of the access log is full. */
  logFull: [];
  /** The file of a log group is full. */
  stageLogFull: [file: string];
  /** A process is gone. */
  ended: [Life];
  /** One can never serve. */
  unable: [reason: string];
  /** One of them serves, or has ended. */
  changed: [];
}

const LIFE_CHECK_MS = 1_000;
/** After the time that requests under way are given, for workers whose supervisor is gone. */
const LAST_WORDS_SECONDS = 5;
/** For a worker to tell its figures when they are asked for, in milliseconds. */
const FIGURES_MS = 1_000;

/** The workers of a gateway, numbered from 1. */
export class Workers extends EventEmitter<WorkersEvents> implements DocumentSink {
  /** Resolves when all of them have served for the first time. */
  readonly allServing: Promise<unknown>;
  private readonly guard: WorkerGuard;
  private readonly slots: WorkerSlot[];
  private readonly lifeCheck: NodeJS.Timeout;
  private rolling: Promise<void> = Promise.resolve();
  private stopping = false;
  /** Each answer closes its connection, also of workers that come yet. */
  private leaving = false;
  /** Connections that came from one worker and wait for another. */
  private readonly unplaced: { listener: ListenerName; connection: ConnectionHandle }[] = [];
  private figuresAsked = 0;
  private testsAsked = 0;

  constructor(private readonly options: WorkersOptions) {
    super();
    this.guard = new WorkerGuard(options.drain + LAST_WORDS_SECONDS);
    const firsts: Promise<unknown>[] = [];
    this.slots = Array.from({ length: options.count }, (_, index) => {
      let served = (): void => undefined;
      firsts.push(new Promise<void>((resolve) => (served = resolve)));
      return new WorkerSlot(index + 1, (number) => this.launch(number).once('serving', served));
    });
    this.allServing = Promise.all(firsts);
    this.lifeCheck = setInterval(() => {
      for (const process of this.processes()) process.checkLife();
      this.tellAverage();
      this.placeAll();
    }, LIFE_CHECK_MS);
  }

  apply(batch: DocumentBatch): Promise<RefusedDocument[]> {
    return applyToAll(this.processes(), batch);
  }

  /** Whether what they serve is a complete configuration. */
  ready(ready: boolean): void {
    for (const process of this.processes()) process.ready(ready);
  }

  /** How many share the limits has changed. */
  holders(holders: number): void {
    for (const process of this.processes()) process.tell({ type: 'holders', holders });
  }

  /** What TLS needs has changed. */
  tls(material: TlsMaterial): void {
    for (const process of this.processes()) process.tell({ type: 'tls', material });
  }

  report(): WorkerReport[] {
    return this.slots.map((slot) => slot.report());
  }

  /** Connections of clients that each worker has, by its number. */
  connections(): Map<number, number> {
    return new Map(this.slots.map(({ number, connections }) => [number, connections]));
  }

  get restarts(): number {
    return this.slots.reduce((sum, { restarts }) => sum + restarts, 0);
  }

  /** At least one is alive. */
  get anyAnswers(): boolean {
    return this.processes().some(({ answers }) => answers);
  }

  /** At least one of these takes connections. */
  get anyServes(): boolean {
    return this.processes().some(({ serving, answers }) => serving && answers);
  }

  /** Asks all for their figures, and waits for these a second at most. What they tell comes as events. */
  async askForFigures(): Promise<void> {
    const id = ++this.figuresAsked;
    const asked = this.processes().filter(({ answers }) => answers);
    await Promise.all(
      asked.map((process) => {
        process.tell({ type: 'report', id });
        return figuresOf(process, id);
      }),
    );
  }

  /** Has a worker run a test: the one that has the fewest connections. Throws where none serves, or it ends meanwhile. */
  async test(test: TestInvocation): Promise<TestOutcome> {
    const [first, ...others] = this.processes().filter(({ takesConnections }) => takesConnections);
    if (first === undefined) throw new Error('no worker serves');
    const chosen = others.reduce((least, process) => (process.connections < least.connections ? process : least), first);
    const id = ++this.testsAsked;
    const outcome = outcomeOf(chosen, id);
    chosen.tell({ type: 'test', id, test });
    return outcome;
  }

  /** Replaces all of them, one after the other; none is drained before its successor serves. Stops at one whose successor does not come up. */
  replaceAll(): Promise<void> {
    return (this.rolling = this.rolling.then(() => this.roll()).catch((error: Error) => report('replacing all workers', error)));
  }

  private async roll(): Promise<void> {
    console.error('gateway: replacing all workers');
    for (const slot of this.slots) {
      if (this.stopping) return;
      if (await slot.replace(this.options.drain)) continue;
      if (!this.stopping) console.error(`gateway: the new worker ${slot.number} did not come up: the old ones serve on`);
      return;
    }
    console.error('gateway: all workers are replaced');
  }

  /**
   * To be called before `stop`, while connections are still accepted: for so many seconds they go on being served, and each answer closes its connection.
   * When it resolves, none is on its way from one worker to another.
   */
  async leave(seconds: number): Promise<void> {
    this.stopping = this.leaving = true;
    this.tellAverage();
    for (const process of this.processes()) process.tell({ type: 'leave' });
    await sleep(seconds * 1000);
    // Whatever a worker gave away comes before its answer to this.
    await this.askForFigures();
  }

  /** Ends all for good; requests under way may end within so many seconds. */
  async stop(drainSeconds: number): Promise<void> {
    this.stopping = true;
    this.placeAll();
    await Promise.all(this.slots.map((slot) => slot.stop(drainSeconds)));
    clearInterval(this.lifeCheck);
    this.guard.close();
  }

  /** Ends all at once, for a supervisor that ends too. */
  kill(): void {
    for (const process of this.processes()) process.kill('it was killed with the gateway');
  }

  /** What each worker's share of the connections is follows from that; one alone keeps all, and so do all at the end. */
  private tellAverage(): void {
    const serving = this.processes().filter((process) => process.serving);
    const sum = serving.reduce((connections, process) => connections + process.connections, 0);
    const connections = serving.length > 1 && !this.stopping ? sum / serving.length : Number.MAX_SAFE_INTEGER;
    for (const process of serving) process.tell({ type: 'average', connections });
  }

  /** Gives a connection to the worker that has the fewest, as soon as there is one. */
  private place(listener: ListenerName, connection: ConnectionHandle): void {
    const processes = this.processes();
    let candidates = processes.filter((process) => process.takesConnections);
    // At the end no other is to be waited for: one that drains serves a request on it too.
    if (candidates.length === 0 && this.stopping) candidates = processes.filter((process) => process.answers);
    const [first] = candidates;
    if (!first && this.stopping) return connection.close();
    if (!first) return void this.unplaced.push({ listener, connection });
    candidates
      .reduce((least, process) => (process.connections < least.connections ? process : least), first)
      .take(listener, connection);
  }

  private placeAll(): void {
    for (const { listener, connection } of this.unplaced.splice(0)) this.place(listener, connection);
  }

  private processes(): WorkerProcess[] {
    return this.slots.flatMap(({ processes }) => processes);
  }

  private launch(number: number): WorkerProcess {
    const { source, collectLog } = this.options;
    const process = new WorkerProcess(number, this.options);
    this.guard.watch(process);
    if (this.leaving) process.tell({ type: 'leave' });
    collectLog(process.log);
    const life = { name: String(number) };
    process.on('counted', (counts) => this.emit('counted', number, counts));
    process.on('figures', (_, metrics) => this.emit('figures', life, metrics));
    process.on('logFull', () => this.emit('logFull'));
    process.on('stageLogFull', (file) => this.emit('stageLogFull', file));
    process.on('refused', (refusals) => source.refusedByOne(refusals));
    process.on('serving', () => this.placeAll());
    process.on('surplus', (listener, connection) => this.place(listener, connection));
    process.on('unable', (reason) => this.emit('unable', reason));
    process.on('damaged', (reason) => {
      process.kill(`the disk copy of the configuration is damaged: ${reason}`);
      source.listAgain();
    });
    process.once('ended', () => this.emit('ended', life));
    for (const event of ['serving', 'ended'] as const) process.once(event, () => this.emit('changed'));
    source.join((whole, revision) => void process.join(whole, revision, () => source.readiness().ready));
    return process;
  }
}

/** Rejects when it ends before it has told. */
function outcomeOf(process: WorkerProcess, id: number): Promise<TestOutcome> {
  return new Promise((resolve, reject) => {
    const done = () => void process.off('tested', take).off('ended', lost);
    const take = (answered: number, outcome: TestOutcome) => {
      if (answered !== id) return;
      done();
      resolve(outcome);
    };
    const lost = () => {
      done();
      reject(new Error('the worker has ended'));
    };
    process.on('tested', take).on('ended', lost);
  });
}

/** Resolves when it has told them, has ended, or has had its time. */
function figuresOf(process: WorkerProcess, id: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      process.off('figures', take).off('ended', done);
      resolve();
    };
    const take = (answered: number) => answered === id && done();
    const timer = setTimeout(done, FIGURES_MS);
    process.on('figures', take).on('ended', done);
  });
}

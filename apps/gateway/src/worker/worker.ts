import type { TestInvocation } from '@gatehouse/snapshot';
import type { SendHandle } from 'node:child_process';
import { createServer, Socket, type Server } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { AccessLog } from '../access-log/access-log.js';
import { SharedLogFile } from '../access-log/log-file.js';
import type { LogSink } from '../access-log/log-sink.js';
import { PipeSink } from '../access-log/pipe-sink.js';
import { stageLogFolder } from '../stage-logs/log-group-file.js';
import { StageLogs } from '../stage-logs/stage-logs.js';
import type { GatewayConfig, ListenerAddress, ListenerName } from '../config.js';
import { explain, listenOn } from '../listen.js';
import { RequestMetrics } from '../metrics/request-metrics.js';
import { SeriesChanges } from '../metrics/series-changes.js';
import { TlsServer } from '../transport/tls/tls-server.js';
import { ConnectionShare } from './connection-share.js';
import { ConfigurationReceiver } from './configuration-receiver.js';
import {
  ACCESS_LOG_FD,
  CONFIGURATION_FD,
  FIRST_LISTENER_FD,
  type FromWorker,
  type ProcessMetric,
  type TlsMaterial,
  type ToWorker,
  type WorkerCounts,
} from './messages.js';
import { report } from '../report.js';
import { ACCEPTED } from '../transport/client-server.js';
import { RequestPath } from './request-path.js';

export type Start = Extract<ToWorker, { type: 'start' }>;

const BEAT_MS = 1_000;
/** For the last lines of logs, in milliseconds. */
const LAST_LINES_MS = 1_000;
/** Most connections that wait to be accepted: what Node asks of the kernel for a listener. */
const LONGEST_QUEUE = 511;

/** A connection that another worker has accepted is nobody's to read from yet either. */
const RECEIVED = { allowHalfOpen: true, pauseOnCreate: true };

/** One process that serves requests: what it needs comes from its supervisor, what it counts goes there. */
export class Worker {
  private readonly metrics: RequestMetrics;
  private readonly changes = new SeriesChanges();
  private readonly process = new Registry();
  private readonly log: AccessLog | null;
  private readonly stageLogs: StageLogs;
  private readonly requests: RequestPath;
  private readonly tls: TlsServer | null = null;
  private readonly share: ConnectionShare;
  private readonly exactLimits: Promise<void>;
  private readonly acceptors: Server[] = [];
  /** Connections that these have accepted. */
  private accepted = 0;
  private holders: number;
  private ready = false;
  private draining: Promise<void> | null = null;
  private toldDroppedLines = 0;
  private toldRefusedConnections = 0;
  private readonly toldRefusedMessages = new Map<number, number>();

  constructor(
    private readonly config: GatewayConfig,
    private readonly start: Start,
    private readonly tell: (message: FromWorker, handle?: SendHandle) => Promise<void>,
  ) {
    this.holders = start.holders;
    this.metrics = new RequestMetrics(config.metricSeries, (stageKey) => this.requests.servesStage(stageKey));
    collectDefaultMetrics({ register: this.process });
    this.log = config.accessLog === 'off' ? null : new AccessLog(this.logSink());
    const folder = stageLogFolder(config.dataDirectory, config.gatewayId);
    this.stageLogs = new StageLogs(folder, config.accessLogMaxBytes, (file) => void tell({ type: 'stage-log-full', file }));
    this.requests = new RequestPath({
      config,
      internalAddress: start.internalAddress,
      holderName: `${config.gatewayId}/${start.number}`,
      holders: () => this.holders,
      ready: () => this.ready,
      metrics: this.metrics,
      log: this.log,
      stageLogs: this.stageLogs,
    });
    if (start.tls) {
      this.tls = new TlsServer(this.requests.certificates, config.headersTimeout * 1000);
      this.useForTls(start.tls);
    }
    this.share = new ConnectionShare(
      () => this.requests.clients.counts.connections,
      (listener, handle, done) => void tell({ type: 'connection', listener }, handle as unknown as SendHandle).then(done),
    );
    this.exactLimits = this.requests.firstContact();
    setInterval(() => void tell({ type: 'beat', counted: this.takeCounts() }), BEAT_MS);
    const configuration = new ConfigurationReceiver({
      keys: config.dataPlaneKeys,
      sink: this.requests.configuration,
      tell: (message) => void tell(message),
      ready: (ready) => (this.ready = ready),
      listen: () => void this.listen(),
    });
    // The pipe ends with the supervisor, and then this process ends too. Without configuration that it understands it would serve an old one for ever.
    configuration.receive(new Socket({ fd: CONFIGURATION_FD, writable: false })).then(
      () => this.drain(config.drain),
      (error: Error) => {
        report('configuration', error);
        process.exit(1);
      },
    );
  }

  private logSink(): LogSink {
    const { accessLog, accessLogMaxBytes } = this.config;
    if (accessLog === 'stdout') return new PipeSink(new Socket({ fd: ACCESS_LOG_FD, readable: false }));
    return new SharedLogFile(accessLog, accessLogMaxBytes, () => void this.tell({ type: 'log-full' }));
  }

  hear(message: ToWorker, handle?: SendHandle): void {
    switch (message.type) {
      case 'average':
        return this.share.learn(message.connections);
      case 'connection':
        if (handle) void this.receive(message.listener, message.id, handle);
        return;
      case 'holders':
        this.holders = message.holders;
        return;
      case 'tls':
        this.useForTls(message.material);
        return;
      case 'report':
        void this.report(message.id);
        return;
      case 'test':
        void this.test(message.id, message.test);
        return;
      case 'leave':
        return this.requests.clients.leave();
      case 'drain':
        void this.drain(message.seconds);
    }
  }

  /** Accepts no more, lets requests under way end within so many seconds, tells everything that there is to tell, and ends the process. */
  drain(seconds: number): Promise<void> {
    return (this.draining ??= this.end(seconds));
  }

  private async end(seconds: number): Promise<void> {
    await this.acceptWaiting();
    for (const acceptor of this.acceptors) acceptor.close();
    await this.requests.clients.drain(seconds * 1000);
    await this.requests.close();
    await Promise.all([this.log?.close(LAST_LINES_MS), this.stageLogs.close(LAST_LINES_MS)]);
    await this.tell({ type: 'beat', counted: this.takeCounts() });
    process.exit(0);
  }

  /**
   * Accepts what waits: the kernel resets it when the last process closes the socket. A turn of the event loop in which nothing was accepted has found
   * nobody waiting; with clients that come faster than that, all are accepted that waited at first.
   */
  private async acceptWaiting(): Promise<void> {
    // What is left of this turn may not look at the sockets.
    await setImmediate();
    for (let turn = 0, before = -1; turn <= LONGEST_QUEUE && this.accepted !== before; turn++) {
      before = this.accepted;
      await setImmediate();
    }
  }

  /** Limits are exact from the first request on, when Redis is there. */
  private async listen(): Promise<void> {
    await this.exactLimits;
    if (this.draining) return;
    try {
      for (const [index, name] of this.start.listeners.entries()) {
        const acceptor = this.acceptor(name);
        this.acceptors.push(acceptor);
        await listenOn(acceptor, FIRST_LISTENER_FD + index);
      }
    } catch (error) {
      const { host, port, variables } = this.config.listeners[this.acceptors.length - 1] as ListenerAddress;
      return this.tell({ type: 'unable', reason: explain(error as NodeJS.ErrnoException, host, port, variables).message });
    }
    void this.tell({ type: 'serving' });
  }

  /** Accepts the connections of a listener. */
  private acceptor(name: ListenerName): Server {
    return createServer(ACCEPTED, (socket) => {
      this.accepted++;
      if (!this.share.giveAway(name, socket)) this.serve(name, socket);
    });
  }

  /** The supervisor gives the connection to another worker where this one ends before it has told that it took it. */
  private async receive(name: ListenerName, id: number, handle: SendHandle): Promise<void> {
    const socket = new Socket({ ...RECEIVED, handle } as object);
    await this.tell({ type: 'took', id });
    this.serve(name, socket);
  }

  private serve(name: ListenerName, socket: Socket): void {
    const { clients } = this.requests;
    switch (name) {
      case 'http':
        return clients.accept(socket);
      case 'https':
        // Never plainly instead.
        if (this.tls === null) throw new Error('no keys for TLS');
        return clients.accept(socket, this.tls);
    }
  }

  private useForTls({ ticketKeys, defaultCertificate }: TlsMaterial): void {
    this.tls?.setTicketKeys(Buffer.from(ticketKeys, 'base64'));
    this.tls?.showByDefault(defaultCertificate);
  }

  private async report(id: number): Promise<void> {
    const process = (await this.process.getMetricsAsJSON()) as unknown as ProcessMetric[];
    await this.tell({ type: 'figures', id, counted: this.takeCounts(), process });
  }

  private async test(id: number, test: TestInvocation): Promise<void> {
    await this.tell({ type: 'tested', id, outcome: await this.requests.test(test) });
  }

  private takeCounts(): WorkerCounts {
    const { connections, refusedConnections, refusedMessages } = this.requests.clients.counts;
    for (const [status, count] of refusedMessages) {
      for (let told = this.toldRefusedMessages.get(status) ?? 0; told < count; told++) this.metrics.countRefused(status);
      this.toldRefusedMessages.set(status, count);
    }
    const dropped = (this.log?.dropped ?? 0) + this.stageLogs.dropped;
    const counts: WorkerCounts = {
      series: this.changes.take(this.metrics.snapshot()),
      droppedLogLines: dropped - this.toldDroppedLines,
      refusedConnections: refusedConnections - this.toldRefusedConnections,
      connections,
    };
    this.toldDroppedLines = dropped;
    this.toldRefusedConnections = refusedConnections;
    return counts;
  }
}

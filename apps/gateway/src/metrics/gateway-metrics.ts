import type { Readiness, WorkerReport } from '@gatehouse/publication';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { ProcessMetric, WorkerCounts } from '../worker/messages.js';
import { ProcessFigures, type Life } from './process-figures.js';
import { RequestTotals } from './request-totals.js';

export interface MetricSources {
  readiness(): Readiness;
  workers: {
    report(): WorkerReport[];
    readonly restarts: number;
    connections(): Map<number, number>;
    /** Has each process tell what `processTold` takes. */
    askForFigures(): Promise<void>;
  };
  /** Those that workers did not drop themselves. */
  droppedLogLines(): number;
  mostSeries: number;
}

const SUPERVISOR: Life = { name: 'supervisor' };

/** Everything that the internal port tells of this gateway: of the supervisor, and of all its workers. */
export class GatewayMetrics {
  readonly requests: RequestTotals;
  private readonly registry = new Registry();
  private readonly supervisor = new Registry();
  private readonly processes = new ProcessFigures();
  private readonly refused: Counter;
  private readonly refusedConnections: Counter;
  private droppedByWorkers = 0;

  constructor(private readonly sources: MetricSources) {
    const registers = [this.registry];
    this.requests = new RequestTotals(sources.mostSeries);
    this.refused = new Counter({
      name: 'gatehouse_refused_documents_total',
      help: 'Published documents that this gateway could not serve; the ones before them serve on',
      registers,
    });
    this.gauge('gatehouse_config_revision', 'Highest revision of configuration that all workers serve', () => {
      return sources.readiness().revision;
    });
    this.gauge('gatehouse_config_age_seconds', 'Since Redis last confirmed that what is served is the newest', () => {
      return sources.readiness().ageSeconds;
    });
    this.gauge('gatehouse_ready', '1 while a complete configuration is served', () => (sources.readiness().ready ? 1 : 0));
    this.gauge('gatehouse_workers', 'Workers that take connections', () => {
      return sources.workers.report().filter(({ serving }) => serving).length;
    });
    this.counter('gatehouse_worker_restarts_total', 'Workers that ended by themselves and were started again', () => {
      return sources.workers.restarts;
    });
    this.counter('gatehouse_access_log_dropped_lines_total', 'Lines of the access log that its sink did not take', () => {
      return this.droppedByWorkers + sources.droppedLogLines();
    });
    new Gauge({
      name: 'gatehouse_connections',
      help: 'Connections of clients that are open, as of the last second',
      labelNames: ['worker'],
      registers,
      collect() {
        for (const [number, connections] of sources.workers.connections()) this.set({ worker: String(number) }, connections);
      },
    });
    this.refusedConnections = new Counter({
      name: 'gatehouse_refused_connections_total',
      help: 'Connections of clients that were closed at once, because there were too many',
      labelNames: ['worker'],
      registers,
    });
    collectDefaultMetrics({ register: this.supervisor });
  }

  private gauge(name: string, help: string, value: () => number | null): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        const now = value();
        if (now !== null) this.set(now);
      },
    });
  }

  private counter(name: string, help: string, value: () => number): void {
    new Counter({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  }

  documentRefused(): void {
    this.refused.inc();
  }

  /** Takes what a worker counted. */
  counted(number: number, { series, droppedLogLines, refusedConnections }: WorkerCounts): void {
    this.requests.add(series);
    this.droppedByWorkers += droppedLogLines;
    this.refusedConnections.inc({ worker: String(number) }, refusedConnections);
  }

  /** Takes what a worker's process tells of itself. */
  processTold(life: Life, metrics: readonly ProcessMetric[]): void {
    this.processes.told(life, metrics);
  }

  /** A worker's process is gone. */
  processEnded(life: Life): void {
    this.processes.ended(life);
  }

  /** Prometheus' text form, in parts. */
  async *text(): AsyncGenerator<string> {
    await this.sources.workers.askForFigures();
    this.processes.told(SUPERVISOR, (await this.supervisor.getMetricsAsJSON()) as unknown as ProcessMetric[]);
    yield await this.registry.metrics();
    yield this.processes.text();
    yield* this.requests.text();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}

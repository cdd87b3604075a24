import type { Readiness } from '@gatehouse/publication';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { RequestMetrics } from './request-metrics.js';

export interface MetricSources {
  readiness(): Readiness;
  droppedLogLines(): number;
  mostSeries: number;
}

/** Everything that the internal port tells of this gateway. */
export class GatewayMetrics {
  readonly requests: RequestMetrics;
  private readonly registry = new Registry();
  private readonly refused: Counter;

  constructor(sources: MetricSources) {
    const registers = [this.registry];
    this.requests = new RequestMetrics(sources.mostSeries);
    this.refused = new Counter({
      name: 'gatehouse_refused_documents_total',
      help: 'Published documents that this gateway could not serve; the ones before them serve on',
      registers,
    });
    new Gauge({
      name: 'gatehouse_config_revision',
      help: 'Highest revision of configuration that is served',
      registers,
      collect() {
        this.set(sources.readiness().revision);
      },
    });
    new Gauge({
      name: 'gatehouse_config_age_seconds',
      help: 'Since Redis last confirmed that what is served is the newest',
      registers,
      collect() {
        const { ageSeconds } = sources.readiness();
        if (ageSeconds !== null) this.set(ageSeconds);
      },
    });
    new Gauge({
      name: 'gatehouse_ready',
      help: '1 while a complete configuration is served',
      registers,
      collect() {
        this.set(sources.readiness().ready ? 1 : 0);
      },
    });
    new Counter({
      name: 'gatehouse_access_log_dropped_lines_total',
      help: 'Lines of the access log that its sink did not take',
      registers,
      collect() {
        this.reset();
        this.inc(sources.droppedLogLines());
      },
    });
    collectDefaultMetrics({ register: this.registry });
  }

  documentRefused(): void {
    this.refused.inc();
  }

  /** Prometheus' text form, in parts. */
  async *text(): AsyncGenerator<string> {
    yield await this.registry.metrics();
    yield* this.requests.text();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}

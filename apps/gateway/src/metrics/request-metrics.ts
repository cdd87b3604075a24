import type { ServedRoute, ServedStage } from '@gatehouse/pipeline';
import type { Histogram, Registry } from 'prom-client';
import { Counter } from 'prom-client';
import type { StageListener } from '../routing-table/routing-table.js';
import type { Outcome } from '../transport/gateway-server.js';
import { HistogramSeries, histogramSamples } from './histogram.js';

/** What is counted under one set of labels. */
class Series {
  /** By the first digit of the status; place 0 is for clients that left without an answer. */
  readonly requests = new Float64Array(6);
  readonly total = new HistogramSeries();
  readonly integration = new HistogramSeries();
  readonly gateway = new HistogramSeries();

  constructor(readonly labels: Record<string, string>) {}

  count({ exchange }: Outcome): void {
    const statusClass = Math.min(5, Math.floor(exchange.status / 100));
    this.requests[statusClass] = (this.requests[statusClass] as number) + 1;
    const total = (performance.now() - exchange.startedAt) / 1000;
    this.total.observe(total);
    const { integrationStartedAt: from, integrationEndedAt: to } = exchange;
    const integration = from === null || to === null ? 0 : (to - from) / 1000;
    if (from !== null && to !== null) this.integration.observe(integration);
    this.gateway.observe(Math.max(0, (exchange.answeredAt - exchange.startedAt) / 1000 - integration));
  }
}

/** The series of one stage, and of its methods where the stage asks for detailed metrics. */
interface StageSeries {
  readonly whole: Series;
  readonly methods: Map<string, Series>;
}

const NO_API: Record<string, string> = { api_id: '', stage: '', resource: '', method: '' };
const OVERFLOW: Record<string, string> = { api_id: 'other', stage: 'other', resource: '', method: '' };

/**
 * Requests by API, stage and class of status, and where their time went. A series is made when its first request ends; there are never more
 * than `mostSeries`, what comes beyond is counted together under `other`; the series of a stage go when the stage is deleted.
 */
export class RequestMetrics implements StageListener {
  private readonly stages = new Map<string, StageSeries>();
  private readonly elsewhere = new Series(NO_API);
  private readonly overflow = new Series(OVERFLOW);
  private series = 0;

  constructor(
    registry: Registry,
    private readonly mostSeries: number,
  ) {
    const all = () => this.all();
    registry.registerMetric(
      new Counter({
        name: 'gatehouse_requests_total',
        help: 'Requests by class of their status; none where the client left without an answer',
        labelNames: ['api_id', 'stage', 'resource', 'method', 'status_class'],
        registers: [],
        collect() {
          this.reset();
          for (const { labels, requests } of all()) {
            for (const [statusClass, count] of requests.entries()) {
              if (count > 0) this.inc({ ...labels, status_class: statusClass === 0 ? 'none' : `${statusClass}xx` }, count);
            }
          }
        },
      }),
    );
    this.registerHistogram(registry, 'gatehouse_request_seconds', 'From the head of a request to the end of its answer', 'total');
    this.registerHistogram(
      registry,
      'gatehouse_integration_seconds',
      'From a call of the integration to the head of its answer',
      'integration',
    );
    this.registerHistogram(
      registry,
      'gatehouse_gateway_seconds',
      'From the head of a request to the head of its answer, without the integration',
      'gateway',
    );
  }

  /** prom-client asks a metric for its samples by `get`; these are kept as plain numbers until then. */
  private registerHistogram(registry: Registry, name: string, help: string, member: 'total' | 'integration' | 'gateway'): void {
    const metric = {
      name,
      get: () =>
        Promise.resolve({
          name,
          help,
          type: 'histogram',
          aggregator: 'sum',
          values: this.all().flatMap((series) => histogramSamples(name, series.labels, series[member])),
        }),
      reset: () => undefined,
    };
    registry.registerMetric(metric as unknown as Histogram);
  }

  count(outcome: Outcome): void {
    const { stage, route } = outcome.exchange;
    if (stage === null) return this.elsewhere.count(outcome);
    const kept = this.seriesOf(stage);
    if (kept === null) return this.overflow.count(outcome);
    const detailed = route !== null && stage.methodSetting(route)?.metricsEnabled === true;
    (detailed ? this.methodSeries(kept, stage, route) : kept.whole).count(outcome);
  }

  private seriesOf({ key, apiId, stageName }: ServedStage): StageSeries | null {
    let kept = this.stages.get(key);
    if (!kept) {
      if (this.series >= this.mostSeries) return null;
      this.series++;
      kept = { whole: new Series({ api_id: apiId, stage: stageName, resource: '', method: '' }), methods: new Map() };
      this.stages.set(key, kept);
    }
    return kept;
  }

  private methodSeries(
    { whole, methods }: StageSeries,
    { apiId, stageName }: ServedStage,
    { path, httpMethod }: ServedRoute,
  ): Series {
    const name = `${httpMethod} ${path}`;
    let series = methods.get(name);
    if (!series) {
      if (this.series >= this.mostSeries) return whole;
      this.series++;
      series = new Series({ api_id: apiId, stage: stageName, resource: path, method: httpMethod });
      methods.set(name, series);
    }
    return series;
  }

  stageRemoved(apiId: string, stageName: string): void {
    const key = `${apiId}/${stageName}`;
    const kept = this.stages.get(key);
    if (!kept) return;
    this.stages.delete(key);
    this.series -= 1 + kept.methods.size;
  }

  private all(): Series[] {
    const series = [this.elsewhere, this.overflow];
    for (const { whole, methods } of this.stages.values()) series.push(whole, ...methods.values());
    return series;
  }
}

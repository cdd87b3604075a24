import type { ServedRoute, ServedStage } from '@gatehouse/pipeline';
import { setImmediate } from 'node:timers/promises';
import type { StageListener } from '../routing-table/routing-table.js';
import type { Outcome } from '../transport/gateway-server.js';
import { histogramLines, HistogramSeries } from './histogram.js';

/** What is counted under one set of labels. */
class Series {
  /** By the first digit of the status; place 0 is for clients that left without an answer. */
  readonly requests = new Float64Array(6);
  readonly total = new HistogramSeries();
  readonly integration = new HistogramSeries();
  readonly gateway = new HistogramSeries();

  /** As they stand between the braces of Prometheus' text form. */
  readonly labels: string;

  constructor(apiId: string, stage: string, resource = '', method = '') {
    const labels = { api_id: apiId, stage, resource, method };
    this.labels = Object.entries(labels)
      .map(([name, value]) => `${name}="${escaped(value)}"`)
      .join(',');
  }

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

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

type TimedMember = 'total' | 'integration' | 'gateway';
const HISTOGRAMS: readonly (readonly [name: string, help: string, member: TimedMember])[] = [
  ['gatehouse_request_seconds', 'From the head of a request to the end of its answer', 'total'],
  ['gatehouse_integration_seconds', 'From a call of the integration to the head of its answer', 'integration'],
  ['gatehouse_gateway_seconds', 'From the head of a request to the head of its answer, without the integration', 'gateway'],
];

/** Series that are written without a pause: about a millisecond's work. */
const SLICE = 200;

/**
 * Requests by API, stage and class of status, and where their time went. A series is made when its first request ends; there are never more
 * than `mostSeries`, what comes beyond is counted together under `other`; the series of a stage go when the stage is deleted.
 */
export class RequestMetrics implements StageListener {
  private readonly stages = new Map<string, StageSeries>();
  private readonly elsewhere = new Series('', '');
  private readonly overflow = new Series('other', 'other');
  private series = 0;

  constructor(private readonly mostSeries: number) {}

  /** Prometheus' text form, in parts; requests get their turn between them, however many series there are. */
  async *text(): AsyncGenerator<string> {
    const all = this.all();
    yield* exposition(
      'gatehouse_requests_total',
      'counter',
      'Requests by class of their status; none where the client left without an answer',
      all,
      requestLines,
    );
    for (const [name, help, member] of HISTOGRAMS) {
      yield* exposition(name, 'histogram', help, all, (series) => histogramLines(name, series.labels, series[member]));
    }
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
      kept = { whole: new Series(apiId, stageName), methods: new Map() };
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
      series = new Series(apiId, stageName, path, httpMethod);
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

async function* exposition(
  name: string,
  type: string,
  help: string,
  all: readonly Series[],
  linesOf: (series: Series) => string,
): AsyncGenerator<string> {
  yield `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  for (let from = 0; from < all.length; from += SLICE) {
    let text = '';
    for (const series of all.slice(from, from + SLICE)) text += linesOf(series);
    yield text;
    await setImmediate();
  }
}

function requestLines({ labels, requests }: Series): string {
  let lines = '';
  for (const [statusClass, count] of requests.entries()) {
    const shown = statusClass === 0 ? 'none' : `${statusClass}xx`;
    if (count > 0) lines += `gatehouse_requests_total{${labels},status_class="${shown}"} ${count}\n`;
  }
  return lines;
}

import type { Exchange, ServedStage } from '@gatehouse/pipeline';
import { setImmediate } from 'node:timers/promises';
import type { StageListener } from '../routing-table/routing-table.js';
import type { Outcome } from '../transport/connection-host.js';
import { Series, SERIES_METRICS, type SeriesMetric, type SeriesValues } from './series.js';

/** The series of one stage, and of its methods where the stage asks for detailed metrics. */
interface StageSeries {
  readonly whole: Series;
  /** By `{resource path}/{VERB}`. */
  readonly methods: Map<string, Series>;
}

/**
 * Requests by API, stage and class of status, and where their time went. A series is made when its first request ends; there are never more
 * than `mostSeries`, what comes beyond is counted together under `other`; the series of a stage go when the stage is deleted, and what ends after that
 * is counted without a stage.
 */
export class RequestMetrics implements StageListener {
  private readonly stages = new Map<string, StageSeries>();
  private readonly elsewhere = new Series(null, '', '');
  private readonly overflow = new Series(null, 'other', 'other');
  private series = 0;

  /** @param serves whether there still is such a stage, `{apiId}/{stage}`; asked only where it has no series */
  constructor(
    private readonly mostSeries: number,
    private readonly serves: (stageKey: string) => boolean,
  ) {}

  count({ exchange }: Outcome): void {
    const series = this.seriesFor(exchange);
    series.countStatus(exchange.status);
    const isHit = exchange.cacheUse?.isHit ?? null;
    if (isHit !== null) series.countCacheUse(isHit);
    series.observeTotal((exchange.endedAt - exchange.startedAt) / 1000);
    const { integrationStartedAt: from, integrationEndedAt: to } = exchange;
    let gateway = (exchange.answeredAt - exchange.startedAt) / 1000;
    if (from !== null && to !== null) {
      const integration = (to - from) / 1000;
      series.observeIntegration(integration);
      gateway -= integration;
    }
    series.observeGateway(gateway > 0 ? gateway : 0);
  }

  /** Counts a message that was refused before it became a request. */
  countRefused(status: number): void {
    this.elsewhere.countStatus(status);
  }

  /**
   * All series as they are now. The rows of numbers are the living ones: they are copied, summed or sent before the next turn of the event loop.
   */
  snapshot(): SeriesValues[] {
    const series = [this.elsewhere, this.overflow];
    for (const { whole, methods } of this.stages.values()) series.push(whole, ...methods.values());
    return series;
  }

  /** Prometheus' text form, in parts. */
  text(): AsyncGenerator<string> {
    return requestMetricsText(this.snapshot());
  }

  private seriesFor({ stage, road }: Exchange): Series {
    if (stage === null) return this.elsewhere;
    const kept = this.stages.get(stage.key) ?? this.addStage(stage);
    if (kept === null) return this.isFull ? this.overflow : this.elsewhere;
    if (road === null || !road.detailedMetrics) return kept.whole;
    return kept.methods.get(road.methodKey) ?? this.addMethod(kept, stage, road);
  }

  private get isFull(): boolean {
    return this.series >= this.mostSeries;
  }

  private addStage({ key, apiId, stageName }: ServedStage): StageSeries | null {
    if (this.isFull || !this.serves(key)) return null;
    this.series++;
    const added = { whole: new Series(key, apiId, stageName), methods: new Map<string, Series>() };
    this.stages.set(key, added);
    return added;
  }

  private addMethod(
    { whole, methods }: StageSeries,
    { key, apiId, stageName }: ServedStage,
    { route, methodKey }: NonNullable<Exchange['road']>,
  ): Series {
    if (this.isFull) return whole;
    this.series++;
    const added = new Series(key, apiId, stageName, route.path, route.httpMethod);
    methods.set(methodKey, added);
    return added;
  }

  stageRemoved(apiId: string, stageName: string): void {
    const key = `${apiId}/${stageName}`;
    const kept = this.stages.get(key);
    if (!kept) return;
    this.stages.delete(key);
    this.series -= 1 + kept.methods.size;
  }
}

/** Series that are written without a pause: about a millisecond's work. */
const SLICE = 200;

/** Prometheus' text form of all series, in parts; requests get their turn between them, however many series there are. */
export async function* requestMetricsText(all: readonly SeriesValues[]): AsyncGenerator<string> {
  for (const metric of SERIES_METRICS) yield* metricText(metric, all);
}

async function* metricText({ name, type, help, linesOf }: SeriesMetric, all: readonly SeriesValues[]): AsyncGenerator<string> {
  yield `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  for (let from = 0; from < all.length; from += SLICE) {
    let text = '';
    for (const series of all.slice(from, from + SLICE)) text += linesOf(series);
    yield text;
    await setImmediate();
  }
}

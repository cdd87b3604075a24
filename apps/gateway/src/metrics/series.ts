/** Upper bounds of the buckets, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];
/** The last count is of what is above all bounds, and the sum of all observations comes after it. */
const SUM = BUCKETS.length + 1;
const HISTOGRAM_VALUES = SUM + 1;
/** By the first digit of the status; the first is for clients that left without an answer. */
const STATUS_CLASSES = 6;

const HISTOGRAMS = [
  ['gatehouse_request_seconds', 'From the head of a request to the end of its answer'],
  ['gatehouse_integration_seconds', 'From a call of the integration to the head of its answer'],
  ['gatehouse_gateway_seconds', 'From the head of a request to the head of its answer, without the integration'],
] as const;
const TOTAL = STATUS_CLASSES;
const INTEGRATION = TOTAL + HISTOGRAM_VALUES;
const GATEWAY = INTEGRATION + HISTOGRAM_VALUES;
const CACHE_HITS = GATEWAY + HISTOGRAM_VALUES;
const CACHE_MISSES = CACHE_HITS + 1;
const VALUES = CACHE_MISSES + 1;

/**
 * Everything that is counted under one set of labels, as one row of numbers: series of the same labels, of several processes, are summed number by
 * number. Goes from process to process as it is.
 */
export interface SeriesValues {
  /** As they stand between the braces of Prometheus' text form; they name the series. */
  readonly labels: string;
  /** `{apiId}/{stage}` that the series goes with; null for those that stay. */
  readonly stageKey: string | null;
  readonly values: Float64Array;
}

/** A row of numbers that requests are counted in. */
export class Series implements SeriesValues {
  readonly values = new Float64Array(VALUES);
  readonly labels: string;

  constructor(
    readonly stageKey: string | null,
    apiId: string,
    stage: string,
    resource = '',
    method = '',
  ) {
    const labels = { api_id: apiId, stage, resource, method };
    this.labels = Object.entries(labels)
      .map(([name, value]) => `${name}="${escaped(value)}"`)
      .join(',');
  }

  countStatus(status: number): void {
    const statusClass = status >= 500 ? 5 : Math.floor(status / 100);
    (this.values[statusClass] as number) += 1;
  }

  countCacheUse(isHit: boolean): void {
    (this.values[isHit ? CACHE_HITS : CACHE_MISSES] as number) += 1;
  }
  observeTotal(seconds: number): void {
    observe(this.values, TOTAL, seconds);
  }
  observeIntegration(seconds: number): void {
    observe(this.values, INTEGRATION, seconds);
  }
  observeGateway(seconds: number): void {
    observe(this.values, GATEWAY, seconds);
  }
}

function observe(values: Float64Array, histogram: number, seconds: number): void {
  let place = 0;
  while (place < BUCKETS.length && seconds > (BUCKETS[place] as number)) place++;
  (values[histogram + place] as number) += 1;
  (values[histogram + SUM] as number) += seconds;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** One metric of all series. */
export interface SeriesMetric {
  readonly name: string;
  readonly type: 'counter' | 'histogram';
  readonly help: string;
  /** The lines of one series in Prometheus' text form. */
  linesOf(series: SeriesValues): string;
}

export const SERIES_METRICS: readonly SeriesMetric[] = [
  {
    name: 'gatehouse_requests_total',
    type: 'counter',
    help: 'Requests by class of their status; none where the client left without an answer',
    linesOf: requestLines,
  },
  {
    name: 'gatehouse_cache_hits_total',
    type: 'counter',
    help: 'Requests that were answered from the cache of their stage',
    linesOf: (series) => counterLine('gatehouse_cache_hits_total', series, CACHE_HITS),
  },
  {
    name: 'gatehouse_cache_misses_total',
    type: 'counter',
    help: 'Requests for whose answers the cache of their stage was asked in vain',
    linesOf: (series) => counterLine('gatehouse_cache_misses_total', series, CACHE_MISSES),
  },
  ...HISTOGRAMS.map(([name, help], place): SeriesMetric => ({
    name,
    type: 'histogram',
    help,
    linesOf: (series) => histogramLines(name, series, STATUS_CLASSES + place * HISTOGRAM_VALUES),
  })),
];

function requestLines({ labels, values }: SeriesValues): string {
  let lines = '';
  for (let statusClass = 0; statusClass < STATUS_CLASSES; statusClass++) {
    const count = values[statusClass] as number;
    const shown = statusClass === 0 ? 'none' : `${statusClass}xx`;
    if (count > 0) lines += `gatehouse_requests_total{${labels},status_class="${shown}"} ${count}\n`;
  }
  return lines;
}

function counterLine(name: string, { labels, values }: SeriesValues, place: number): string {
  const count = values[place] as number;
  return count > 0 ? `${name}{${labels}} ${count}\n` : '';
}

function histogramLines(name: string, { labels, values }: SeriesValues, from: number): string {
  let lines = '';
  let total = 0;
  for (let place = 0; place <= BUCKETS.length; place++) {
    total += values[from + place] as number;
    lines += `${name}_bucket{${labels},le="${place < BUCKETS.length ? BUCKETS[place] : '+Inf'}"} ${total}\n`;
  }
  return `${lines}${name}_sum{${labels}} ${values[from + SUM] as number}\n${name}_count{${labels}} ${total}\n`;
}

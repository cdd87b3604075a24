/** Upper bounds of the buckets, in seconds. */
export const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];

/** Counts of one series by bucket: plain numbers, so that an observation costs no look-up. */
export class HistogramSeries {
  /** The last place is for what is above all bounds. */
  readonly counts = new Float64Array(BUCKETS.length + 1);
  sum = 0;

  observe(seconds: number): void {
    this.sum += seconds;
    let place = 0;
    while (place < BUCKETS.length && seconds > (BUCKETS[place] as number)) place++;
    this.counts[place] = (this.counts[place] as number) + 1;
  }
}

/** The lines of one series in Prometheus' text form; `labels` as they stand between the braces. */
export function histogramLines(name: string, labels: string, series: HistogramSeries): string {
  let lines = '';
  let total = 0;
  for (const [place, count] of series.counts.entries()) {
    total += count;
    lines += `${name}_bucket{${labels},le="${place < BUCKETS.length ? BUCKETS[place] : '+Inf'}"} ${total}\n`;
  }
  return `${lines}${name}_sum{${labels}} ${series.sum}\n${name}_count{${labels}} ${total}\n`;
}

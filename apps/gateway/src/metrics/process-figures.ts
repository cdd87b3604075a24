import type { ProcessMetric } from '../worker/messages.js';

interface Value {
  readonly name: string;
  /** Without those of the process. */
  readonly labels: Record<string, string | number | undefined>;
  readonly value: number;
}

/**
 * What processes tell of themselves, by a name that outlives each of them: `1`, `2`, ... and `supervisor`. Where one takes another's place, counters
 * go on from where the old one's were told last.
 */
export class ProcessFigures {
  private readonly latest = new Map<string, readonly ProcessMetric[]>();
  /** Of processes that have ended: by the name of the process, then by metric and labels. */
  private readonly before = new Map<string, Map<string, number>>();

  told(name: string, metrics: readonly ProcessMetric[]): void {
    this.latest.set(name, metrics);
  }

  ended(name: string): void {
    const sums = this.before.get(name) ?? new Map<string, number>();
    for (const metric of this.latest.get(name) ?? []) {
      if (!isSum(metric)) continue;
      for (const value of valuesOf(metric)) sums.set(keyOf(value), (sums.get(keyOf(value)) ?? 0) + value.value);
    }
    this.before.set(name, sums);
    this.latest.delete(name);
  }

  /** Prometheus' text form; every line has the label `worker`. */
  text(): string {
    const metrics = new Map<string, ProcessMetric>();
    for (const told of this.latest.values()) for (const metric of told) metrics.set(metric.name, metric);
    let text = '';
    for (const { name, help, type } of metrics.values()) {
      text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
      for (const [worker, told] of this.latest) {
        const metric = told.find((candidate) => candidate.name === name);
        if (metric) text += this.lines(worker, metric);
      }
    }
    return text;
  }

  private lines(worker: string, metric: ProcessMetric): string {
    const before = isSum(metric) ? this.before.get(worker) : undefined;
    let lines = '';
    for (const value of valuesOf(metric)) {
      const labels = Object.entries({ ...value.labels, worker }).map(([label, text]) => `${label}="${String(text)}"`);
      lines += `${value.name}{${labels.join(',')}} ${value.value + (before?.get(keyOf(value)) ?? 0)}\n`;
    }
    return lines;
  }
}

function isSum({ type }: ProcessMetric): boolean {
  return type === 'counter' || type === 'histogram';
}

function valuesOf({ name, values }: ProcessMetric): Value[] {
  return values.map(({ value, labels, metricName }) => ({ name: metricName ?? name, labels, value }));
}

function keyOf({ name, labels }: Value): string {
  return `${name} ${JSON.stringify(labels)}`;
}

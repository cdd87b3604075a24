import type { ProcessMetric } from '../worker/messages.js';

interface Value {
  readonly name: string;
  /** Without those of the process. */
  readonly labels: Record<string, string | number | undefined>;
  readonly value: number;
}

/** Values by their name and labels. */
type Values = Map<string, Value>;

/** One process, from its start to its end; told apart by identity. */
export interface Life {
  /** The name of the process, which its successor has too. */
  readonly name: string;
}

/**
 * What processes tell of themselves, by a name that outlives each of them: `1`, `2`, ... and `supervisor`. There are two of one name while one takes the
 * other's place: counters are the sums over all that there are and have been, so they never go back; other figures are those of the newcomer.
 */
export class ProcessFigures {
  /** Of those that live, in the order in which they were heard of. */
  private readonly latest = new Map<Life, readonly ProcessMetric[]>();
  /** What they tell after their end was added up already. */
  private readonly gone = new WeakSet<Life>();
  /** Sums of those that have ended: by the name of the process, then by metric. */
  private readonly before = new Map<string, Map<string, Values>>();

  told(life: Life, metrics: readonly ProcessMetric[]): void {
    if (!this.gone.has(life)) this.latest.set(life, metrics);
  }

  ended(life: Life): void {
    const sums = this.before.get(life.name) ?? new Map<string, Values>();
    for (const metric of this.latest.get(life) ?? []) {
      if (!isSum(metric)) continue;
      const values = sums.get(metric.name) ?? new Map<string, Value>();
      addUp(values, valuesOf(metric));
      sums.set(metric.name, values);
    }
    this.before.set(life.name, sums);
    this.latest.delete(life);
    this.gone.add(life);
  }

  /** Prometheus' text form; every line has the label `worker`. */
  text(): string {
    const metrics = new Map<string, ProcessMetric>();
    for (const told of this.latest.values()) for (const metric of told) metrics.set(metric.name, metric);
    const names = new Set([...this.latest.keys()].map(({ name }) => name));
    let text = '';
    for (const metric of metrics.values()) {
      text += `# HELP ${metric.name} ${metric.help}\n# TYPE ${metric.name} ${metric.type}\n`;
      for (const name of names) text += linesOf(name, this.valuesOf(name, metric));
    }
    return text;
  }

  private valuesOf(process: string, { name, type }: ProcessMetric): Values {
    const values: Values = new Map(isSum({ type }) ? this.before.get(process)?.get(name) : null);
    for (const [life, told] of this.latest) {
      if (life.name !== process) continue;
      if (!isSum({ type })) values.clear();
      for (const metric of told) if (metric.name === name) addUp(values, valuesOf(metric));
    }
    return values;
  }
}

function isSum({ type }: Pick<ProcessMetric, 'type'>): boolean {
  return type === 'counter' || type === 'histogram';
}

function valuesOf({ name, values }: ProcessMetric): Value[] {
  return values.map(({ value, labels, metricName }) => ({ name: metricName ?? name, labels, value }));
}

function addUp(sums: Values, values: readonly Value[]): void {
  for (const value of values) {
    const key = `${value.name} ${JSON.stringify(value.labels)}`;
    sums.set(key, { ...value, value: value.value + (sums.get(key)?.value ?? 0) });
  }
}

function linesOf(process: string, values: Values): string {
  let lines = '';
  for (const { name, labels, value } of values.values()) {
    const pairs = Object.entries({ ...labels, worker: process }).map(([label, text]) => `${label}="${String(text)}"`);
    lines += `${name}{${pairs.join(',')}} ${value}\n`;
  }
  return lines;
}

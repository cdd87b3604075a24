import { requestMetricsText } from './request-metrics.js';
import { Series, type SeriesValues } from './series.js';
import type { SeriesChange } from './series-changes.js';

/**
 * The sums of what all workers counted, those that have ended included: workers tell what came, so no sum ever goes back. The series of a stage go when
 * the stage is deleted; there are never more than `mostSeries`, what comes beyond is counted together under `other`.
 */
export class RequestTotals {
  /** Those that stay, by labels; the first one is for what is too much. */
  private readonly lasting = new Map<string, SeriesValues>();
  private readonly ofStages = new Map<string, Map<string, SeriesValues>>();
  private readonly overflow = new Series(null, 'other', 'other');
  private series = 0;

  constructor(private readonly mostSeries: number) {
    this.lasting.set(this.overflow.labels, this.overflow);
  }

  add(changes: readonly SeriesChange[]): void {
    for (const change of changes) {
      const { values } = this.seriesOf(change);
      const { added } = change;
      for (let at = 0; at < added.length; at += 2) (values[added[at] as number] as number) += added[at + 1] as number;
    }
  }

  /** `stageKey` is `{apiId}/{stage}`. */
  stageRemoved(stageKey: string): void {
    this.series -= this.ofStages.get(stageKey)?.size ?? 0;
    this.ofStages.delete(stageKey);
  }

  /** Prometheus' text form, in parts. */
  text(): AsyncGenerator<string> {
    return requestMetricsText([
      ...this.lasting.values(),
      ...[...this.ofStages.values()].flatMap((ofStage) => [...ofStage.values()]),
    ]);
  }

  private seriesOf({ stageKey, labels }: SeriesChange): SeriesValues {
    const of = stageKey === null ? this.lasting : this.ofStages.get(stageKey);
    const known = of?.get(labels);
    if (known) return known;
    if (stageKey !== null && this.series >= this.mostSeries) return this.overflow;
    const made: SeriesValues = { labels, stageKey, values: new Float64Array(this.overflow.values.length) };
    if (stageKey !== null) this.series++;
    if (of) of.set(labels, made);
    else this.ofStages.set(stageKey as string, new Map([[labels, made]]));
    return made;
  }
}

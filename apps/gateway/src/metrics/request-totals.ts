import { requestMetricsText } from './request-metrics.js';
import { Series, type SeriesValues } from './series.js';
import type { SeriesChange } from './series-changes.js';

/** Deleted stages that are remembered: the words that come too late are those of the workers that are just being replaced. */
const MOST_REMOVED = 10_000;

/**
 * The sums of what all workers counted, those that have ended included: workers tell what came, so no sum ever goes back. The series of a stage go when
 * the stage is deleted, and what a worker tells of it after that is counted without a stage; there are never more than `mostSeries`, what comes beyond is counted together under `other`.
 */
export class RequestTotals {
  private readonly elsewhere = new Series(null, '', '');
  private readonly overflow = new Series(null, 'other', 'other');
  /** Those that stay, by labels. */
  private readonly lasting = new Map<string, SeriesValues>();
  private readonly ofStages = new Map<string, Map<string, SeriesValues>>();
  private series = 0;
  /** The stages that were deleted last. */
  private readonly removed = new Set<string>();

  constructor(private readonly mostSeries: number) {
    for (const series of [this.elsewhere, this.overflow]) this.lasting.set(series.labels, series);
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
    this.removed.add(stageKey);
    const [oldest] = this.removed;
    if (this.removed.size > MOST_REMOVED) this.removed.delete(oldest as string);
  }

  /** To be called before workers are given the stage. */
  stagePublished(stageKey: string): void {
    this.removed.delete(stageKey);
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
    if (stageKey !== null && this.removed.has(stageKey)) return this.elsewhere;
    if (stageKey !== null && this.series >= this.mostSeries) return this.overflow;
    const made: SeriesValues = { labels, stageKey, values: new Float64Array(this.overflow.values.length) };
    if (stageKey !== null) this.series++;
    if (of) of.set(labels, made);
    else this.ofStages.set(stageKey as string, new Map([[labels, made]]));
    return made;
  }
}

import type { SeriesValues } from './series.js';

/** What came to one series: place in its values, how much, place, how much, ... */
export interface SeriesChange extends Omit<SeriesValues, 'values'> {
  readonly added: readonly number[];
}

/** Tells what came to series since it was told last. */
export class SeriesChanges {
  private readonly told = new WeakMap<SeriesValues, Float64Array>();

  take(all: readonly SeriesValues[]): SeriesChange[] {
    const changes: SeriesChange[] = [];
    for (const series of all) {
      const { labels, stageKey } = series;
      const added = this.takeOf(series);
      if (added.length > 0) changes.push({ labels, stageKey, added });
    }
    return changes;
  }

  private takeOf(series: SeriesValues): number[] {
    const { values } = series;
    const told = this.told.get(series) ?? new Float64Array(values.length);
    this.told.set(series, told);
    const added: number[] = [];
    for (let place = 0; place < values.length; place++) {
      const value = values[place] as number;
      const before = told[place] as number;
      if (value === before) continue;
      added.push(place, value - before);
      told[place] = value;
    }
    return added;
  }
}

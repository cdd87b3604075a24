/** One thing to reach, and whether it was. */
export interface Bar {
  readonly work: string;
  /** What is wanted, in words. */
  readonly wanted: string;
  /** What was measured, in words. */
  readonly figure: string;
  readonly verdict: 'met' | 'within the limit' | 'missed' | 'not judged';
}

interface Wanted {
  work: string;
  /** In the unit of the figure. */
  bar: number;
  /** What the bar is measured in, e.g. "x HAProxy with the same features". */
  of: string;
  /** Up to here a missed bar may be forgiven. */
  limit?: number;
}

/** A figure that should be no larger than the bar. One that is not a number could not be measured. */
export function atMost(figure: number, wanted: Wanted): Bar {
  return judge(figure, wanted, '<=', (value, bar) => value <= bar);
}

/** A figure that should be no smaller than the bar. */
export function atLeast(figure: number, wanted: Wanted): Bar {
  return judge(figure, wanted, '>=', (value, bar) => value >= bar);
}

function judge(
  figure: number,
  { work, bar, of, limit }: Wanted,
  sign: string,
  reaches: (value: number, bar: number) => boolean,
): Bar {
  const described = { work, wanted: `${sign} ${bar} ${of}${limit === undefined ? '' : ` (at the very most ${limit})`}` };
  if (!Number.isFinite(figure)) return { ...described, figure: 'no figure', verdict: 'not judged' };
  const verdict = reaches(figure, bar) ? 'met' : limit !== undefined && reaches(figure, limit) ? 'within the limit' : 'missed';
  return { ...described, figure: shortNumber(figure), verdict };
}

/** Three digits that matter, or the whole part of what is larger; a dash for what is no number. */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return '-';
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

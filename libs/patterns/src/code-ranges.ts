/** Code points, or UTF-16 units, from the first to the last, both included. */
export type Range = [first: number, last: number];

/** Ascending, without overlaps. */
export function merged(ranges: readonly Range[]): Range[] {
  const all: Range[] = [];
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    const before = all.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else all.push([first, last]);
  }
  return all;
}

/** Everything up to `highest` that is in none of the ranges. */
export function complement(ranges: readonly Range[], highest: number): Range[] {
  const rest: Range[] = [];
  let from = 0;
  for (const [first, last] of merged(ranges)) {
    if (first > from) rest.push([from, first - 1]);
    from = last + 1;
  }
  if (from <= highest) rest.push([from, highest]);
  return rest;
}

/** The part of a range that lies between two codes, moved. */
export function shifted([first, last]: Range, from: number, to: number, by: number): Range[] {
  const [start, end] = [Math.max(first, from), Math.min(last, to)];
  return start <= end ? [[start + by, end + by]] : [];
}

/** Whether ranges that ascend without overlaps have a code among them. */
export function contains(ranges: readonly Range[], code: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range)[1] < code) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length && (ranges[low] as Range)[0] <= code;
}

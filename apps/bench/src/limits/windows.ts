const TENTHS = 100;

/** The most that was admitted in any 10 seconds, from counts of tenths of a second. */
export function mostInTenSeconds(admitted: readonly number[]): number {
  let sum = 0;
  let most = 0;
  for (const [at, count] of admitted.entries()) {
    sum += count - (at >= TENTHS ? (admitted[at - TENTHS] as number) : 0);
    most = Math.max(most, sum);
  }
  return most;
}

export const totalOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

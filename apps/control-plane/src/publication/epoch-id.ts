import { randomBytes } from 'node:crypto';

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)-/;

/**
 * The id of a new epoch: the time and something random. Ids sort by time, so that a Redis which fell back to an older epoch is told from one that
 * another control plane filled anew; a clock that went back does not make a new epoch older than those `before`.
 */
export function epochAfter(before: readonly (string | null)[]): string {
  const times = before.map((epoch) => Date.parse(TIME.exec(epoch ?? '')?.[1] ?? '') + 1);
  const time = Math.max(Date.now(), ...times.filter((after) => !Number.isNaN(after)));
  return `${new Date(time).toISOString()}-${randomBytes(6).toString('hex')}`;
}

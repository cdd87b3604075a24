/** How long the difference of the two clocks is taken to be the same, in milliseconds. */
const TRUSTED = 1000;

let difference = 0;
let trustedUntil = -1;

/** Milliseconds since 1970, whole ones, at `now` on the monotonic clock. Spares most requests a second look at a clock. */
export function epochAt(now: number): number {
  if (now >= trustedUntil) {
    difference = Date.now() - now;
    trustedUntil = now + TRUSTED;
  }
  return Math.floor(now + difference);
}

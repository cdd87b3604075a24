let madeAt = Number.NaN;
let text = '';

/** The date for an answer (RFC 9110, 5.6.7). `now` is the server's clock, whose movement alone makes a new one. */
export function httpDate(now: number): string {
  if (now !== madeAt) {
    text = new Date().toUTCString();
    madeAt = now;
  }
  return text;
}

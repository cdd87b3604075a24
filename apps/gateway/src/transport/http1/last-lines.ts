import { httpDate } from '../http-date.js';

/** What the headers of an answer end with; made anew when the server's clock moves, for all its answers until then. */
let madeAt = Number.NaN;
let madeFor = Number.NaN;
let stays = '';
let ends = '';

/** Date and Connection, each line with its end, and Keep-Alive where the connection stays. `now` and `keepAlive` in milliseconds. */
export function lastLines(now: number, keepAlive: number, stay: boolean): string {
  if (now !== madeAt || keepAlive !== madeFor) {
    const date = `Date: ${httpDate(now)}\r\n`;
    stays = `${date}Connection: keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAlive / 1000)}\r\n`;
    ends = `${date}Connection: close\r\n`;
    madeAt = now;
    madeFor = keepAlive;
  }
  return stay ? stays : ends;
}

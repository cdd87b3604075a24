import { CliError } from './cli-error.js';

const SECONDS = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

/** Reads a duration such as `30s`, `15m`, `12h` or `7d` as seconds. Throws {@link CliError} that names the option. */
export function parseDuration(option: string, text: string): number {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (SECONDS.get(unit ?? '') ?? 0);
  if (!(seconds > 0)) throw new CliError(`${option} is not a duration such as 30s, 15m, 12h or 7d: ${text}`);
  return seconds;
}

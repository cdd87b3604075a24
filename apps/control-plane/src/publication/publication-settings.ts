import { StartupError } from '../startup-error.js';

const DEFAULT_GRACE_SECONDS = 600;

/**
 * Seconds for which Redis keeps a deployment that no stage names any more (GATEHOUSE_UNREFERENCED_GRACE_SECONDS). Throws a `StartupError` when it is not
 * a whole number of seconds up to a year.
 */
export function unreferencedGraceSeconds(env: Record<string, string | undefined>): number {
  const value = env['GATEHOUSE_UNREFERENCED_GRACE_SECONDS'] || String(DEFAULT_GRACE_SECONDS);
  if (!/^\d{1,8}$/.test(value) || Number(value) > 366 * 86_400) {
    throw new StartupError(
      `GATEHOUSE_UNREFERENCED_GRACE_SECONDS is ${JSON.stringify(value)}, which is not a whole number of seconds up to a year`,
    );
  }
  return Number(value);
}

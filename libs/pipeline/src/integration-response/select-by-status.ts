import type { IntegrationResponseSnapshot } from '@gatehouse/snapshot';

const LOWEST = 100;
const HIGHEST = 599;
/** Many APIs are written with the same few patterns. */
const MOST_PATTERNS = 1000;
const known = new Map<string, readonly number[]>();

/** The status codes whose whole text a pattern matches. Throws `SyntaxError` for a pattern that is none. */
function statusesOf(pattern: string): readonly number[] {
  const seen = known.get(pattern);
  if (seen) return seen;
  const expression = new RegExp(`^(?:${pattern})$`, 'u');
  const statuses: number[] = [];
  for (let status = LOWEST; status <= HIGHEST; status++) if (expression.test(String(status))) statuses.push(status);
  if (known.size < MOST_PATTERNS) known.set(pattern, statuses);
  return statuses;
}

/**
 * Lays the integration responses out by status code, so that no pattern is matched while a request waits: the first response whose pattern
 * matches the whole code, else the one without a pattern. Returns the look-up, which gives undefined where none fits.
 */
export function selectByStatus<T>(
  responses: readonly IntegrationResponseSnapshot[],
  compile: (response: IntegrationResponseSnapshot) => T,
): (status: number) => T | undefined {
  const table = new Map<number, T>();
  let fallback: T | undefined;
  for (const response of responses) {
    const compiled = compile(response);
    if (response.selectionPattern === null) fallback ??= compiled;
    else for (const status of statusesOf(response.selectionPattern)) if (!table.has(status)) table.set(status, compiled);
  }
  return (status) => table.get(status) ?? fallback;
}

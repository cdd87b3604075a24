import type { IntegrationResponseSnapshot } from '@gatehouse/snapshot';

const LOWEST = 100;
const HIGHEST = 599;
/** Many APIs are written with the same few patterns. */
const MOST_KNOWN = 1000;
const knownTables = new Map<string, Uint8Array>();

/**
 * For each status code the place, from 1, of the first pattern that matches its whole text; 0 where none does. Throws `SyntaxError` for a pattern
 * that is none.
 */
function tableOf(patterns: readonly string[]): Uint8Array {
  const name = JSON.stringify(patterns);
  const known = knownTables.get(name);
  if (known) return known;
  const expressions = patterns.map((pattern) => new RegExp(`^(?:${pattern})$`, 'u'));
  const table = Uint8Array.from({ length: HIGHEST - LOWEST + 1 }, (_, place) => {
    const text = String(LOWEST + place);
    return expressions.findIndex((expression) => expression.test(text)) + 1;
  });
  if (knownTables.size < MOST_KNOWN) knownTables.set(name, table);
  return table;
}

/**
 * Lays the integration responses out by status code, so that no pattern is matched while a request waits: the first response whose pattern
 * matches the whole code, else the one without a pattern. Returns the look-up, which gives undefined where none fits.
 */
export function selectByStatus<T>(
  responses: readonly IntegrationResponseSnapshot[],
  compile: (response: IntegrationResponseSnapshot) => T,
): (status: number) => T | undefined {
  const selected = responses.flatMap(({ selectionPattern }, place) =>
    selectionPattern === null ? [] : [{ selectionPattern, place }],
  );
  const table = tableOf(selected.map(({ selectionPattern }) => selectionPattern));
  const compiled = responses.map(compile);
  const byTable = [
    compiled[responses.findIndex(({ selectionPattern }) => selectionPattern === null)],
    ...selected.map(({ place }) => compiled[place]),
  ];
  return (status) => byTable[table[status - LOWEST] ?? 0];
}

import type { IntegrationResponseSnapshot, StatusRange } from '@gatehouse/snapshot';
import type { IntegrationContext } from '../integration/compile-integration.js';
import type { AnswerStep } from '../rest-pipeline.js';
import { compileSelected, selectedAnswer } from './selected-answer.js';

const LOWEST = 100;
const HIGHEST = 599;
/** Many APIs are written with the same few patterns. */
const MOST_KNOWN = 1000;
const knownTables = new Map<string, Uint8Array>();

/** For each status code the place, from 1, of the first that has it among its ranges; 0 where none does. */
function tableOf(selections: readonly (readonly StatusRange[])[]): Uint8Array {
  const name = JSON.stringify(selections);
  const known = knownTables.get(name);
  if (known) return known;
  const table = Uint8Array.from({ length: HIGHEST - LOWEST + 1 }, (_, place) => {
    const status = LOWEST + place;
    return selections.findIndex((ranges) => ranges.some(([first, last]) => first <= status && status <= last)) + 1;
  });
  if (knownTables.size < MOST_KNOWN) knownTables.set(name, table);
  return table;
}

/** An integration response that goes by the status. */
export interface StatusAnswer {
  readonly answer: AnswerStep;
  /** Whether the body has to be there whole before that step, for an answer with this status. */
  readonly readsBody: (status: number) => boolean;
}

/** Integration response of HTTP and MOCK: selected by the status. */
export function answerByStatus(
  responses: readonly IntegrationResponseSnapshot[],
  context: IntegrationContext,
  options: { traced: boolean },
): StatusAnswer {
  const select = selectByStatus(responses, (response) => compileSelected(response, context));
  return {
    answer: selectedAnswer(({ status }) => select(status), options),
    readsBody: (status) => select(status)?.readsBody === true,
  };
}

/**
 * Lays the integration responses out by status code: the first response that names the code, else the default. Returns the look-up, which gives
 * undefined where none fits.
 */
export function selectByStatus<T>(
  responses: readonly IntegrationResponseSnapshot[],
  compile: (response: IntegrationResponseSnapshot) => T,
): (status: number) => T | undefined {
  const selected = responses.flatMap(({ statuses }, place) => (statuses === null ? [] : [{ statuses, place }]));
  const table = tableOf(selected.map(({ statuses }) => statuses));
  const compiled = responses.map(compile);
  const byTable = [
    compiled[responses.findIndex(({ statuses }) => statuses === null)],
    ...selected.map(({ place }) => compiled[place]),
  ];
  return (status) => byTable[table[status - LOWEST] ?? 0];
}

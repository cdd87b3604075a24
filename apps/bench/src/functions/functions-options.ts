import { OptionError, parseOptions, whole } from '../option-values.js';

export const FUNCTIONS_PARTS = ['cold', 'warm', 'concurrent', 'killed', 'memory'] as const;
export type FunctionsPart = (typeof FUNCTIONS_PARTS)[number];

/** What `npm run bench -- functions` is asked to do. */
export interface FunctionsOptions {
  parts: FunctionsPart[];
  /** Functions that are each called for the first time. */
  cold: number;
  /** Measured calls of a function that runs already. */
  calls: number;
  /** Calls between which memory has to stay what it is. */
  invocations: number;
}

export const FUNCTIONS_USAGE = `npm run bench -- functions [--only ${FUNCTIONS_PARTS.join(',')}] [--cold 20] [--calls 2000] [--invocations 10000]`;

/** Throws `OptionError`. */
export function readFunctionsOptions(args: string[]): FunctionsOptions {
  const values = parseOptions(args, {
    only: { type: 'string', default: FUNCTIONS_PARTS.join(',') },
    cold: { type: 'string', default: '20' },
    calls: { type: 'string', default: '2000' },
    invocations: { type: 'string', default: '10000' },
  });
  const named = values.only.split(',');
  const unknown = named.find((part) => !FUNCTIONS_PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new OptionError(`--only: there is no part "${unknown}"`);
  return {
    parts: FUNCTIONS_PARTS.filter((part) => named.includes(part)),
    cold: whole('cold', values.cold),
    calls: whole('calls', values.calls),
    invocations: whole('invocations', values.invocations),
  };
}

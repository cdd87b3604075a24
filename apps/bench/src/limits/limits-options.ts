import { OptionError, parseOptions, whole } from '../option-values.js';

export const LIMITS_PARTS = ['rates', 'quota', 'away'] as const;
export type LimitsPart = (typeof LIMITS_PARTS)[number];

/** What `npm run bench -- limits` is asked to do. */
export interface LimitsOptions {
  parts: LimitsPart[];
  /** Requests a second that each limit admits. */
  rates: number[];
  /** Of each load, after 10 of which windows are looked at. */
  seconds: number;
}

export const LIMITS_USAGE = `npm run bench -- limits [--only ${LIMITS_PARTS.join(',')}] [--rates 5,100,10000] [--seconds 30]`;

/** Throws `OptionError`. */
export function readLimitsOptions(args: string[]): LimitsOptions {
  const values = parseOptions(args, {
    only: { type: 'string', default: LIMITS_PARTS.join(',') },
    rates: { type: 'string', default: '5,100,10000' },
    seconds: { type: 'string', default: '30' },
  });
  const named = values.only.split(',');
  const unknown = named.find((part) => !LIMITS_PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new OptionError(`--only: there is no part "${unknown}"`);
  const seconds = whole('seconds', values.seconds);
  if (seconds < 10) throw new OptionError('--seconds: windows of 10 seconds are looked at');
  return {
    parts: LIMITS_PARTS.filter((part) => named.includes(part)),
    rates: values.rates.split(',').map((rate) => whole('rates', rate)),
    seconds,
  };
}

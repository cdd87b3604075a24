import { OptionError, parseOptions, whole } from '../option-values.js';

export const ADMIN_PARTS = ['import', 'apis', 'keys', 'parallel'] as const;
export type AdminPart = (typeof ADMIN_PARTS)[number];

/** What `npm run bench -- admin` is asked to do. */
export interface AdminOptions {
  parts: AdminPart[];
  /** APIs that there are before those that are measured. */
  apis: number;
  /** The same of API keys. */
  keys: number;
  /** Measured calls of each kind. */
  calls: number;
  /** How long parallel clients edit. */
  seconds: number;
}

export const ADMIN_USAGE = `npm run bench -- admin [--only ${ADMIN_PARTS.join(',')}] [--apis 10000] [--keys 1000000] [--calls 1000] [--seconds 60]`;

/** Throws `OptionError`. */
export function readAdminOptions(args: string[]): AdminOptions {
  const values = parseOptions(args, {
    only: { type: 'string', default: ADMIN_PARTS.join(',') },
    apis: { type: 'string', default: '10000' },
    keys: { type: 'string', default: '1000000' },
    calls: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
  });
  const named = values.only.split(',');
  const unknown = named.find((part) => !ADMIN_PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new OptionError(`--only: there is no part "${unknown}"`);
  return {
    parts: ADMIN_PARTS.filter((part) => named.includes(part)),
    apis: whole('apis', values.apis),
    keys: whole('keys', values.keys),
    calls: whole('calls', values.calls),
    seconds: whole('seconds', values.seconds),
  };
}

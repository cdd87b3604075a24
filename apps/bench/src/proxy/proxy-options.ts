import { OptionError, parseOptions, whole } from '../option-values.js';

/** Parts of the benchmark, in the order in which they run. */
export const PARTS = ['features', 'plain', 'p99', 'bodies', 'idle', 'scale', 'matrix', 'soak', 'profile'] as const;
export type Part = (typeof PARTS)[number];

/** What `npm run bench -- proxy` is asked to do. */
export interface ProxyOptions {
  parts: readonly Part[];
  /** Measurements of each system, in alternation with the others; figures are medians. */
  rounds: number;
  /** Seconds of each measurement. */
  seconds: number;
  /** Connections of the matrix. */
  connections: readonly number[];
  /** API keys that the systems with keys know. */
  keys: number;
  /** Connections of the part about idle ones. */
  idleConnections: number;
  /** Millions of requests of the part about memory over time. */
  soakMillions: number;
  /** File for the results as JSON. */
  json: string | undefined;
}

export const PROXY_USAGE =
  'npm run bench -- proxy [--only part,...] [--rounds 5] [--seconds 4] [--connections 1,64,512] [--keys 10000]\n' +
  '         [--idle-connections 10000] [--soak-millions 10] [--json FILE] [--quick] [--profile]\n' +
  `       parts: ${PARTS.slice(0, -1).join(', ')}, the last only where it is named; --quick: short and inexact; --profile: where the gateway's time goes`;

/** What `--quick` changes where nothing is given. */
const QUICK = { rounds: '2', seconds: '1', connections: '64', keys: '100', 'idle-connections': '1000', 'soak-millions': '1' };
const FULL = {
  rounds: '5',
  seconds: '4',
  connections: '1,64,512',
  keys: '10000',
  'idle-connections': '10000',
  'soak-millions': '10',
};

/** Throws `OptionError`. */
export function readProxyOptions(args: string[]): ProxyOptions {
  const given = parseOptions(args, {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    connections: { type: 'string' },
    keys: { type: 'string' },
    'idle-connections': { type: 'string' },
    'soak-millions': { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean' },
    profile: { type: 'boolean' },
  });
  const values = { ...(given.quick ? QUICK : FULL), ...given };
  return {
    parts: readParts(given.only, given.profile ?? false),
    rounds: whole('rounds', values.rounds),
    seconds: whole('seconds', values.seconds),
    connections: values.connections.split(',').map((count) => whole('connections', count)),
    keys: whole('keys', values.keys),
    idleConnections: whole('idle-connections', values['idle-connections']),
    soakMillions: whole('soak-millions', values['soak-millions']),
    json: given.json,
  };
}

function readParts(only: string | undefined, profile: boolean): Part[] {
  const named = only?.split(',');
  const unknown = named?.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new OptionError(`--only: there is no part "${unknown}"`);
  // Beside --profile alone nothing else is asked for.
  return PARTS.filter((part) => (part === 'profile' ? profile : named ? named.includes(part) : !profile && part !== 'soak'));
}

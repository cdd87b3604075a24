import { parseArgs } from 'node:util';

/** What `npm run bench -- publish` is asked to do. */
export interface PublishOptions {
  /** Numbers of deployed APIs; one run with each. */
  apis: number[];
  /** Measured CreateDeployment calls of each run. */
  calls: number;
  gateways: number;
  /** Connections of the load on the first gateway. */
  connections: number;
}

/** Something on the command line is wrong; the message says what. */
export class OptionError extends Error {}

export const USAGE = 'usage: npm run bench -- publish [--apis 100,10000] [--calls 1000] [--gateways 3] [--connections 16]';

/** Reads the command line (without node and file). Throws `OptionError`. */
export function readOptions(args: string[]): PublishOptions {
  const { values, positionals } = parse(args);
  if (positionals.length !== 1 || positionals[0] !== 'publish')
    throw new OptionError(`there is no benchmark "${positionals.join(' ')}"`);
  return {
    apis: values.apis.split(',').map((count) => whole('apis', count)),
    calls: whole('calls', values.calls),
    gateways: whole('gateways', values.gateways),
    connections: whole('connections', values.connections),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        apis: { type: 'string', default: '100,10000' },
        calls: { type: 'string', default: '1000' },
        gateways: { type: 'string', default: '3' },
        connections: { type: 'string', default: '16' },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new OptionError(`--${name}: "${text}" is not a whole number above 0`);
  return Number(text);
}

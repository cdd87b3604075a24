import { parseOptions, whole } from '../option-values.js';

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

export const PUBLISH_USAGE = 'npm run bench -- publish [--apis 100,10000] [--calls 1000] [--gateways 3] [--connections 16]';

/** Throws `OptionError`. */
export function readPublishOptions(args: string[]): PublishOptions {
  const values = parseOptions(args, {
    apis: { type: 'string', default: '100,10000' },
    calls: { type: 'string', default: '1000' },
    gateways: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16' },
  });
  return {
    apis: values.apis.split(',').map((count) => whole('apis', count)),
    calls: whole('calls', values.calls),
    gateways: whole('gateways', values.gateways),
    connections: whole('connections', values.connections),
  };
}

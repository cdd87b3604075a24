import { ADMIN_USAGE, readAdminOptions, type AdminOptions } from './admin/admin-options.js';
import { FUNCTIONS_USAGE, readFunctionsOptions, type FunctionsOptions } from './functions/functions-options.js';
import { LIMITS_USAGE, readLimitsOptions, type LimitsOptions } from './limits/limits-options.js';
import { OptionError } from './option-values.js';
import { PROXY_USAGE, readProxyOptions, type ProxyOptions } from './proxy/proxy-options.js';
import { PUBLISH_USAGE, readPublishOptions, type PublishOptions } from './publish/publish-options.js';

export const USAGE = `usage: ${PUBLISH_USAGE}\n       ${PROXY_USAGE}\n       ${ADMIN_USAGE}\n       ${FUNCTIONS_USAGE}\n       ${LIMITS_USAGE}`;

/** Which benchmark is asked for, and how. */
export type Options =
  | ({ benchmark: 'publish' } & PublishOptions)
  | ({ benchmark: 'proxy' } & ProxyOptions)
  | ({ benchmark: 'admin' } & AdminOptions)
  | ({ benchmark: 'functions' } & FunctionsOptions)
  | ({ benchmark: 'limits' } & LimitsOptions);

/** Reads the command line (without node and file). Throws `OptionError`. */
export function readOptions([benchmark, ...args]: string[]): Options {
  switch (benchmark) {
    case 'publish':
      return { benchmark, ...readPublishOptions(args) };
    case 'proxy':
      return { benchmark, ...readProxyOptions(args) };
    case 'admin':
      return { benchmark, ...readAdminOptions(args) };
    case 'functions':
      return { benchmark, ...readFunctionsOptions(args) };
    case 'limits':
      return { benchmark, ...readLimitsOptions(args) };
    default:
      throw new OptionError(`there is no benchmark "${benchmark ?? ''}"`);
  }
}

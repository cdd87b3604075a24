import type { UpstreamFailure } from './upstream.js';

/** Codes of what the network, the resolver or this machine refuses. */
const NETWORK_CODES = new Set([
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETDOWN',
  'ENETUNREACH',
  'ENFILE',
  'ENOBUFS',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Why there is no connection to a backend. */
export class ConnectError extends Error {
  constructor(
    readonly failure: Extract<UpstreamFailure, 'network' | 'protocol' | 'refused-target'>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Of an error of Node's: whatever is not the network's is TLS's, such as a certificate that is not to be trusted. */
  static of(error: NodeJS.ErrnoException): ConnectError {
    if (error instanceof ConnectError) return error;
    const { code = '', message } = error;
    return new ConnectError(NETWORK_CODES.has(code) ? 'network' : 'protocol', code || message, { cause: error });
  }
}

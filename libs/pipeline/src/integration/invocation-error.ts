import { ERRORS, explained, gatewayError, type GatewayError } from '../gateway-response/gateway-error.js';

/** Characters of what Lambda says that get into the log. */
const LONGEST_MESSAGE = 500;
/** Bytes of an error that are looked at. */
const MOST_BYTES = 65_536;

/**
 * What a request fails of when Lambda answers an invocation with an error of its own. Source: recorded behaviour of AWS: a function that is missing or not to be called
 * is 500; one that cannot run now is 502 behind AWS_PROXY.
 *
 * @param unavailable what it is when Lambda cannot run the function now
 */
export function invocationError(status: number, body: Buffer, unavailable: GatewayError): GatewayError {
  const message = messageOf(body);
  const details = message === null ? String(status) : `${status} ${message.slice(0, LONGEST_MESSAGE)}`;
  if (status === 413) return explained(ERRORS.eventTooLarge, details);
  if (status === 429 || status >= 500) return explained(unavailable, details);
  // A body that is no JSON is the client's fault: it is told what Lambda says of it.
  if (status === 400 && message?.startsWith('Could not parse request body into json')) {
    return gatewayError('DEFAULT_4XX', 'the body is no JSON', { message: message.slice(0, LONGEST_MESSAGE) });
  }
  return explained(ERRORS.functionRefused, details);
}

/** The sentence in an error of Lambda. */
function messageOf(body: Buffer): string | null {
  if (body.length > MOST_BYTES) return null;
  try {
    const error = JSON.parse(body.toString('utf8')) as { message?: unknown; Message?: unknown } | null;
    const message = error?.message ?? error?.Message;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}

import type { Exchange } from './exchange.js';
import { API_KEY, USER_AGENT } from './http/header-info.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

/** `dd/MMM/yyyy:HH:mm:ss +0000`. */
export function requestTime(epochMillis: number): string {
  const at = new Date(epochMillis);
  const date = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  return `${date}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}

/** Value of one `$context` variable for a request; undefined when this request has none. */
export type ContextVariable = (exchange: Exchange) => string | undefined;

/** The `$context` variables that mappings can use. Names that are not here have no value: a mapping from them sets nothing. */
const CONTEXT_VARIABLES = new Map<string, ContextVariable>([
  ['accountId', ({ stage }) => stage?.scope.accountId],
  ['apiId', ({ stage }) => stage?.apiId],
  ['deploymentId', ({ stage }) => stage?.deploymentId],
  ['domainName', ({ request }) => request.host],
  ['domainPrefix', ({ request }) => request.host.split('.', 1)[0]],
  ['extendedRequestId', ({ extendedRequestId }) => extendedRequestId],
  ['httpMethod', ({ httpMethod }) => httpMethod],
  ['identity.apiKey', ({ consumer, headers }) => (consumer === null ? undefined : headers.first(API_KEY))],
  ['identity.apiKeyId', ({ consumer }) => consumer?.apiKeyId],
  ['identity.sourceIp', ({ request }) => request.remoteAddress],
  ['identity.userAgent', ({ headers }) => headers.first(USER_AGENT)],
  ['operationName', ({ route }) => route?.operationName],
  ['path', ({ request }) => request.target?.path],
  ['protocol', ({ request }) => request.protocol],
  ['requestId', ({ requestId }) => requestId],
  ['requestTime', ({ arrivedAt }) => requestTime(arrivedAt)],
  ['requestTimeEpoch', ({ arrivedAt }) => String(arrivedAt)],
  ['resourceId', ({ route }) => route?.resourceId],
  ['resourcePath', ({ route }) => route?.path],
  ['stage', ({ stage }) => stage?.stageName],
]);

export function contextVariable(name: string): ContextVariable | undefined {
  return CONTEXT_VARIABLES.get(name);
}

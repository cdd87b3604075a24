import type { Exchange } from '../exchange.js';
import { ERRORS, type GatewayError } from '../gateway-response/gateway-error.js';
import { mediaType } from '../http/binary-media-types.js';
import { CONTENT_TYPE } from '../http/header-info.js';
import { toldKey } from './told-key.js';

const MISCONFIGURED = 'Execution failed due to configuration error';

/** AWS's sentences, as far as they are known. */
const SENTENCES: readonly [GatewayError, string][] = [
  [ERRORS.misconfigured, `${MISCONFIGURED}: No match for output mapping and no default output mapping configured`],
  [ERRORS.mockWithoutStatus, `${MISCONFIGURED}: statusCode should be an integer which defined in request template`],
  [ERRORS.invalidEndpoint, `${MISCONFIGURED}: Invalid endpoint address`],
  [ERRORS.functionRefused, `${MISCONFIGURED}: Invalid permissions on Lambda function`],
  [ERRORS.malformedFunctionAnswer, `${MISCONFIGURED}: Malformed Lambda proxy response`],
  [ERRORS.functionFailed, 'Lambda execution failed with status 200 due to customer function error'],
  [ERRORS.unreachable, 'Execution failed due to a network error communicating with endpoint'],
  [ERRORS.timedOut, 'Execution failed due to a timeout error'],
];

/** What an execution log says of an error: AWS's sentence where one is known, else AWS's form of it with what the gateway knows, which no client is told. */
export function failureSentence(error: GatewayError, exchange: Exchange): string {
  const { responseType, reason, message, validationErrorString } = error;
  const { stage, route, requestId, httpMethod, headers } = exchange;
  const known = SENTENCES.find(([{ reason: of }]) => reason === of || reason.startsWith(`${of}: `));
  if (known !== undefined) return known[1];
  const key = toldKey(exchange);
  switch (responseType) {
    case 'INVALID_API_KEY':
      return (
        `API Key ${key} not authorized because method '${httpMethod} ${route?.path ?? ''}' requires API Key and ` +
        `API Key is not associated with a Usage Plan for API Stage ${stage?.key}: ${reason}`
      );
    case 'THROTTLED':
      return `API Key ${key} has exceeded throttle limit for API Stage ${stage?.key}: ${reason}`;
    case 'QUOTA_EXCEEDED':
      return `API Key ${key} has exceeded quota limit for API Stage ${stage?.key}: ${reason}`;
    case 'ACCESS_DENIED':
      return 'The client is not authorized to perform this operation.';
    case 'UNAUTHORIZED':
      return `Unauthorized request: ${requestId}`;
    case 'BAD_REQUEST_BODY': {
      const type = mediaType(headers.first(CONTENT_TYPE));
      return `Request body does not match model schema for content type ${type}: ${validationErrorString ?? reason}`;
    }
    case 'BAD_REQUEST_PARAMETERS':
      return message ?? reason;
    case 'INTEGRATION_FAILURE':
    case 'API_CONFIGURATION_ERROR':
    case 'AUTHORIZER_CONFIGURATION_ERROR':
    case 'AUTHORIZER_FAILURE':
      return `${MISCONFIGURED}: ${reason}`;
    default:
      return `Execution failed: ${reason}`;
  }
}

/**
 * Orders in which AWS was recorded to list an enumeration in its validation messages, where it differs from the service model.
 * Source: recordings of the real service (LocalStack's AWS-validated snapshot tests).
 */
const RECORDED_ORDERS = [
  ['PRIVATE', 'EDGE', 'REGIONAL'],
  ['add', 'remove', 'move', 'test', 'replace', 'copy'],
  ['HTTP', 'MOCK', 'AWS_PROXY', 'HTTP_PROXY', 'AWS'],
  [
    'REQUEST_TOO_LARGE',
    'RESOURCE_NOT_FOUND',
    'AUTHORIZER_CONFIGURATION_ERROR',
    'MISSING_AUTHENTICATION_TOKEN',
    'BAD_REQUEST_BODY',
    'INVALID_SIGNATURE',
    'INVALID_API_KEY',
    'BAD_REQUEST_PARAMETERS',
    'AUTHORIZER_FAILURE',
    'UNAUTHORIZED',
    'INTEGRATION_TIMEOUT',
    'ACCESS_DENIED',
    'DEFAULT_4XX',
    'DEFAULT_5XX',
    'WAF_FILTERED',
    'QUOTA_EXCEEDED',
    'THROTTLED',
    'API_CONFIGURATION_ERROR',
    'UNSUPPORTED_MEDIA_TYPE',
    'INTEGRATION_FAILURE',
    'EXPIRED_TOKEN',
  ],
  [
    'RESPONSE_BODY',
    'RESPONSE',
    'METHOD',
    'MODEL',
    'AUTHORIZER',
    'RESPONSE_HEADER',
    'RESOURCE',
    'PATH_PARAMETER',
    'REQUEST_BODY',
    'QUERY_PARAMETER',
    'API',
    'REQUEST_HEADER',
  ],
];

const asSet = (values: string[]) => [...values].sort().join(' ');
const recorded = new Map(RECORDED_ORDERS.map((order) => [asSet(order), order]));

/** The values in the order in which AWS lists them. */
export const enumOrder = (values: string[]): string[] => recorded.get(asSet(values)) ?? values;

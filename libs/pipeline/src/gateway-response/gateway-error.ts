import type { GatewayResponseType } from '@gatehouse/api-model';

interface GatewayResponseDefault {
  status: number;
  /** What `x-amzn-ErrorType` says. */
  errorType: string;
  /** Text of the body's only member; null prints as null. */
  message: string | null;
  /** Name of that member where it is not `message`. */
  member?: 'Message';
}

/**
 * What each type answers as long as an API has not changed it. Source: recorded behaviour of AWS; `$context.error.message` and the default
 * template `{"message":$context.error.messageString}`.
 */
export const GATEWAY_RESPONSE_DEFAULTS = {
  ACCESS_DENIED: {
    status: 403,
    errorType: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
    member: 'Message',
  },
  API_CONFIGURATION_ERROR: { status: 500, errorType: 'InternalServerErrorException', message: 'Internal server error' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, errorType: 'AuthorizerConfigurationException', message: null },
  AUTHORIZER_FAILURE: { status: 500, errorType: 'AuthorizerFailureException', message: null },
  BAD_REQUEST_BODY: { status: 400, errorType: 'BadRequestException', message: 'Invalid request body' },
  BAD_REQUEST_PARAMETERS: { status: 400, errorType: 'BadRequestException', message: 'Missing required request parameters: []' },
  DEFAULT_4XX: { status: 400, errorType: 'BadRequestException', message: 'Bad Request' },
  DEFAULT_5XX: { status: 500, errorType: 'InternalServerErrorException', message: 'Internal server error' },
  EXPIRED_TOKEN: {
    status: 403,
    errorType: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  INTEGRATION_FAILURE: { status: 504, errorType: 'InternalServerErrorException', message: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, errorType: 'InternalServerErrorException', message: 'Endpoint request timed out' },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  INVALID_SIGNATURE: {
    status: 403,
    errorType: 'InvalidSignatureException',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    errorType: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  QUOTA_EXCEEDED: { status: 429, errorType: 'LimitExceededException', message: 'Limit Exceeded' },
  REQUEST_TOO_LARGE: {
    status: 413,
    errorType: 'RequestTooLargeException',
    message: 'HTTP content length exceeded 10485760 bytes.',
  },
  RESOURCE_NOT_FOUND: { status: 404, errorType: 'ResourceNotFoundException', message: 'Not Found' },
  THROTTLED: { status: 429, errorType: 'TooManyRequestsException', message: 'Too Many Requests' },
  UNAUTHORIZED: { status: 401, errorType: 'UnauthorizedException', message: 'Unauthorized' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, errorType: 'BadRequestException', message: 'Unsupported Media Type' },
  WAF_FILTERED: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
} satisfies Record<GatewayResponseType, GatewayResponseDefault>;

/** Why a request ends without its integration's answer. Values are made once, when the program or a deployment is loaded. */
export interface GatewayError {
  readonly responseType: GatewayResponseType;
  readonly status: number;
  readonly errorType: string;
  readonly message: string | null;
  readonly body: Buffer;
  /** What does not fit the model of a request's body. Told by gateway responses that name it, and in logs; absent of all other errors. */
  readonly validationErrorString?: string;
  /** For logs: what happened, in more words than the client is told. */
  readonly reason: string;
}

/** An error of one type; `change` replaces members of the type's default. */
export function gatewayError(
  responseType: GatewayResponseType,
  reason: string,
  change: Partial<GatewayResponseDefault> = {},
): GatewayError {
  const { status, errorType, message, member }: GatewayResponseDefault = {
    ...GATEWAY_RESPONSE_DEFAULTS[responseType],
    ...change,
  };
  return {
    responseType,
    status,
    errorType,
    message,
    reason,
    body: Buffer.from(JSON.stringify({ [member ?? 'message']: message })),
  };
}

/** One entry for everything that a request can fail of. */
export const ERRORS = {
  /** The request target has no canonical form, or the request contradicts itself. */
  badRequest: gatewayError('DEFAULT_4XX', 'bad request'),
  /** No such API or stage here, or its execute-api endpoint is closed. */
  forbidden: gatewayError('DEFAULT_4XX', 'no such API or stage', {
    status: 403,
    errorType: 'ForbiddenException',
    message: 'Forbidden',
  }),
  missingAuthenticationToken: gatewayError('MISSING_AUTHENTICATION_TOKEN', 'no such resource or method'),
  ambiguousPath: gatewayError('INVALID_API_KEY', 'a path that a backend may read as that of a guarded method'),
  unauthorized: gatewayError('UNAUTHORIZED', 'no identity that the authorizer takes'),
  /** Source: AWS's sentence for tokens of user pools. */
  tokenExpired: gatewayError('UNAUTHORIZED', 'the token has expired', { message: 'The incoming token has expired' }),
  notAuthorized: gatewayError('ACCESS_DENIED', 'nothing allows the method'),
  explicitlyDenied: gatewayError('ACCESS_DENIED', "the authorizer's policy denies the method", {
    message: 'User is not authorized to access this resource with an explicit deny',
  }),
  authorizerMisconfigured: gatewayError(
    'AUTHORIZER_CONFIGURATION_ERROR',
    'the authorizer cannot be asked, or its answer is none',
  ),
  authorizerFailed: gatewayError('AUTHORIZER_FAILURE', 'the authorizer did not answer'),
  apiKeyMissing: gatewayError('INVALID_API_KEY', 'API key missing'),
  apiKeyContradictory: gatewayError('INVALID_API_KEY', 'several API keys'),
  apiKeyUnknown: gatewayError('INVALID_API_KEY', 'API key unknown'),
  apiKeyDisabled: gatewayError('INVALID_API_KEY', 'API key disabled'),
  apiKeyWithoutPlan: gatewayError('INVALID_API_KEY', 'API key in no usage plan of this stage'),
  usagePlanThrottled: gatewayError('THROTTLED', 'usage plan throttle'),
  methodThrottled: gatewayError('THROTTLED', 'stage throttle'),
  undecodableBody: gatewayError('API_CONFIGURATION_ERROR', 'text that is no base64 is to become binary'),
  binaryForTemplate: gatewayError('API_CONFIGURATION_ERROR', 'a template for a body of bytes'),
  answerTooLarge: gatewayError('INTEGRATION_FAILURE', 'an answer too large to be transformed', { status: 500 }),
  noJsonForMapping: gatewayError('BAD_REQUEST_BODY', 'a mapping from a body that is no JSON', {
    message: 'Invalid JSON in request body',
  }),
  /** AWS does not say how it reads. */
  invalidationRefused: gatewayError('ACCESS_DENIED', 'cache invalidation that is not authorized'),
  accountThrottled: gatewayError('THROTTLED', 'account throttle'),
  quotaExceeded: gatewayError('QUOTA_EXCEEDED', 'usage plan quota'),
  contradictoryContentType: gatewayError('BAD_REQUEST_BODY', 'several content types, of which models depend'),
  unsupportedMediaType: gatewayError('UNSUPPORTED_MEDIA_TYPE', 'no template for the content type'),
  unmappableValue: gatewayError('DEFAULT_4XX', 'a mapped value cannot stand where it is mapped to'),
  clientBroke: gatewayError('DEFAULT_4XX', 'the client broke off its body'),
  misconfigured: gatewayError('API_CONFIGURATION_ERROR', 'no integration response fits'),
  invalidEndpoint: gatewayError('API_CONFIGURATION_ERROR', 'invalid endpoint address'),
  refusedEndpoint: gatewayError('API_CONFIGURATION_ERROR', 'the endpoint is a refused target'),
  mockWithoutStatus: gatewayError('API_CONFIGURATION_ERROR', 'no status code for the mock integration'),
  forbiddenMapping: gatewayError('API_CONFIGURATION_ERROR', 'mapping to a header that is not to be mapped'),
  unreachable: gatewayError('INTEGRATION_FAILURE', 'network error', { message: 'Network error communicating with endpoint' }),
  overloaded: gatewayError('INTEGRATION_FAILURE', 'too many requests wait for the endpoint', {
    status: 503,
    errorType: 'ServiceUnavailableException',
    message: 'Service Unavailable',
  }),
  badAnswer: gatewayError('INTEGRATION_FAILURE', 'the endpoint did not answer in HTTP/1.1', { status: 500 }),
  /** AWS's sentence for what is more than Lambda takes. */
  eventTooLarge: gatewayError('REQUEST_TOO_LARGE', 'the event is larger than Lambda takes', { message: 'Request Too Long' }),
  noFunctions: gatewayError(
    'API_CONFIGURATION_ERROR',
    'GATEHOUSE_LAMBDA_ENDPOINT is not set: there is nothing that runs functions',
  ),
  noAwsCredentials: gatewayError(
    'API_CONFIGURATION_ERROR',
    'GATEHOUSE_AWS_ACCESS_KEY_ID is not set: there is nothing to ask for roles with',
  ),
  invalidRole: gatewayError('API_CONFIGURATION_ERROR', "the integration's credentials name no role of the API's account"),
  roleNotAssumed: gatewayError('API_CONFIGURATION_ERROR', "the integration's role could not be assumed"),
  unknownVpcLink: gatewayError('API_CONFIGURATION_ERROR', "no VPC link of the API's account"),
  unmappedVpcLink: gatewayError('API_CONFIGURATION_ERROR', 'GATEHOUSE_VPC_LINKS does not say where the VPC link leads'),
  invalidFunction: gatewayError('API_CONFIGURATION_ERROR', 'the integration uri names no function'),
  notPost: gatewayError(
    'API_CONFIGURATION_ERROR',
    'functions are invoked by POST alone, and the integration has another httpMethod',
  ),
  functionRefused: gatewayError('API_CONFIGURATION_ERROR', 'Lambda refused to invoke the function'),
  functionFailed: gatewayError('INTEGRATION_FAILURE', 'the function failed', { status: 502 }),
  functionUnavailable: gatewayError('INTEGRATION_FAILURE', 'Lambda did not run the function', { status: 502 }),
  /** The same where the function is no proxy's. */
  functionNotRun: gatewayError('INTEGRATION_FAILURE', 'Lambda did not run the function', { status: 500 }),
  malformedFunctionAnswer: gatewayError('INTEGRATION_FAILURE', 'malformed Lambda proxy response', { status: 502 }),
  undecodableAnswer: gatewayError('API_CONFIGURATION_ERROR', 'a body that is said to be base64 and is not'),
  undecidedSelection: gatewayError('API_CONFIGURATION_ERROR', 'an error message that is too long for the selection patterns'),
  timedOut: gatewayError('INTEGRATION_TIMEOUT', 'endpoint timed out'),
  internal: gatewayError('DEFAULT_5XX', 'internal error'),
} satisfies Record<string, GatewayError>;

/** A body above `limit` bytes. Source: AWS's sentence, with the limit that is set here. */
export function requestTooLarge(limit: number): GatewayError {
  return gatewayError('REQUEST_TOO_LARGE', 'request body too large', { message: `HTTP content length exceeded ${limit} bytes.` });
}

/** Parameters that a request must have and has not. Source: AWS's sentence. */
export function missingParameters(names: readonly string[]): GatewayError {
  const message = `Missing required request parameters: [${names.join(', ')}]`;
  return gatewayError('BAD_REQUEST_PARAMETERS', 'required parameters are missing', { message });
}

const INVALID_BODY = gatewayError('BAD_REQUEST_BODY', 'the body does not fit its model');

/** A body that is no JSON, or does not fit its model. `faults` are told by gateway responses that name them, in AWS's form. */
export function invalidBody(faults: readonly string[]): GatewayError {
  return { ...INVALID_BODY, validationErrorString: `[${faults.join(', ')}]` };
}

/** A method that asks for what gateways cannot enforce: nothing of it is served. */
export function unenforcedError(settings: readonly string[]): GatewayError {
  return gatewayError('API_CONFIGURATION_ERROR', `settings that cannot be enforced: ${settings.join('; ')}`);
}

/** The same to the client, with more to say in the log. */
export function explained(error: GatewayError, details: string): GatewayError {
  return { ...error, reason: `${error.reason}: ${details}` };
}

/** A fault of the program: the client learns nothing of it, the log does. */
export function internalError(error: unknown): GatewayError {
  return { ...ERRORS.internal, reason: `internal error: ${error instanceof Error ? error.message : String(error)}` };
}

/** Status and member that holds the message, for each error that this process answers. Source: the service model of AWS Lambda. */
const ERRORS = {
  AccessDeniedException: { status: 403, member: 'Message' },
  InvalidSignatureException: { status: 403, member: 'message' },
  InvalidParameterValueException: { status: 400, member: 'message' },
  InvalidRequestContentException: { status: 400, member: 'message' },
  RequestTimeoutException: { status: 408, member: 'message' },
  RequestTooLargeException: { status: 413, member: 'message' },
  ResourceNotFoundException: { status: 404, member: 'Message' },
  UnknownOperationException: { status: 404, member: 'message' },
  TooManyRequestsException: { status: 429, member: 'message' },
  ServiceException: { status: 500, member: 'Message' },
  ServiceUnavailableException: { status: 503, member: 'message' },
} as const;

export type LambdaErrorType = keyof typeof ERRORS;

/** An answer that is not a success, in Lambda's dialect; the message is meant for the caller and says nothing internal. */
export class LambdaError extends Error {
  constructor(
    readonly type: LambdaErrorType,
    message: string,
    /** Of a TooManyRequestsException: which limit it was. */
    readonly limit?: 'ConcurrentInvocationLimitExceeded' | 'ReservedFunctionConcurrentInvocationLimitExceeded',
  ) {
    super(message);
  }

  get status(): number {
    return ERRORS[this.type].status;
  }

  /** JSON. */
  get body(): string {
    return JSON.stringify({
      Type: this.status < 500 ? 'User' : 'Server',
      ...(this.limit && { Reason: this.limit }),
      [ERRORS[this.type].member]: this.message,
    });
  }
}

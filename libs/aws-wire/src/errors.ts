/** The HTTP status of each error type that the admin APIs answer. Source: the service models, and AWS's common errors. */
export const ERROR_STATUS = {
  BadRequestException: 400,
  ValidationException: 400,
  SerializationException: 400,
  CodeStorageExceededException: 400,
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  PolicyLengthExceededException: 400,
  UnauthorizedException: 401,
  AccessDeniedException: 403,
  InvalidSignatureException: 403,
  IncompleteSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  ExpiredTokenException: 403,
  NotFoundException: 404,
  UnknownOperationException: 404,
  CodeSigningConfigNotFoundException: 404,
  ResourceNotFoundException: 404,
  RequestTimeoutException: 408,
  ConflictException: 409,
  ResourceConflictException: 409,
  PreconditionFailedException: 412,
  RequestEntityTooLargeException: 413,
  RequestTooLargeException: 413,
  ExpectationFailedException: 417,
  LimitExceededException: 429,
  TooManyRequestsException: 429,
  RequestHeadTooLargeException: 431,
  InternalFailure: 500,
  ServiceException: 500,
  NotImplementedException: 501,
  ServiceUnavailableException: 503,
} as const;

export type ErrorType = keyof typeof ERROR_STATUS;

/** An answer of the admin API that is not a success; the message is meant for the client and says nothing internal. */
export class AwsError extends Error {
  constructor(
    readonly type: ErrorType,
    message: string,
    /** Seconds, for the `Retry-After` header. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }

  get status(): number {
    return ERROR_STATUS[this.type];
  }
}

export const badRequest = (message: string) => new AwsError('BadRequestException', message);
export const conflict = (message: string) => new AwsError('ConflictException', message);
export const notFound = (message: string) => new AwsError('NotFoundException', message);
/** AWS's answer to whoever meets another writer of the same thing. */
export const concurrentModification = () =>
  conflict('Unable to complete operation due to concurrent modification. Please try again later.');

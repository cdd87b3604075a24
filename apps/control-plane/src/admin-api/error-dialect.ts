import { AwsError, type ErrorType } from '@gatehouse/aws-wire';
import type { SigningService } from './requested-service.js';

/** Where Lambda's own errors have their sentence; with it they say whose fault they are. Source: Lambda's service model. */
const SENTENCES = new Map<ErrorType, 'message' | 'Message'>([
  ['CodeSigningConfigNotFoundException', 'Message'],
  ['CodeStorageExceededException', 'message'],
  ['InvalidParameterValueException', 'message'],
  ['InvalidRequestContentException', 'message'],
  ['PolicyLengthExceededException', 'message'],
  ['PreconditionFailedException', 'message'],
  ['RequestTooLargeException', 'message'],
  ['ResourceConflictException', 'message'],
  ['ResourceNotFoundException', 'Message'],
  ['ServiceException', 'Message'],
  ['TooManyRequestsException', 'message'],
]);

/** What API Gateway says, in Lambda's words: whoever finds these errors serves both. */
const IN_LAMBDA = new Map<ErrorType, ErrorType>([
  ['BadRequestException', 'InvalidParameterValueException'],
  ['ConflictException', 'ResourceConflictException'],
  ['InternalFailure', 'ServiceException'],
  ['NotFoundException', 'ResourceNotFoundException'],
]);

/** An error as the API of `service` has it, and its body there. What all of AWS's services answer, such as signature errors, has `message` in both. */
export function inDialect(service: SigningService, error: AwsError): { error: AwsError; body: object } {
  if (service === 'apigateway') return { error, body: { message: error.message } };
  const type = IN_LAMBDA.get(error.type) ?? error.type;
  const lambda = type === error.type ? error : new AwsError(type, error.message, error.retryAfterSeconds);
  const sentence = SENTENCES.get(type);
  if (sentence) return { error: lambda, body: { Type: lambda.status < 500 ? 'User' : 'Server', [sentence]: error.message } };
  return { error: lambda, body: { [type === 'AccessDeniedException' ? 'Message' : 'message']: error.message } };
}

import { AwsError } from '@gatehouse/aws-wire';
import { HttpException } from '@nestjs/common';
import { databaseFault } from './database-fault.js';

/** Codes of Fastify for requests that it refuses itself. Source: Fastify's error reference. */
const FASTIFY_ERRORS = new Map([
  ['FST_ERR_CTP_BODY_TOO_LARGE', new AwsError('RequestTooLargeException', 'The request body is larger than 6 MB')],
  [
    'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
    new AwsError('BadRequestException', 'The request body is not as long as Content-Length says'),
  ],
  ['FST_ERR_BAD_URL', new AwsError('BadRequestException', 'The path of the request is not well-formed')],
  ['FST_ERR_MAX_PARAM_LENGTH', new AwsError('BadRequestException', 'A part of the path is too long')],
]);

export const unknownOperation = (method: string, target: string) =>
  new AwsError('UnknownOperationException', `No operation has the method ${method} and the path ${target.split('?', 1)[0]}`);

/**
 * What a client is told about an error; undefined for a fault of ours, about which it is told nothing. Nothing below the admin API knows
 * HTTP, so an `HttpException` can only be Nest's or Fastify's own.
 */
export function answerTo(error: unknown, method: string, target: string): AwsError | undefined {
  if (error instanceof AwsError) return error;
  if (error instanceof HttpException && error.getStatus() === 404) return unknownOperation(method, target);
  return FASTIFY_ERRORS.get(codeOf(error)) ?? databaseFault(error);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

import { notBuilt, OPERATIONS } from '@gatehouse/admin-contract';
import { AwsError } from '@gatehouse/aws-wire';
import { HttpException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bodyLimitOf } from './body-limits.js';
import { isConnectionsTarget } from './connections-target.js';
import { databaseFault } from './database-fault.js';

/** Codes of Fastify for requests that it refuses itself. Source: Fastify's error reference. */
const FASTIFY_ERRORS = new Map([
  [
    'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
    new AwsError('BadRequestException', 'The request body is not as long as Content-Length says'),
  ],
  ['FST_ERR_BAD_URL', new AwsError('BadRequestException', 'The path of the request is not well-formed')],
  ['FST_ERR_MAX_PARAM_LENGTH', new AwsError('BadRequestException', 'A part of the path is too long')],
]);

/** The answer to a method and path that no controller has. `@connections` is known, and served by gateways once they can. */
function unknownOperation(method: string, target: string): AwsError {
  const path = target.split('?', 1)[0] ?? target;
  const connections = Object.values(OPERATIONS.apigatewaymanagementapi).find((operation) => operation.method === method);
  if (connections && isConnectionsTarget(path)) return notBuilt(connections.name);
  return new AwsError('UnknownOperationException', `No operation has the method ${method} and the path ${path}`);
}

/**
 * What a client is told about an error; undefined for a fault of ours, about which it is told nothing. Nothing below the admin API knows
 * HTTP, so an `HttpException` is Nest's (no such route) or Fastify's (a request that it refuses), wrapped by Nest.
 */
export function answerTo(error: unknown, request: FastifyRequest): AwsError | undefined {
  if (error instanceof AwsError) return error;
  if (!(error instanceof HttpException)) return refusalOf(error, request) ?? databaseFault(error);
  if (error.getStatus() === 404) return unknownOperation(request.method, request.raw.url ?? '/');
  return refusalOf(error.cause, request) ?? new AwsError('BadRequestException', error.message);
}

function refusalOf(error: unknown, request: FastifyRequest): AwsError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return bodyLimitOf(request.method, request.routeOptions.url).refusal;
  return FASTIFY_ERRORS.get(String(error.code));
}

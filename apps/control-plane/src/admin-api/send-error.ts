import { AwsError } from '@gatehouse/aws-wire';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { inDialect } from './error-dialect.js';
import { requestedService } from './requested-service.js';

const INTERNAL = new AwsError('InternalFailure', 'The request processing has failed because of an unknown error.');

/**
 * Answers with an error as the service of AWS does whose API was called: its type in a header, its message in the body. Without `answer` the fault is ours: it is written to
 * stderr once, under the id that the client gets, and the client learns nothing else.
 */
export function sendError(reply: FastifyReply, request: FastifyRequest, answer: AwsError | undefined, cause: unknown): void {
  if (!answer) console.error(`request ${request.id}: ${cause instanceof Error ? cause.stack : String(cause)}`);
  const { error, body } = inDialect(requestedService(request), answer ?? INTERNAL);
  reply.header('x-amzn-RequestId', request.id).header('x-amzn-ErrorType', error.type);
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  // As bytes: to text Fastify would add a charset, which AWS does not send and JSON does not have.
  void reply
    .code(error.status)
    .header('content-type', 'application/json')
    .send(Buffer.from(JSON.stringify(body)));
}

import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerTo } from './error-answer.js';
import { PassedOnError } from './passed-on-error.js';
import { sendError } from './send-error.js';

/** The one place where errors become answers: those of services, of hooks, of Fastify, and unknown paths. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (error instanceof PassedOnError) return passOn(http.getResponse<FastifyReply>(), error);
    sendError(http.getResponse<FastifyReply>(), request, answerTo(error, request), error);
  }
}

function passOn(reply: FastifyReply, { status, headers, body }: PassedOnError): void {
  void reply.code(status).headers(headers).send(body);
}

import { operationOf, outputOf, wireAnswer, type OperationDescription } from '@gatehouse/admin-contract';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { AdminFastifyRequest } from './admin-request.js';
import { toWire } from './to-wire.js';

/** Turns what an operation gives back into what its service version puts on the wire: headers, and JSON or a payload's bytes. */
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operation = operationOf(context.getHandler(), null);
    return operation ? next.handle().pipe(map((answer: unknown) => this.answer(context, operation, answer))) : next.handle();
  }

  private answer(context: ExecutionContext, operation: OperationDescription, answer: unknown): unknown {
    const { status, headers, body } = wireAnswer(answer, outputOf(context.getHandler()));
    context.switchToHttp().getRequest<AdminFastifyRequest>().answerStatus = status;
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    // What a function answers is JSON, as far as AWS tells.
    if (operation.service === 'lambda' && Buffer.isBuffer(body)) reply.header('content-type', 'application/json');
    for (const [name, value] of headers) reply.header(name, value);
    return toWire(body, operation.service);
  }
}

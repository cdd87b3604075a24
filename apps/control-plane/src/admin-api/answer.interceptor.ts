import { operationOf } from '@gatehouse/admin-contract';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { toWire } from './to-wire.js';

/** Turns what an operation gives back into what its service version puts on the wire. */
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operation = operationOf(context.getHandler(), null);
    return operation ? next.handle().pipe(map((answer: unknown) => toWire(answer, operation.service))) : next.handle();
  }
}

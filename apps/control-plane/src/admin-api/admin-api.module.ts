import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AnswerInterceptor } from './answer.interceptor.js';
import { ErrorFilter } from './error.filter.js';
import { HealthController } from './health.controller.js';
import { OperationGuard } from './operation.guard.js';

/** What stands around every operation: permission, answer, error. */
@Module({
  controllers: [HealthController],
  providers: [
    { provide: APP_GUARD, useClass: OperationGuard },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
})
export class AdminApiModule {}

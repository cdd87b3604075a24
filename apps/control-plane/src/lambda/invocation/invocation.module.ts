import { InvocationsController, InvocationsOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { FunctionsService } from './functions-service.js';
import { InvocationService } from './invocation.service.js';

@Module({
  controllers: [InvocationsController],
  providers: [FunctionsService, { provide: InvocationsOperations, useClass: InvocationService }],
})
export class InvocationModule {}

import { MethodResponsesController, MethodResponsesOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { MethodResponsesService } from './method-response.service.js';

@Module({
  controllers: [MethodResponsesController],
  providers: [{ provide: MethodResponsesOperations, useClass: MethodResponsesService }],
})
export class MethodResponseModule {}

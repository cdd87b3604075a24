import { MethodsController, MethodsOperations } from '@gatehouse/admin-contract/apigateway';
import { Module } from '@nestjs/common';
import { TestInvocationModule } from '../test-invocation/test-invocation.module.js';
import { MethodsService } from './method.service.js';

@Module({
  imports: [TestInvocationModule],
  controllers: [MethodsController],
  providers: [{ provide: MethodsOperations, useClass: MethodsService }],
})
export class MethodModule {}

import { FunctionsController, FunctionsOperations } from '@gatehouse/admin-contract/lambda';
import { Module } from '@nestjs/common';
import { FunctionCodeController } from './function-code.controller.js';
import { FunctionsService } from './function.service.js';

@Module({
  controllers: [FunctionsController, FunctionCodeController],
  providers: [{ provide: FunctionsOperations, useClass: FunctionsService }],
})
export class FunctionModule {}

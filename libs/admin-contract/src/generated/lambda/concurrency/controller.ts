// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { ConcurrencyOperations } from './operations.js';

@Controller()
export class ConcurrencyController {
  constructor(@Inject(ConcurrencyOperations) private readonly operations: ConcurrencyOperations) {}

  @Delete('/2017-10-31/functions/:FunctionName/concurrency')
  @HttpCode(204)
  @Operation('lambda', 'DeleteFunctionConcurrency', dto.DeleteFunctionConcurrencyRequest)
  deleteFunctionConcurrency(@Call() call: AdminCall, @Input(dto.DeleteFunctionConcurrencyRequest) input: dto.DeleteFunctionConcurrencyRequest) {
    return this.operations.deleteFunctionConcurrency(call, input);
  }

  @Get('/2019-09-30/functions/:FunctionName/concurrency')
  @HttpCode(200)
  @Operation('lambda', 'GetFunctionConcurrency', dto.GetFunctionConcurrencyRequest, dto.GetFunctionConcurrencyResponse)
  getFunctionConcurrency(@Call() call: AdminCall, @Input(dto.GetFunctionConcurrencyRequest) input: dto.GetFunctionConcurrencyRequest) {
    return this.operations.getFunctionConcurrency(call, input);
  }

  @Put('/2017-10-31/functions/:FunctionName/concurrency')
  @HttpCode(200)
  @Operation('lambda', 'PutFunctionConcurrency', dto.PutFunctionConcurrencyRequest, dto.Concurrency)
  putFunctionConcurrency(@Call() call: AdminCall, @Input(dto.PutFunctionConcurrencyRequest) input: dto.PutFunctionConcurrencyRequest) {
    return this.operations.putFunctionConcurrency(call, input);
  }
}

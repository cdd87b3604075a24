// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { InvocationsOperations } from './operations.js';

@Controller()
export class InvocationsController {
  constructor(@Inject(InvocationsOperations) private readonly operations: InvocationsOperations) {}

  @Post('/2015-03-31/functions/:FunctionName/invocations')
  @HttpCode(200)
  @Operation('lambda', 'Invoke', dto.InvokeRequest, dto.InvocationResponse)
  invoke(@Call() call: AdminCall, @Input(dto.InvokeRequest) input: dto.InvokeRequest) {
    return this.operations.invoke(call, input);
  }

  @Post('/2021-11-15/functions/:FunctionName/response-streaming-invocations')
  @HttpCode(200)
  @Operation('lambda', 'InvokeWithResponseStream', dto.InvokeWithResponseStreamRequest, dto.InvokeWithResponseStreamResponse)
  invokeWithResponseStream(@Call() call: AdminCall, @Input(dto.InvokeWithResponseStreamRequest) input: dto.InvokeWithResponseStreamRequest) {
    return this.operations.invokeWithResponseStream(call, input);
  }
}

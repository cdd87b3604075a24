// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { MethodResponsesOperations } from './operations.js';

@Controller()
export class MethodResponsesController {
  constructor(@Inject(MethodResponsesOperations) private readonly operations: MethodResponsesOperations) {}

  @Delete('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/responses/:statusCode')
  @HttpCode(204)
  @Operation('apigateway', 'DeleteMethodResponse', dto.DeleteMethodResponseRequest)
  deleteMethodResponse(@Call() call: AdminCall, @Input(dto.DeleteMethodResponseRequest) input: dto.DeleteMethodResponseRequest) {
    return this.operations.deleteMethodResponse(call, input);
  }

  @Get('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/responses/:statusCode')
  @HttpCode(200)
  @Operation('apigateway', 'GetMethodResponse', dto.GetMethodResponseRequest, dto.MethodResponse)
  getMethodResponse(@Call() call: AdminCall, @Input(dto.GetMethodResponseRequest) input: dto.GetMethodResponseRequest) {
    return this.operations.getMethodResponse(call, input);
  }

  @Put('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/responses/:statusCode')
  @HttpCode(201)
  @Operation('apigateway', 'PutMethodResponse', dto.PutMethodResponseRequest, dto.MethodResponse)
  putMethodResponse(@Call() call: AdminCall, @Input(dto.PutMethodResponseRequest) input: dto.PutMethodResponseRequest) {
    return this.operations.putMethodResponse(call, input);
  }

  @Patch('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/responses/:statusCode')
  @HttpCode(201)
  @Operation('apigateway', 'UpdateMethodResponse', dto.UpdateMethodResponseRequest, dto.MethodResponse)
  updateMethodResponse(@Call() call: AdminCall, @Input(dto.UpdateMethodResponseRequest) input: dto.UpdateMethodResponseRequest) {
    return this.operations.updateMethodResponse(call, input);
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { MethodsOperations } from './operations.js';

@Controller()
export class MethodsController {
  constructor(@Inject(MethodsOperations) private readonly operations: MethodsOperations) {}

  @Delete('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod')
  @HttpCode(204)
  @Operation('apigateway', 'DeleteMethod', dto.DeleteMethodRequest)
  deleteMethod(@Call() call: AdminCall, @Input(dto.DeleteMethodRequest) input: dto.DeleteMethodRequest) {
    return this.operations.deleteMethod(call, input);
  }

  @Get('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod')
  @HttpCode(200)
  @Operation('apigateway', 'GetMethod', dto.GetMethodRequest, dto.Method)
  getMethod(@Call() call: AdminCall, @Input(dto.GetMethodRequest) input: dto.GetMethodRequest) {
    return this.operations.getMethod(call, input);
  }

  @Put('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod')
  @HttpCode(201)
  @Operation('apigateway', 'PutMethod', dto.PutMethodRequest, dto.Method)
  putMethod(@Call() call: AdminCall, @Input(dto.PutMethodRequest) input: dto.PutMethodRequest) {
    return this.operations.putMethod(call, input);
  }

  @Post('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod')
  @HttpCode(200)
  @Operation('apigateway', 'TestInvokeMethod', dto.TestInvokeMethodRequest, dto.TestInvokeMethodResponse)
  testInvokeMethod(@Call() call: AdminCall, @Input(dto.TestInvokeMethodRequest) input: dto.TestInvokeMethodRequest) {
    return this.operations.testInvokeMethod(call, input);
  }

  @Patch('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateMethod', dto.UpdateMethodRequest, dto.Method)
  updateMethod(@Call() call: AdminCall, @Input(dto.UpdateMethodRequest) input: dto.UpdateMethodRequest) {
    return this.operations.updateMethod(call, input);
  }
}

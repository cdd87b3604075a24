// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { GatewayResponsesOperations } from './operations.js';

@Controller()
export class GatewayResponsesController {
  constructor(@Inject(GatewayResponsesOperations) private readonly operations: GatewayResponsesOperations) {}

  @Delete('/restapis/:restApiId/gatewayresponses/:responseType')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteGatewayResponse', dto.DeleteGatewayResponseRequest)
  deleteGatewayResponse(@Call() call: AdminCall, @Input(dto.DeleteGatewayResponseRequest) input: dto.DeleteGatewayResponseRequest) {
    return this.operations.deleteGatewayResponse(call, input);
  }

  @Get('/restapis/:restApiId/gatewayresponses/:responseType')
  @HttpCode(200)
  @Operation('apigateway', 'GetGatewayResponse', dto.GetGatewayResponseRequest, dto.GatewayResponse)
  getGatewayResponse(@Call() call: AdminCall, @Input(dto.GetGatewayResponseRequest) input: dto.GetGatewayResponseRequest) {
    return this.operations.getGatewayResponse(call, input);
  }

  @Get('/restapis/:restApiId/gatewayresponses')
  @HttpCode(200)
  @Operation('apigateway', 'GetGatewayResponses', dto.GetGatewayResponsesRequest, dto.GatewayResponses)
  getGatewayResponses(@Call() call: AdminCall, @Input(dto.GetGatewayResponsesRequest) input: dto.GetGatewayResponsesRequest) {
    return this.operations.getGatewayResponses(call, input);
  }

  @Put('/restapis/:restApiId/gatewayresponses/:responseType')
  @HttpCode(201)
  @Operation('apigateway', 'PutGatewayResponse', dto.PutGatewayResponseRequest, dto.GatewayResponse)
  putGatewayResponse(@Call() call: AdminCall, @Input(dto.PutGatewayResponseRequest) input: dto.PutGatewayResponseRequest) {
    return this.operations.putGatewayResponse(call, input);
  }

  @Patch('/restapis/:restApiId/gatewayresponses/:responseType')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateGatewayResponse', dto.UpdateGatewayResponseRequest, dto.GatewayResponse)
  updateGatewayResponse(@Call() call: AdminCall, @Input(dto.UpdateGatewayResponseRequest) input: dto.UpdateGatewayResponseRequest) {
    return this.operations.updateGatewayResponse(call, input);
  }
}

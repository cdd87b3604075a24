// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { IntegrationResponsesOperations } from './operations.js';

@Controller()
export class IntegrationResponsesController {
  constructor(@Inject(IntegrationResponsesOperations) private readonly operations: IntegrationResponsesOperations) {}

  @Post('/v2/apis/:apiId/integrations/:integrationId/integrationresponses')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateIntegrationResponse', dto.CreateIntegrationResponseRequest, dto.CreateIntegrationResponseResponse)
  createIntegrationResponse(@Call() call: AdminCall, @Input(dto.CreateIntegrationResponseRequest) input: dto.CreateIntegrationResponseRequest) {
    return this.operations.createIntegrationResponse(call, input);
  }

  @Delete('/v2/apis/:apiId/integrations/:integrationId/integrationresponses/:integrationResponseId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteIntegrationResponse', dto.DeleteIntegrationResponseRequest)
  deleteIntegrationResponse(@Call() call: AdminCall, @Input(dto.DeleteIntegrationResponseRequest) input: dto.DeleteIntegrationResponseRequest) {
    return this.operations.deleteIntegrationResponse(call, input);
  }

  @Get('/v2/apis/:apiId/integrations/:integrationId/integrationresponses/:integrationResponseId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetIntegrationResponse', dto.GetIntegrationResponseRequest, dto.GetIntegrationResponseResponse)
  getIntegrationResponse(@Call() call: AdminCall, @Input(dto.GetIntegrationResponseRequest) input: dto.GetIntegrationResponseRequest) {
    return this.operations.getIntegrationResponse(call, input);
  }

  @Get('/v2/apis/:apiId/integrations/:integrationId/integrationresponses')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetIntegrationResponses', dto.GetIntegrationResponsesRequest, dto.GetIntegrationResponsesResponse)
  getIntegrationResponses(@Call() call: AdminCall, @Input(dto.GetIntegrationResponsesRequest) input: dto.GetIntegrationResponsesRequest) {
    return this.operations.getIntegrationResponses(call, input);
  }

  @Patch('/v2/apis/:apiId/integrations/:integrationId/integrationresponses/:integrationResponseId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateIntegrationResponse', dto.UpdateIntegrationResponseRequest, dto.UpdateIntegrationResponseResponse)
  updateIntegrationResponse(@Call() call: AdminCall, @Input(dto.UpdateIntegrationResponseRequest) input: dto.UpdateIntegrationResponseRequest) {
    return this.operations.updateIntegrationResponse(call, input);
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { IntegrationsOperations } from './operations.js';

@Controller()
export class IntegrationsController {
  constructor(@Inject(IntegrationsOperations) private readonly operations: IntegrationsOperations) {}

  @Post('/v2/apis/:apiId/integrations')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateIntegration', dto.CreateIntegrationRequest, dto.CreateIntegrationResult)
  createIntegration(@Call() call: AdminCall, @Input(dto.CreateIntegrationRequest) input: dto.CreateIntegrationRequest) {
    return this.operations.createIntegration(call, input);
  }

  @Delete('/v2/apis/:apiId/integrations/:integrationId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteIntegration', dto.DeleteIntegrationRequest)
  deleteIntegration(@Call() call: AdminCall, @Input(dto.DeleteIntegrationRequest) input: dto.DeleteIntegrationRequest) {
    return this.operations.deleteIntegration(call, input);
  }

  @Get('/v2/apis/:apiId/integrations/:integrationId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetIntegration', dto.GetIntegrationRequest, dto.GetIntegrationResult)
  getIntegration(@Call() call: AdminCall, @Input(dto.GetIntegrationRequest) input: dto.GetIntegrationRequest) {
    return this.operations.getIntegration(call, input);
  }

  @Get('/v2/apis/:apiId/integrations')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetIntegrations', dto.GetIntegrationsRequest, dto.GetIntegrationsResponse)
  getIntegrations(@Call() call: AdminCall, @Input(dto.GetIntegrationsRequest) input: dto.GetIntegrationsRequest) {
    return this.operations.getIntegrations(call, input);
  }

  @Patch('/v2/apis/:apiId/integrations/:integrationId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateIntegration', dto.UpdateIntegrationRequest, dto.UpdateIntegrationResult)
  updateIntegration(@Call() call: AdminCall, @Input(dto.UpdateIntegrationRequest) input: dto.UpdateIntegrationRequest) {
    return this.operations.updateIntegration(call, input);
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { IntegrationsOperations } from './operations.js';

@Controller()
export class IntegrationsController {
  constructor(@Inject(IntegrationsOperations) private readonly operations: IntegrationsOperations) {}

  @Delete('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration')
  @HttpCode(204)
  @Operation('apigateway', 'DeleteIntegration', dto.DeleteIntegrationRequest)
  deleteIntegration(@Call() call: AdminCall, @Input(dto.DeleteIntegrationRequest) input: dto.DeleteIntegrationRequest) {
    return this.operations.deleteIntegration(call, input);
  }

  @Get('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration')
  @HttpCode(200)
  @Operation('apigateway', 'GetIntegration', dto.GetIntegrationRequest, dto.Integration)
  getIntegration(@Call() call: AdminCall, @Input(dto.GetIntegrationRequest) input: dto.GetIntegrationRequest) {
    return this.operations.getIntegration(call, input);
  }

  @Put('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration')
  @HttpCode(201)
  @Operation('apigateway', 'PutIntegration', dto.PutIntegrationRequest, dto.Integration)
  putIntegration(@Call() call: AdminCall, @Input(dto.PutIntegrationRequest) input: dto.PutIntegrationRequest) {
    return this.operations.putIntegration(call, input);
  }

  @Patch('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateIntegration', dto.UpdateIntegrationRequest, dto.Integration)
  updateIntegration(@Call() call: AdminCall, @Input(dto.UpdateIntegrationRequest) input: dto.UpdateIntegrationRequest) {
    return this.operations.updateIntegration(call, input);
  }
}

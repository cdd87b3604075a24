// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { IntegrationResponsesOperations } from './operations.js';

@Controller()
export class IntegrationResponsesController {
  constructor(@Inject(IntegrationResponsesOperations) private readonly operations: IntegrationResponsesOperations) {}

  @Delete('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration/responses/:statusCode')
  @HttpCode(204)
  @Operation('apigateway', 'DeleteIntegrationResponse', dto.DeleteIntegrationResponseRequest)
  deleteIntegrationResponse(@Call() call: AdminCall, @Input(dto.DeleteIntegrationResponseRequest) input: dto.DeleteIntegrationResponseRequest) {
    return this.operations.deleteIntegrationResponse(call, input);
  }

  @Get('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration/responses/:statusCode')
  @HttpCode(200)
  @Operation('apigateway', 'GetIntegrationResponse', dto.GetIntegrationResponseRequest, dto.IntegrationResponse)
  getIntegrationResponse(@Call() call: AdminCall, @Input(dto.GetIntegrationResponseRequest) input: dto.GetIntegrationResponseRequest) {
    return this.operations.getIntegrationResponse(call, input);
  }

  @Put('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration/responses/:statusCode')
  @HttpCode(201)
  @Operation('apigateway', 'PutIntegrationResponse', dto.PutIntegrationResponseRequest, dto.IntegrationResponse)
  putIntegrationResponse(@Call() call: AdminCall, @Input(dto.PutIntegrationResponseRequest) input: dto.PutIntegrationResponseRequest) {
    return this.operations.putIntegrationResponse(call, input);
  }

  @Patch('/restapis/:restApiId/resources/:resourceId/methods/:httpMethod/integration/responses/:statusCode')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateIntegrationResponse', dto.UpdateIntegrationResponseRequest, dto.IntegrationResponse)
  updateIntegrationResponse(@Call() call: AdminCall, @Input(dto.UpdateIntegrationResponseRequest) input: dto.UpdateIntegrationResponseRequest) {
    return this.operations.updateIntegrationResponse(call, input);
  }
}

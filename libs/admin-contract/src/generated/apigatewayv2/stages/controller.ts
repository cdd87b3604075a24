// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { StagesOperations } from './operations.js';

@Controller()
export class StagesController {
  constructor(@Inject(StagesOperations) private readonly operations: StagesOperations) {}

  @Post('/v2/apis/:apiId/stages')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateStage', dto.CreateStageRequest, dto.CreateStageResponse)
  createStage(@Call() call: AdminCall, @Input(dto.CreateStageRequest) input: dto.CreateStageRequest) {
    return this.operations.createStage(call, input);
  }

  @Delete('/v2/apis/:apiId/stages/:stageName/accesslogsettings')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteAccessLogSettings', dto.DeleteAccessLogSettingsRequest)
  deleteAccessLogSettings(@Call() call: AdminCall, @Input(dto.DeleteAccessLogSettingsRequest) input: dto.DeleteAccessLogSettingsRequest) {
    return this.operations.deleteAccessLogSettings(call, input);
  }

  @Delete('/v2/apis/:apiId/stages/:stageName/routesettings/:routeKey')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteRouteSettings', dto.DeleteRouteSettingsRequest)
  deleteRouteSettings(@Call() call: AdminCall, @Input(dto.DeleteRouteSettingsRequest) input: dto.DeleteRouteSettingsRequest) {
    return this.operations.deleteRouteSettings(call, input);
  }

  @Delete('/v2/apis/:apiId/stages/:stageName')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteStage', dto.DeleteStageRequest)
  deleteStage(@Call() call: AdminCall, @Input(dto.DeleteStageRequest) input: dto.DeleteStageRequest) {
    return this.operations.deleteStage(call, input);
  }

  @Get('/v2/apis/:apiId/stages/:stageName')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetStage', dto.GetStageRequest, dto.GetStageResponse)
  getStage(@Call() call: AdminCall, @Input(dto.GetStageRequest) input: dto.GetStageRequest) {
    return this.operations.getStage(call, input);
  }

  @Get('/v2/apis/:apiId/stages')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetStages', dto.GetStagesRequest, dto.GetStagesResponse)
  getStages(@Call() call: AdminCall, @Input(dto.GetStagesRequest) input: dto.GetStagesRequest) {
    return this.operations.getStages(call, input);
  }

  @Delete('/v2/apis/:apiId/stages/:stageName/cache/authorizers')
  @HttpCode(204)
  @Operation('apigatewayv2', 'ResetAuthorizersCache', dto.ResetAuthorizersCacheRequest)
  resetAuthorizersCache(@Call() call: AdminCall, @Input(dto.ResetAuthorizersCacheRequest) input: dto.ResetAuthorizersCacheRequest) {
    return this.operations.resetAuthorizersCache(call, input);
  }

  @Patch('/v2/apis/:apiId/stages/:stageName')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateStage', dto.UpdateStageRequest, dto.UpdateStageResponse)
  updateStage(@Call() call: AdminCall, @Input(dto.UpdateStageRequest) input: dto.UpdateStageRequest) {
    return this.operations.updateStage(call, input);
  }
}

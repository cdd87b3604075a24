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

  @Post('/restapis/:restApiId/stages')
  @HttpCode(201)
  @Operation('apigateway', 'CreateStage', dto.CreateStageRequest, dto.Stage)
  createStage(@Call() call: AdminCall, @Input(dto.CreateStageRequest) input: dto.CreateStageRequest) {
    return this.operations.createStage(call, input);
  }

  @Delete('/restapis/:restApiId/stages/:stageName')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteStage', dto.DeleteStageRequest)
  deleteStage(@Call() call: AdminCall, @Input(dto.DeleteStageRequest) input: dto.DeleteStageRequest) {
    return this.operations.deleteStage(call, input);
  }

  @Delete('/restapis/:restApiId/stages/:stageName/cache/authorizers')
  @HttpCode(202)
  @Operation('apigateway', 'FlushStageAuthorizersCache', dto.FlushStageAuthorizersCacheRequest)
  flushStageAuthorizersCache(@Call() call: AdminCall, @Input(dto.FlushStageAuthorizersCacheRequest) input: dto.FlushStageAuthorizersCacheRequest) {
    return this.operations.flushStageAuthorizersCache(call, input);
  }

  @Delete('/restapis/:restApiId/stages/:stageName/cache/data')
  @HttpCode(202)
  @Operation('apigateway', 'FlushStageCache', dto.FlushStageCacheRequest)
  flushStageCache(@Call() call: AdminCall, @Input(dto.FlushStageCacheRequest) input: dto.FlushStageCacheRequest) {
    return this.operations.flushStageCache(call, input);
  }

  @Get('/restapis/:restApiId/stages/:stageName')
  @HttpCode(200)
  @Operation('apigateway', 'GetStage', dto.GetStageRequest, dto.Stage)
  getStage(@Call() call: AdminCall, @Input(dto.GetStageRequest) input: dto.GetStageRequest) {
    return this.operations.getStage(call, input);
  }

  @Get('/restapis/:restApiId/stages')
  @HttpCode(200)
  @Operation('apigateway', 'GetStages', dto.GetStagesRequest, dto.Stages)
  getStages(@Call() call: AdminCall, @Input(dto.GetStagesRequest) input: dto.GetStagesRequest) {
    return this.operations.getStages(call, input);
  }

  @Patch('/restapis/:restApiId/stages/:stageName')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateStage', dto.UpdateStageRequest, dto.Stage)
  updateStage(@Call() call: AdminCall, @Input(dto.UpdateStageRequest) input: dto.UpdateStageRequest) {
    return this.operations.updateStage(call, input);
  }
}

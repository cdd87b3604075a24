// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { ModelsOperations } from './operations.js';

@Controller()
export class ModelsController {
  constructor(@Inject(ModelsOperations) private readonly operations: ModelsOperations) {}

  @Post('/v2/apis/:apiId/models')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateModel', dto.CreateModelRequest, dto.CreateModelResponse)
  createModel(@Call() call: AdminCall, @Input(dto.CreateModelRequest) input: dto.CreateModelRequest) {
    return this.operations.createModel(call, input);
  }

  @Delete('/v2/apis/:apiId/models/:modelId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteModel', dto.DeleteModelRequest)
  deleteModel(@Call() call: AdminCall, @Input(dto.DeleteModelRequest) input: dto.DeleteModelRequest) {
    return this.operations.deleteModel(call, input);
  }

  @Get('/v2/apis/:apiId/models/:modelId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetModel', dto.GetModelRequest, dto.GetModelResponse)
  getModel(@Call() call: AdminCall, @Input(dto.GetModelRequest) input: dto.GetModelRequest) {
    return this.operations.getModel(call, input);
  }

  @Get('/v2/apis/:apiId/models/:modelId/template')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetModelTemplate', dto.GetModelTemplateRequest, dto.GetModelTemplateResponse)
  getModelTemplate(@Call() call: AdminCall, @Input(dto.GetModelTemplateRequest) input: dto.GetModelTemplateRequest) {
    return this.operations.getModelTemplate(call, input);
  }

  @Get('/v2/apis/:apiId/models')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetModels', dto.GetModelsRequest, dto.GetModelsResponse)
  getModels(@Call() call: AdminCall, @Input(dto.GetModelsRequest) input: dto.GetModelsRequest) {
    return this.operations.getModels(call, input);
  }

  @Patch('/v2/apis/:apiId/models/:modelId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateModel', dto.UpdateModelRequest, dto.UpdateModelResponse)
  updateModel(@Call() call: AdminCall, @Input(dto.UpdateModelRequest) input: dto.UpdateModelRequest) {
    return this.operations.updateModel(call, input);
  }
}

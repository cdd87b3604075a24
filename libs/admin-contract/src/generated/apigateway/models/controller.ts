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

  @Post('/restapis/:restApiId/models')
  @HttpCode(201)
  @Operation('apigateway', 'CreateModel', dto.CreateModelRequest, dto.Model)
  createModel(@Call() call: AdminCall, @Input(dto.CreateModelRequest) input: dto.CreateModelRequest) {
    return this.operations.createModel(call, input);
  }

  @Delete('/restapis/:restApiId/models/:modelName')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteModel', dto.DeleteModelRequest)
  deleteModel(@Call() call: AdminCall, @Input(dto.DeleteModelRequest) input: dto.DeleteModelRequest) {
    return this.operations.deleteModel(call, input);
  }

  @Get('/restapis/:restApiId/models/:modelName')
  @HttpCode(200)
  @Operation('apigateway', 'GetModel', dto.GetModelRequest, dto.Model)
  getModel(@Call() call: AdminCall, @Input(dto.GetModelRequest) input: dto.GetModelRequest) {
    return this.operations.getModel(call, input);
  }

  @Get('/restapis/:restApiId/models/:modelName/default_template')
  @HttpCode(200)
  @Operation('apigateway', 'GetModelTemplate', dto.GetModelTemplateRequest, dto.Template)
  getModelTemplate(@Call() call: AdminCall, @Input(dto.GetModelTemplateRequest) input: dto.GetModelTemplateRequest) {
    return this.operations.getModelTemplate(call, input);
  }

  @Get('/restapis/:restApiId/models')
  @HttpCode(200)
  @Operation('apigateway', 'GetModels', dto.GetModelsRequest, dto.Models)
  getModels(@Call() call: AdminCall, @Input(dto.GetModelsRequest) input: dto.GetModelsRequest) {
    return this.operations.getModels(call, input);
  }

  @Patch('/restapis/:restApiId/models/:modelName')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateModel', dto.UpdateModelRequest, dto.Model)
  updateModel(@Call() call: AdminCall, @Input(dto.UpdateModelRequest) input: dto.UpdateModelRequest) {
    return this.operations.updateModel(call, input);
  }
}

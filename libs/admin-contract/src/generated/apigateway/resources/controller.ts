// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { ResourcesOperations } from './operations.js';

@Controller()
export class ResourcesController {
  constructor(@Inject(ResourcesOperations) private readonly operations: ResourcesOperations) {}

  @Post('/restapis/:restApiId/resources/:parentId')
  @HttpCode(201)
  @Operation('apigateway', 'CreateResource', dto.CreateResourceRequest, dto.Resource)
  createResource(@Call() call: AdminCall, @Input(dto.CreateResourceRequest) input: dto.CreateResourceRequest) {
    return this.operations.createResource(call, input);
  }

  @Delete('/restapis/:restApiId/resources/:resourceId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteResource', dto.DeleteResourceRequest)
  deleteResource(@Call() call: AdminCall, @Input(dto.DeleteResourceRequest) input: dto.DeleteResourceRequest) {
    return this.operations.deleteResource(call, input);
  }

  @Get('/restapis/:restApiId/resources/:resourceId')
  @HttpCode(200)
  @Operation('apigateway', 'GetResource', dto.GetResourceRequest, dto.Resource)
  getResource(@Call() call: AdminCall, @Input(dto.GetResourceRequest) input: dto.GetResourceRequest) {
    return this.operations.getResource(call, input);
  }

  @Get('/restapis/:restApiId/resources')
  @HttpCode(200)
  @Operation('apigateway', 'GetResources', dto.GetResourcesRequest, dto.Resources)
  getResources(@Call() call: AdminCall, @Input(dto.GetResourcesRequest) input: dto.GetResourcesRequest) {
    return this.operations.getResources(call, input);
  }

  @Patch('/restapis/:restApiId/resources/:resourceId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateResource', dto.UpdateResourceRequest, dto.Resource)
  updateResource(@Call() call: AdminCall, @Input(dto.UpdateResourceRequest) input: dto.UpdateResourceRequest) {
    return this.operations.updateResource(call, input);
  }
}

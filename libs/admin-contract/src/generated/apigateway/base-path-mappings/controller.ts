// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { BasePathMappingsOperations } from './operations.js';

@Controller()
export class BasePathMappingsController {
  constructor(@Inject(BasePathMappingsOperations) private readonly operations: BasePathMappingsOperations) {}

  @Post('/domainnames/:domainName/basepathmappings')
  @HttpCode(201)
  @Operation('apigateway', 'CreateBasePathMapping', dto.CreateBasePathMappingRequest, dto.BasePathMapping)
  createBasePathMapping(@Call() call: AdminCall, @Input(dto.CreateBasePathMappingRequest) input: dto.CreateBasePathMappingRequest) {
    return this.operations.createBasePathMapping(call, input);
  }

  @Delete('/domainnames/:domainName/basepathmappings/:basePath')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteBasePathMapping', dto.DeleteBasePathMappingRequest)
  deleteBasePathMapping(@Call() call: AdminCall, @Input(dto.DeleteBasePathMappingRequest) input: dto.DeleteBasePathMappingRequest) {
    return this.operations.deleteBasePathMapping(call, input);
  }

  @Get('/domainnames/:domainName/basepathmappings/:basePath')
  @HttpCode(200)
  @Operation('apigateway', 'GetBasePathMapping', dto.GetBasePathMappingRequest, dto.BasePathMapping)
  getBasePathMapping(@Call() call: AdminCall, @Input(dto.GetBasePathMappingRequest) input: dto.GetBasePathMappingRequest) {
    return this.operations.getBasePathMapping(call, input);
  }

  @Get('/domainnames/:domainName/basepathmappings')
  @HttpCode(200)
  @Operation('apigateway', 'GetBasePathMappings', dto.GetBasePathMappingsRequest, dto.BasePathMappings)
  getBasePathMappings(@Call() call: AdminCall, @Input(dto.GetBasePathMappingsRequest) input: dto.GetBasePathMappingsRequest) {
    return this.operations.getBasePathMappings(call, input);
  }

  @Patch('/domainnames/:domainName/basepathmappings/:basePath')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateBasePathMapping', dto.UpdateBasePathMappingRequest, dto.BasePathMapping)
  updateBasePathMapping(@Call() call: AdminCall, @Input(dto.UpdateBasePathMappingRequest) input: dto.UpdateBasePathMappingRequest) {
    return this.operations.updateBasePathMapping(call, input);
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { ApiMappingsOperations } from './operations.js';

@Controller()
export class ApiMappingsController {
  constructor(@Inject(ApiMappingsOperations) private readonly operations: ApiMappingsOperations) {}

  @Post('/v2/domainnames/:domainName/apimappings')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateApiMapping', dto.CreateApiMappingRequest, dto.CreateApiMappingResponse)
  createApiMapping(@Call() call: AdminCall, @Input(dto.CreateApiMappingRequest) input: dto.CreateApiMappingRequest) {
    return this.operations.createApiMapping(call, input);
  }

  @Delete('/v2/domainnames/:domainName/apimappings/:apiMappingId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteApiMapping', dto.DeleteApiMappingRequest)
  deleteApiMapping(@Call() call: AdminCall, @Input(dto.DeleteApiMappingRequest) input: dto.DeleteApiMappingRequest) {
    return this.operations.deleteApiMapping(call, input);
  }

  @Get('/v2/domainnames/:domainName/apimappings/:apiMappingId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetApiMapping', dto.GetApiMappingRequest, dto.GetApiMappingResponse)
  getApiMapping(@Call() call: AdminCall, @Input(dto.GetApiMappingRequest) input: dto.GetApiMappingRequest) {
    return this.operations.getApiMapping(call, input);
  }

  @Get('/v2/domainnames/:domainName/apimappings')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetApiMappings', dto.GetApiMappingsRequest, dto.GetApiMappingsResponse)
  getApiMappings(@Call() call: AdminCall, @Input(dto.GetApiMappingsRequest) input: dto.GetApiMappingsRequest) {
    return this.operations.getApiMappings(call, input);
  }

  @Patch('/v2/domainnames/:domainName/apimappings/:apiMappingId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateApiMapping', dto.UpdateApiMappingRequest, dto.UpdateApiMappingResponse)
  updateApiMapping(@Call() call: AdminCall, @Input(dto.UpdateApiMappingRequest) input: dto.UpdateApiMappingRequest) {
    return this.operations.updateApiMapping(call, input);
  }
}

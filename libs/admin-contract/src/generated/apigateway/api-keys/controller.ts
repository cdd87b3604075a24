// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input, Wire } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import { refuseMode } from '../../../controllers/refuse-mode.js';
import { readInput } from '../../../validation/read-input.js';
import type { WireRequest } from '../../../validation/wire-request.js';
import * as dto from './dto.js';
import { ApiKeysOperations } from './operations.js';

@Controller()
export class ApiKeysController {
  constructor(@Inject(ApiKeysOperations) private readonly operations: ApiKeysOperations) {}

  @Post('/apikeys')
  @HttpCode(201)
  @Operation('apigateway', 'CreateApiKey', dto.CreateApiKeyRequest, dto.ApiKey)
  @Operation('apigateway', 'ImportApiKeys', dto.ImportApiKeysRequest, dto.ApiKeyIds)
  createApiKey(@Call() call: AdminCall, @Wire() wire: WireRequest) {
    if (wire.query.get('mode') === 'import') return this.operations.importApiKeys(call, readInput(wire, dto.ImportApiKeysRequest));
    refuseMode(wire, 'import');
    return this.operations.createApiKey(call, readInput(wire, dto.CreateApiKeyRequest));
  }

  @Delete('/apikeys/:apiKey')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteApiKey', dto.DeleteApiKeyRequest)
  deleteApiKey(@Call() call: AdminCall, @Input(dto.DeleteApiKeyRequest) input: dto.DeleteApiKeyRequest) {
    return this.operations.deleteApiKey(call, input);
  }

  @Get('/apikeys/:apiKey')
  @HttpCode(200)
  @Operation('apigateway', 'GetApiKey', dto.GetApiKeyRequest, dto.ApiKey)
  getApiKey(@Call() call: AdminCall, @Input(dto.GetApiKeyRequest) input: dto.GetApiKeyRequest) {
    return this.operations.getApiKey(call, input);
  }

  @Get('/apikeys')
  @HttpCode(200)
  @Operation('apigateway', 'GetApiKeys', dto.GetApiKeysRequest, dto.ApiKeys)
  getApiKeys(@Call() call: AdminCall, @Input(dto.GetApiKeysRequest) input: dto.GetApiKeysRequest) {
    return this.operations.getApiKeys(call, input);
  }

  @Patch('/apikeys/:apiKey')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateApiKey', dto.UpdateApiKeyRequest, dto.ApiKey)
  updateApiKey(@Call() call: AdminCall, @Input(dto.UpdateApiKeyRequest) input: dto.UpdateApiKeyRequest) {
    return this.operations.updateApiKey(call, input);
  }
}

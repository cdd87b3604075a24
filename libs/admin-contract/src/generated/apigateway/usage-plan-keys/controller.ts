// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { UsagePlanKeysOperations } from './operations.js';

@Controller()
export class UsagePlanKeysController {
  constructor(@Inject(UsagePlanKeysOperations) private readonly operations: UsagePlanKeysOperations) {}

  @Post('/usageplans/:usagePlanId/keys')
  @HttpCode(201)
  @Operation('apigateway', 'CreateUsagePlanKey', dto.CreateUsagePlanKeyRequest, dto.UsagePlanKey)
  createUsagePlanKey(@Call() call: AdminCall, @Input(dto.CreateUsagePlanKeyRequest) input: dto.CreateUsagePlanKeyRequest) {
    return this.operations.createUsagePlanKey(call, input);
  }

  @Delete('/usageplans/:usagePlanId/keys/:keyId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteUsagePlanKey', dto.DeleteUsagePlanKeyRequest)
  deleteUsagePlanKey(@Call() call: AdminCall, @Input(dto.DeleteUsagePlanKeyRequest) input: dto.DeleteUsagePlanKeyRequest) {
    return this.operations.deleteUsagePlanKey(call, input);
  }

  @Get('/usageplans/:usagePlanId/keys/:keyId')
  @HttpCode(200)
  @Operation('apigateway', 'GetUsagePlanKey', dto.GetUsagePlanKeyRequest, dto.UsagePlanKey)
  getUsagePlanKey(@Call() call: AdminCall, @Input(dto.GetUsagePlanKeyRequest) input: dto.GetUsagePlanKeyRequest) {
    return this.operations.getUsagePlanKey(call, input);
  }

  @Get('/usageplans/:usagePlanId/keys')
  @HttpCode(200)
  @Operation('apigateway', 'GetUsagePlanKeys', dto.GetUsagePlanKeysRequest, dto.UsagePlanKeys)
  getUsagePlanKeys(@Call() call: AdminCall, @Input(dto.GetUsagePlanKeysRequest) input: dto.GetUsagePlanKeysRequest) {
    return this.operations.getUsagePlanKeys(call, input);
  }
}

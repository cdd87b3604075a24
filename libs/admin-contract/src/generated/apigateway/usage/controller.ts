// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Get, Patch } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { UsageOperations } from './operations.js';

@Controller()
export class UsageController {
  constructor(@Inject(UsageOperations) private readonly operations: UsageOperations) {}

  @Get('/usageplans/:usagePlanId/usage')
  @HttpCode(200)
  @Operation('apigateway', 'GetUsage', dto.GetUsageRequest, dto.Usage)
  getUsage(@Call() call: AdminCall, @Input(dto.GetUsageRequest) input: dto.GetUsageRequest) {
    return this.operations.getUsage(call, input);
  }

  @Patch('/usageplans/:usagePlanId/keys/:keyId/usage')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateUsage', dto.UpdateUsageRequest, dto.Usage)
  updateUsage(@Call() call: AdminCall, @Input(dto.UpdateUsageRequest) input: dto.UpdateUsageRequest) {
    return this.operations.updateUsage(call, input);
  }
}

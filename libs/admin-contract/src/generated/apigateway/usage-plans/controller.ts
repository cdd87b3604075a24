// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { UsagePlansOperations } from './operations.js';

@Controller()
export class UsagePlansController {
  constructor(@Inject(UsagePlansOperations) private readonly operations: UsagePlansOperations) {}

  @Post('/usageplans')
  @HttpCode(201)
  @Operation('apigateway', 'CreateUsagePlan', dto.CreateUsagePlanRequest, dto.UsagePlan)
  createUsagePlan(@Call() call: AdminCall, @Input(dto.CreateUsagePlanRequest) input: dto.CreateUsagePlanRequest) {
    return this.operations.createUsagePlan(call, input);
  }

  @Delete('/usageplans/:usagePlanId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteUsagePlan', dto.DeleteUsagePlanRequest)
  deleteUsagePlan(@Call() call: AdminCall, @Input(dto.DeleteUsagePlanRequest) input: dto.DeleteUsagePlanRequest) {
    return this.operations.deleteUsagePlan(call, input);
  }

  @Get('/usageplans/:usagePlanId')
  @HttpCode(200)
  @Operation('apigateway', 'GetUsagePlan', dto.GetUsagePlanRequest, dto.UsagePlan)
  getUsagePlan(@Call() call: AdminCall, @Input(dto.GetUsagePlanRequest) input: dto.GetUsagePlanRequest) {
    return this.operations.getUsagePlan(call, input);
  }

  @Get('/usageplans')
  @HttpCode(200)
  @Operation('apigateway', 'GetUsagePlans', dto.GetUsagePlansRequest, dto.UsagePlans)
  getUsagePlans(@Call() call: AdminCall, @Input(dto.GetUsagePlansRequest) input: dto.GetUsagePlansRequest) {
    return this.operations.getUsagePlans(call, input);
  }

  @Patch('/usageplans/:usagePlanId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateUsagePlan', dto.UpdateUsagePlanRequest, dto.UsagePlan)
  updateUsagePlan(@Call() call: AdminCall, @Input(dto.UpdateUsagePlanRequest) input: dto.UpdateUsagePlanRequest) {
    return this.operations.updateUsagePlan(call, input);
  }
}

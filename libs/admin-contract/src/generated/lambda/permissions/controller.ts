// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { PermissionsOperations } from './operations.js';

@Controller()
export class PermissionsController {
  constructor(@Inject(PermissionsOperations) private readonly operations: PermissionsOperations) {}

  @Post('/2015-03-31/functions/:FunctionName/policy')
  @HttpCode(201)
  @Operation('lambda', 'AddPermission', dto.AddPermissionRequest, dto.AddPermissionResponse)
  addPermission(@Call() call: AdminCall, @Input(dto.AddPermissionRequest) input: dto.AddPermissionRequest) {
    return this.operations.addPermission(call, input);
  }

  @Get('/2015-03-31/functions/:FunctionName/policy')
  @HttpCode(200)
  @Operation('lambda', 'GetPolicy', dto.GetPolicyRequest, dto.GetPolicyResponse)
  getPolicy(@Call() call: AdminCall, @Input(dto.GetPolicyRequest) input: dto.GetPolicyRequest) {
    return this.operations.getPolicy(call, input);
  }

  @Delete('/2015-03-31/functions/:FunctionName/policy/:StatementId')
  @HttpCode(204)
  @Operation('lambda', 'RemovePermission', dto.RemovePermissionRequest)
  removePermission(@Call() call: AdminCall, @Input(dto.RemovePermissionRequest) input: dto.RemovePermissionRequest) {
    return this.operations.removePermission(call, input);
  }
}

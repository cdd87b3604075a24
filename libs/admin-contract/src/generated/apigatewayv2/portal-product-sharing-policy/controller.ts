// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { PortalProductSharingPolicyOperations } from './operations.js';

@Controller()
export class PortalProductSharingPolicyController {
  constructor(@Inject(PortalProductSharingPolicyOperations) private readonly operations: PortalProductSharingPolicyOperations) {}

  @Delete('/v2/portalproducts/:portalProductId/sharingpolicy')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeletePortalProductSharingPolicy', dto.DeletePortalProductSharingPolicyRequest)
  deletePortalProductSharingPolicy(@Call() call: AdminCall, @Input(dto.DeletePortalProductSharingPolicyRequest) input: dto.DeletePortalProductSharingPolicyRequest) {
    return this.operations.deletePortalProductSharingPolicy(call, input);
  }

  @Get('/v2/portalproducts/:portalProductId/sharingpolicy')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetPortalProductSharingPolicy', dto.GetPortalProductSharingPolicyRequest, dto.GetPortalProductSharingPolicyResponse)
  getPortalProductSharingPolicy(@Call() call: AdminCall, @Input(dto.GetPortalProductSharingPolicyRequest) input: dto.GetPortalProductSharingPolicyRequest) {
    return this.operations.getPortalProductSharingPolicy(call, input);
  }

  @Put('/v2/portalproducts/:portalProductId/sharingpolicy')
  @HttpCode(200)
  @Operation('apigatewayv2', 'PutPortalProductSharingPolicy', dto.PutPortalProductSharingPolicyRequest, dto.PutPortalProductSharingPolicyResponse)
  putPortalProductSharingPolicy(@Call() call: AdminCall, @Input(dto.PutPortalProductSharingPolicyRequest) input: dto.PutPortalProductSharingPolicyRequest) {
    return this.operations.putPortalProductSharingPolicy(call, input);
  }
}

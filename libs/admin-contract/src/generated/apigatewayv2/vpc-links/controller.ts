// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { VpcLinksOperations } from './operations.js';

@Controller()
export class VpcLinksController {
  constructor(@Inject(VpcLinksOperations) private readonly operations: VpcLinksOperations) {}

  @Post('/v2/vpclinks')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateVpcLink', dto.CreateVpcLinkRequest, dto.CreateVpcLinkResponse)
  createVpcLink(@Call() call: AdminCall, @Input(dto.CreateVpcLinkRequest) input: dto.CreateVpcLinkRequest) {
    return this.operations.createVpcLink(call, input);
  }

  @Delete('/v2/vpclinks/:vpcLinkId')
  @HttpCode(202)
  @Operation('apigatewayv2', 'DeleteVpcLink', dto.DeleteVpcLinkRequest, dto.DeleteVpcLinkResponse)
  deleteVpcLink(@Call() call: AdminCall, @Input(dto.DeleteVpcLinkRequest) input: dto.DeleteVpcLinkRequest) {
    return this.operations.deleteVpcLink(call, input);
  }

  @Get('/v2/vpclinks/:vpcLinkId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetVpcLink', dto.GetVpcLinkRequest, dto.GetVpcLinkResponse)
  getVpcLink(@Call() call: AdminCall, @Input(dto.GetVpcLinkRequest) input: dto.GetVpcLinkRequest) {
    return this.operations.getVpcLink(call, input);
  }

  @Get('/v2/vpclinks')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetVpcLinks', dto.GetVpcLinksRequest, dto.GetVpcLinksResponse)
  getVpcLinks(@Call() call: AdminCall, @Input(dto.GetVpcLinksRequest) input: dto.GetVpcLinksRequest) {
    return this.operations.getVpcLinks(call, input);
  }

  @Patch('/v2/vpclinks/:vpcLinkId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateVpcLink', dto.UpdateVpcLinkRequest, dto.UpdateVpcLinkResponse)
  updateVpcLink(@Call() call: AdminCall, @Input(dto.UpdateVpcLinkRequest) input: dto.UpdateVpcLinkRequest) {
    return this.operations.updateVpcLink(call, input);
  }
}

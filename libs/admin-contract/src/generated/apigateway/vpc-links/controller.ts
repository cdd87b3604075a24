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

  @Post('/vpclinks')
  @HttpCode(202)
  @Operation('apigateway', 'CreateVpcLink', dto.CreateVpcLinkRequest, dto.VpcLink)
  createVpcLink(@Call() call: AdminCall, @Input(dto.CreateVpcLinkRequest) input: dto.CreateVpcLinkRequest) {
    return this.operations.createVpcLink(call, input);
  }

  @Delete('/vpclinks/:vpcLinkId')
  @HttpCode(202)
  @Operation('apigateway', 'DeleteVpcLink', dto.DeleteVpcLinkRequest)
  deleteVpcLink(@Call() call: AdminCall, @Input(dto.DeleteVpcLinkRequest) input: dto.DeleteVpcLinkRequest) {
    return this.operations.deleteVpcLink(call, input);
  }

  @Get('/vpclinks/:vpcLinkId')
  @HttpCode(200)
  @Operation('apigateway', 'GetVpcLink', dto.GetVpcLinkRequest, dto.VpcLink)
  getVpcLink(@Call() call: AdminCall, @Input(dto.GetVpcLinkRequest) input: dto.GetVpcLinkRequest) {
    return this.operations.getVpcLink(call, input);
  }

  @Get('/vpclinks')
  @HttpCode(200)
  @Operation('apigateway', 'GetVpcLinks', dto.GetVpcLinksRequest, dto.VpcLinks)
  getVpcLinks(@Call() call: AdminCall, @Input(dto.GetVpcLinksRequest) input: dto.GetVpcLinksRequest) {
    return this.operations.getVpcLinks(call, input);
  }

  @Patch('/vpclinks/:vpcLinkId')
  @HttpCode(200)
  @Operation('apigateway', 'UpdateVpcLink', dto.UpdateVpcLinkRequest, dto.VpcLink)
  updateVpcLink(@Call() call: AdminCall, @Input(dto.UpdateVpcLinkRequest) input: dto.UpdateVpcLinkRequest) {
    return this.operations.updateVpcLink(call, input);
  }
}

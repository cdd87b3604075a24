// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { PortalProductsOperations } from './operations.js';

@Controller()
export class PortalProductsController {
  constructor(@Inject(PortalProductsOperations) private readonly operations: PortalProductsOperations) {}

  @Post('/v2/portalproducts')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreatePortalProduct', dto.CreatePortalProductRequest, dto.CreatePortalProductResponse)
  createPortalProduct(@Call() call: AdminCall, @Input(dto.CreatePortalProductRequest) input: dto.CreatePortalProductRequest) {
    return this.operations.createPortalProduct(call, input);
  }

  @Delete('/v2/portalproducts/:portalProductId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeletePortalProduct', dto.DeletePortalProductRequest)
  deletePortalProduct(@Call() call: AdminCall, @Input(dto.DeletePortalProductRequest) input: dto.DeletePortalProductRequest) {
    return this.operations.deletePortalProduct(call, input);
  }

  @Get('/v2/portalproducts/:portalProductId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetPortalProduct', dto.GetPortalProductRequest, dto.GetPortalProductResponse)
  getPortalProduct(@Call() call: AdminCall, @Input(dto.GetPortalProductRequest) input: dto.GetPortalProductRequest) {
    return this.operations.getPortalProduct(call, input);
  }

  @Get('/v2/portalproducts')
  @HttpCode(200)
  @Operation('apigatewayv2', 'ListPortalProducts', dto.ListPortalProductsRequest, dto.ListPortalProductsResponse)
  listPortalProducts(@Call() call: AdminCall, @Input(dto.ListPortalProductsRequest) input: dto.ListPortalProductsRequest) {
    return this.operations.listPortalProducts(call, input);
  }

  @Patch('/v2/portalproducts/:portalProductId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdatePortalProduct', dto.UpdatePortalProductRequest, dto.UpdatePortalProductResponse)
  updatePortalProduct(@Call() call: AdminCall, @Input(dto.UpdatePortalProductRequest) input: dto.UpdatePortalProductRequest) {
    return this.operations.updatePortalProduct(call, input);
  }
}

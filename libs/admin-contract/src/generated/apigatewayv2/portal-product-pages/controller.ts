// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { PortalProductPagesOperations } from './operations.js';

@Controller()
export class PortalProductPagesController {
  constructor(@Inject(PortalProductPagesOperations) private readonly operations: PortalProductPagesOperations) {}

  @Post('/v2/portalproducts/:portalProductId/productpages')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateProductPage', dto.CreateProductPageRequest, dto.CreateProductPageResponse)
  createProductPage(@Call() call: AdminCall, @Input(dto.CreateProductPageRequest) input: dto.CreateProductPageRequest) {
    return this.operations.createProductPage(call, input);
  }

  @Delete('/v2/portalproducts/:portalProductId/productpages/:productPageId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteProductPage', dto.DeleteProductPageRequest)
  deleteProductPage(@Call() call: AdminCall, @Input(dto.DeleteProductPageRequest) input: dto.DeleteProductPageRequest) {
    return this.operations.deleteProductPage(call, input);
  }

  @Get('/v2/portalproducts/:portalProductId/productpages/:productPageId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetProductPage', dto.GetProductPageRequest, dto.GetProductPageResponse)
  getProductPage(@Call() call: AdminCall, @Input(dto.GetProductPageRequest) input: dto.GetProductPageRequest) {
    return this.operations.getProductPage(call, input);
  }

  @Get('/v2/portalproducts/:portalProductId/productpages')
  @HttpCode(200)
  @Operation('apigatewayv2', 'ListProductPages', dto.ListProductPagesRequest, dto.ListProductPagesResponse)
  listProductPages(@Call() call: AdminCall, @Input(dto.ListProductPagesRequest) input: dto.ListProductPagesRequest) {
    return this.operations.listProductPages(call, input);
  }

  @Patch('/v2/portalproducts/:portalProductId/productpages/:productPageId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateProductPage', dto.UpdateProductPageRequest, dto.UpdateProductPageResponse)
  updateProductPage(@Call() call: AdminCall, @Input(dto.UpdateProductPageRequest) input: dto.UpdateProductPageRequest) {
    return this.operations.updateProductPage(call, input);
  }
}

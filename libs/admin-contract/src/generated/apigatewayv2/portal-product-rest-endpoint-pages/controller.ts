// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Patch, Post } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { PortalProductRestEndpointPagesOperations } from './operations.js';

@Controller()
export class PortalProductRestEndpointPagesController {
  constructor(@Inject(PortalProductRestEndpointPagesOperations) private readonly operations: PortalProductRestEndpointPagesOperations) {}

  @Post('/v2/portalproducts/:portalProductId/productrestendpointpages')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateProductRestEndpointPage', dto.CreateProductRestEndpointPageRequest, dto.CreateProductRestEndpointPageResponse)
  createProductRestEndpointPage(@Call() call: AdminCall, @Input(dto.CreateProductRestEndpointPageRequest) input: dto.CreateProductRestEndpointPageRequest) {
    return this.operations.createProductRestEndpointPage(call, input);
  }

  @Delete('/v2/portalproducts/:portalProductId/productrestendpointpages/:productRestEndpointPageId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteProductRestEndpointPage', dto.DeleteProductRestEndpointPageRequest)
  deleteProductRestEndpointPage(@Call() call: AdminCall, @Input(dto.DeleteProductRestEndpointPageRequest) input: dto.DeleteProductRestEndpointPageRequest) {
    return this.operations.deleteProductRestEndpointPage(call, input);
  }

  @Get('/v2/portalproducts/:portalProductId/productrestendpointpages/:productRestEndpointPageId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetProductRestEndpointPage', dto.GetProductRestEndpointPageRequest, dto.GetProductRestEndpointPageResponse)
  getProductRestEndpointPage(@Call() call: AdminCall, @Input(dto.GetProductRestEndpointPageRequest) input: dto.GetProductRestEndpointPageRequest) {
    return this.operations.getProductRestEndpointPage(call, input);
  }

  @Get('/v2/portalproducts/:portalProductId/productrestendpointpages')
  @HttpCode(200)
  @Operation('apigatewayv2', 'ListProductRestEndpointPages', dto.ListProductRestEndpointPagesRequest, dto.ListProductRestEndpointPagesResponse)
  listProductRestEndpointPages(@Call() call: AdminCall, @Input(dto.ListProductRestEndpointPagesRequest) input: dto.ListProductRestEndpointPagesRequest) {
    return this.operations.listProductRestEndpointPages(call, input);
  }

  @Patch('/v2/portalproducts/:portalProductId/productrestendpointpages/:productRestEndpointPageId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'UpdateProductRestEndpointPage', dto.UpdateProductRestEndpointPageRequest, dto.UpdateProductRestEndpointPageResponse)
  updateProductRestEndpointPage(@Call() call: AdminCall, @Input(dto.UpdateProductRestEndpointPageRequest) input: dto.UpdateProductRestEndpointPageRequest) {
    return this.operations.updateProductRestEndpointPage(call, input);
  }
}

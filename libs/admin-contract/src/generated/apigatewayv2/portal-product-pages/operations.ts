// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with portal product pages. A service extends it and overrides what is built. */
export class PortalProductPagesOperations {
  async createProductPage(_call: AdminCall, _input: dto.CreateProductPageRequest): Promise<dto.CreateProductPageResponse> {
    throw notBuilt('CreateProductPage');
  }

  async deleteProductPage(_call: AdminCall, _input: dto.DeleteProductPageRequest): Promise<void> {
    throw notBuilt('DeleteProductPage');
  }

  async getProductPage(_call: AdminCall, _input: dto.GetProductPageRequest): Promise<dto.GetProductPageResponse> {
    throw notBuilt('GetProductPage');
  }

  async listProductPages(_call: AdminCall, _input: dto.ListProductPagesRequest): Promise<dto.ListProductPagesResponse> {
    throw notBuilt('ListProductPages');
  }

  async updateProductPage(_call: AdminCall, _input: dto.UpdateProductPageRequest): Promise<dto.UpdateProductPageResponse> {
    throw notBuilt('UpdateProductPage');
  }
}

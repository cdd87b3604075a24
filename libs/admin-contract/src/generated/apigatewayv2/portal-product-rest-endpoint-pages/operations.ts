// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with portal product rest endpoint pages. A service extends it and overrides what is built. */
export class PortalProductRestEndpointPagesOperations {
  async createProductRestEndpointPage(_call: AdminCall, _input: dto.CreateProductRestEndpointPageRequest): Promise<dto.CreateProductRestEndpointPageResponse> {
    throw notBuilt('CreateProductRestEndpointPage');
  }

  async deleteProductRestEndpointPage(_call: AdminCall, _input: dto.DeleteProductRestEndpointPageRequest): Promise<void> {
    throw notBuilt('DeleteProductRestEndpointPage');
  }

  async getProductRestEndpointPage(_call: AdminCall, _input: dto.GetProductRestEndpointPageRequest): Promise<dto.GetProductRestEndpointPageResponse> {
    throw notBuilt('GetProductRestEndpointPage');
  }

  async listProductRestEndpointPages(_call: AdminCall, _input: dto.ListProductRestEndpointPagesRequest): Promise<dto.ListProductRestEndpointPagesResponse> {
    throw notBuilt('ListProductRestEndpointPages');
  }

  async updateProductRestEndpointPage(_call: AdminCall, _input: dto.UpdateProductRestEndpointPageRequest): Promise<dto.UpdateProductRestEndpointPageResponse> {
    throw notBuilt('UpdateProductRestEndpointPage');
  }
}

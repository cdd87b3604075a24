// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with portal products. A service extends it and overrides what is built. */
export class PortalProductsOperations {
  async createPortalProduct(_call: AdminCall, _input: dto.CreatePortalProductRequest): Promise<dto.CreatePortalProductResponse> {
    throw notBuilt('CreatePortalProduct');
  }

  async deletePortalProduct(_call: AdminCall, _input: dto.DeletePortalProductRequest): Promise<void> {
    throw notBuilt('DeletePortalProduct');
  }

  async getPortalProduct(_call: AdminCall, _input: dto.GetPortalProductRequest): Promise<dto.GetPortalProductResponse> {
    throw notBuilt('GetPortalProduct');
  }

  async listPortalProducts(_call: AdminCall, _input: dto.ListPortalProductsRequest): Promise<dto.ListPortalProductsResponse> {
    throw notBuilt('ListPortalProducts');
  }

  async updatePortalProduct(_call: AdminCall, _input: dto.UpdatePortalProductRequest): Promise<dto.UpdatePortalProductResponse> {
    throw notBuilt('UpdatePortalProduct');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with vpc links. A service extends it and overrides what is built. */
export class VpcLinksOperations {
  async createVpcLink(_call: AdminCall, _input: dto.CreateVpcLinkRequest): Promise<dto.VpcLink> {
    throw notBuilt('CreateVpcLink');
  }

  async deleteVpcLink(_call: AdminCall, _input: dto.DeleteVpcLinkRequest): Promise<void> {
    throw notBuilt('DeleteVpcLink');
  }

  async getVpcLink(_call: AdminCall, _input: dto.GetVpcLinkRequest): Promise<dto.VpcLink> {
    throw notBuilt('GetVpcLink');
  }

  async getVpcLinks(_call: AdminCall, _input: dto.GetVpcLinksRequest): Promise<dto.VpcLinks> {
    throw notBuilt('GetVpcLinks');
  }

  async updateVpcLink(_call: AdminCall, _input: dto.UpdateVpcLinkRequest): Promise<dto.VpcLink> {
    throw notBuilt('UpdateVpcLink');
  }
}

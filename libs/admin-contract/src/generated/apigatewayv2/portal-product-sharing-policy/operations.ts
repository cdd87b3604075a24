// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with portal product sharing policy. A service extends it and overrides what is built. */
export class PortalProductSharingPolicyOperations {
  async deletePortalProductSharingPolicy(_call: AdminCall, _input: dto.DeletePortalProductSharingPolicyRequest): Promise<void> {
    throw notBuilt('DeletePortalProductSharingPolicy');
  }

  async getPortalProductSharingPolicy(_call: AdminCall, _input: dto.GetPortalProductSharingPolicyRequest): Promise<dto.GetPortalProductSharingPolicyResponse> {
    throw notBuilt('GetPortalProductSharingPolicy');
  }

  async putPortalProductSharingPolicy(_call: AdminCall, _input: dto.PutPortalProductSharingPolicyRequest): Promise<dto.PutPortalProductSharingPolicyResponse> {
    throw notBuilt('PutPortalProductSharingPolicy');
  }
}

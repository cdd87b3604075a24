// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with permissions. A service extends it and overrides what is built. */
export class PermissionsOperations {
  async addPermission(_call: AdminCall, _input: dto.AddPermissionRequest): Promise<dto.AddPermissionResponse> {
    throw notBuilt('AddPermission');
  }

  async getPolicy(_call: AdminCall, _input: dto.GetPolicyRequest): Promise<dto.GetPolicyResponse> {
    throw notBuilt('GetPolicy');
  }

  async removePermission(_call: AdminCall, _input: dto.RemovePermissionRequest): Promise<void> {
    throw notBuilt('RemovePermission');
  }
}

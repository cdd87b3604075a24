// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with usage plan keys. A service extends it and overrides what is built. */
export class UsagePlanKeysOperations {
  async createUsagePlanKey(_call: AdminCall, _input: dto.CreateUsagePlanKeyRequest): Promise<dto.UsagePlanKey> {
    throw notBuilt('CreateUsagePlanKey');
  }

  async deleteUsagePlanKey(_call: AdminCall, _input: dto.DeleteUsagePlanKeyRequest): Promise<void> {
    throw notBuilt('DeleteUsagePlanKey');
  }

  async getUsagePlanKey(_call: AdminCall, _input: dto.GetUsagePlanKeyRequest): Promise<dto.UsagePlanKey> {
    throw notBuilt('GetUsagePlanKey');
  }

  async getUsagePlanKeys(_call: AdminCall, _input: dto.GetUsagePlanKeysRequest): Promise<dto.UsagePlanKeys> {
    throw notBuilt('GetUsagePlanKeys');
  }
}

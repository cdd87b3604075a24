// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with usage. A service extends it and overrides what is built. */
export class UsageOperations {
  async getUsage(_call: AdminCall, _input: dto.GetUsageRequest): Promise<dto.Usage> {
    throw notBuilt('GetUsage');
  }

  async updateUsage(_call: AdminCall, _input: dto.UpdateUsageRequest): Promise<dto.Usage> {
    throw notBuilt('UpdateUsage');
  }
}

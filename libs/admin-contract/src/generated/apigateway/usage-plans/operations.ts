// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with usage plans. A service extends it and overrides what is built. */
export class UsagePlansOperations {
  async createUsagePlan(_call: AdminCall, _input: dto.CreateUsagePlanRequest): Promise<dto.UsagePlan> {
    throw notBuilt('CreateUsagePlan');
  }

  async deleteUsagePlan(_call: AdminCall, _input: dto.DeleteUsagePlanRequest): Promise<void> {
    throw notBuilt('DeleteUsagePlan');
  }

  async getUsagePlan(_call: AdminCall, _input: dto.GetUsagePlanRequest): Promise<dto.UsagePlan> {
    throw notBuilt('GetUsagePlan');
  }

  async getUsagePlans(_call: AdminCall, _input: dto.GetUsagePlansRequest): Promise<dto.UsagePlans> {
    throw notBuilt('GetUsagePlans');
  }

  async updateUsagePlan(_call: AdminCall, _input: dto.UpdateUsagePlanRequest): Promise<dto.UsagePlan> {
    throw notBuilt('UpdateUsagePlan');
  }
}

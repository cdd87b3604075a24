// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with concurrency. A service extends it and overrides what is built. */
export class ConcurrencyOperations {
  async deleteFunctionConcurrency(_call: AdminCall, _input: dto.DeleteFunctionConcurrencyRequest): Promise<void> {
    throw notBuilt('DeleteFunctionConcurrency');
  }

  async getFunctionConcurrency(_call: AdminCall, _input: dto.GetFunctionConcurrencyRequest): Promise<dto.GetFunctionConcurrencyResponse> {
    throw notBuilt('GetFunctionConcurrency');
  }

  async putFunctionConcurrency(_call: AdminCall, _input: dto.PutFunctionConcurrencyRequest): Promise<dto.Concurrency> {
    throw notBuilt('PutFunctionConcurrency');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with account. A service extends it and overrides what is built. */
export class AccountOperations {
  async getAccount(_call: AdminCall, _input: dto.GetAccountRequest): Promise<dto.Account> {
    throw notBuilt('GetAccount');
  }

  async updateAccount(_call: AdminCall, _input: dto.UpdateAccountRequest): Promise<dto.Account> {
    throw notBuilt('UpdateAccount');
  }
}

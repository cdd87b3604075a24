// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with account. A service extends it and overrides what is built. */
export class AccountOperations {
  async getAccountSettings(_call: AdminCall, _input: dto.GetAccountSettingsRequest): Promise<dto.GetAccountSettingsResponse> {
    throw notBuilt('GetAccountSettings');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with aliases. A service extends it and overrides what is built. */
export class AliasesOperations {
  async createAlias(_call: AdminCall, _input: dto.CreateAliasRequest): Promise<dto.AliasConfiguration> {
    throw notBuilt('CreateAlias');
  }

  async deleteAlias(_call: AdminCall, _input: dto.DeleteAliasRequest): Promise<void> {
    throw notBuilt('DeleteAlias');
  }

  async getAlias(_call: AdminCall, _input: dto.GetAliasRequest): Promise<dto.AliasConfiguration> {
    throw notBuilt('GetAlias');
  }

  async listAliases(_call: AdminCall, _input: dto.ListAliasesRequest): Promise<dto.ListAliasesResponse> {
    throw notBuilt('ListAliases');
  }

  async updateAlias(_call: AdminCall, _input: dto.UpdateAliasRequest): Promise<dto.AliasConfiguration> {
    throw notBuilt('UpdateAlias');
  }
}

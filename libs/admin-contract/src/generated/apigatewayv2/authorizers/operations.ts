// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with authorizers. A service extends it and overrides what is built. */
export class AuthorizersOperations {
  async createAuthorizer(_call: AdminCall, _input: dto.CreateAuthorizerRequest): Promise<dto.CreateAuthorizerResponse> {
    throw notBuilt('CreateAuthorizer');
  }

  async deleteAuthorizer(_call: AdminCall, _input: dto.DeleteAuthorizerRequest): Promise<void> {
    throw notBuilt('DeleteAuthorizer');
  }

  async getAuthorizer(_call: AdminCall, _input: dto.GetAuthorizerRequest): Promise<dto.GetAuthorizerResponse> {
    throw notBuilt('GetAuthorizer');
  }

  async getAuthorizers(_call: AdminCall, _input: dto.GetAuthorizersRequest): Promise<dto.GetAuthorizersResponse> {
    throw notBuilt('GetAuthorizers');
  }

  async updateAuthorizer(_call: AdminCall, _input: dto.UpdateAuthorizerRequest): Promise<dto.UpdateAuthorizerResponse> {
    throw notBuilt('UpdateAuthorizer');
  }
}

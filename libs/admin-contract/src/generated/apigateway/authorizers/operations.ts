// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with authorizers. A service extends it and overrides what is built. */
export class AuthorizersOperations {
  async createAuthorizer(_call: AdminCall, _input: dto.CreateAuthorizerRequest): Promise<dto.Authorizer> {
    throw notBuilt('CreateAuthorizer');
  }

  async deleteAuthorizer(_call: AdminCall, _input: dto.DeleteAuthorizerRequest): Promise<void> {
    throw notBuilt('DeleteAuthorizer');
  }

  async getAuthorizer(_call: AdminCall, _input: dto.GetAuthorizerRequest): Promise<dto.Authorizer> {
    throw notBuilt('GetAuthorizer');
  }

  async getAuthorizers(_call: AdminCall, _input: dto.GetAuthorizersRequest): Promise<dto.Authorizers> {
    throw notBuilt('GetAuthorizers');
  }

  async testInvokeAuthorizer(_call: AdminCall, _input: dto.TestInvokeAuthorizerRequest): Promise<dto.TestInvokeAuthorizerResponse> {
    throw notBuilt('TestInvokeAuthorizer');
  }

  async updateAuthorizer(_call: AdminCall, _input: dto.UpdateAuthorizerRequest): Promise<dto.Authorizer> {
    throw notBuilt('UpdateAuthorizer');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with method responses. A service extends it and overrides what is built. */
export class MethodResponsesOperations {
  async deleteMethodResponse(_call: AdminCall, _input: dto.DeleteMethodResponseRequest): Promise<void> {
    throw notBuilt('DeleteMethodResponse');
  }

  async getMethodResponse(_call: AdminCall, _input: dto.GetMethodResponseRequest): Promise<dto.MethodResponse> {
    throw notBuilt('GetMethodResponse');
  }

  async putMethodResponse(_call: AdminCall, _input: dto.PutMethodResponseRequest): Promise<dto.MethodResponse> {
    throw notBuilt('PutMethodResponse');
  }

  async updateMethodResponse(_call: AdminCall, _input: dto.UpdateMethodResponseRequest): Promise<dto.MethodResponse> {
    throw notBuilt('UpdateMethodResponse');
  }
}

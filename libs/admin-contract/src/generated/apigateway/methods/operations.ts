// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with methods. A service extends it and overrides what is built. */
export class MethodsOperations {
  async deleteMethod(_call: AdminCall, _input: dto.DeleteMethodRequest): Promise<void> {
    throw notBuilt('DeleteMethod');
  }

  async getMethod(_call: AdminCall, _input: dto.GetMethodRequest): Promise<dto.Method> {
    throw notBuilt('GetMethod');
  }

  async putMethod(_call: AdminCall, _input: dto.PutMethodRequest): Promise<dto.Method> {
    throw notBuilt('PutMethod');
  }

  async testInvokeMethod(_call: AdminCall, _input: dto.TestInvokeMethodRequest): Promise<dto.TestInvokeMethodResponse> {
    throw notBuilt('TestInvokeMethod');
  }

  async updateMethod(_call: AdminCall, _input: dto.UpdateMethodRequest): Promise<dto.Method> {
    throw notBuilt('UpdateMethod');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with invocations. A service extends it and overrides what is built. */
export class InvocationsOperations {
  async invoke(_call: AdminCall, _input: dto.InvokeRequest): Promise<dto.InvocationResponse> {
    throw notBuilt('Invoke');
  }

  async invokeWithResponseStream(_call: AdminCall, _input: dto.InvokeWithResponseStreamRequest): Promise<dto.InvokeWithResponseStreamResponse> {
    throw notBuilt('InvokeWithResponseStream');
  }
}

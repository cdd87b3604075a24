// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with versions. A service extends it and overrides what is built. */
export class VersionsOperations {
  async listVersionsByFunction(_call: AdminCall, _input: dto.ListVersionsByFunctionRequest): Promise<dto.ListVersionsByFunctionResponse> {
    throw notBuilt('ListVersionsByFunction');
  }

  async publishVersion(_call: AdminCall, _input: dto.PublishVersionRequest): Promise<dto.FunctionConfiguration> {
    throw notBuilt('PublishVersion');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with sdks. A service extends it and overrides what is built. */
export class SdksOperations {
  async getSdk(_call: AdminCall, _input: dto.GetSdkRequest): Promise<dto.SdkResponse> {
    throw notBuilt('GetSdk');
  }

  async getSdkType(_call: AdminCall, _input: dto.GetSdkTypeRequest): Promise<dto.SdkType> {
    throw notBuilt('GetSdkType');
  }

  async getSdkTypes(_call: AdminCall, _input: dto.GetSdkTypesRequest): Promise<dto.SdkTypes> {
    throw notBuilt('GetSdkTypes');
  }
}

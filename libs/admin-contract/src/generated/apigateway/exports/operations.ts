// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with exports. A service extends it and overrides what is built. */
export class ExportsOperations {
  async getExport(_call: AdminCall, _input: dto.GetExportRequest): Promise<dto.ExportResponse> {
    throw notBuilt('GetExport');
  }
}

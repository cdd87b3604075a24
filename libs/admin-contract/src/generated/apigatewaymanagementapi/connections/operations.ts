// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with connections. A service extends it and overrides what is built. */
export class ConnectionsOperations {
  async deleteConnection(_call: AdminCall, _input: dto.DeleteConnectionRequest): Promise<void> {
    throw notBuilt('DeleteConnection');
  }

  async getConnection(_call: AdminCall, _input: dto.GetConnectionRequest): Promise<dto.GetConnectionResponse> {
    throw notBuilt('GetConnection');
  }

  async postToConnection(_call: AdminCall, _input: dto.PostToConnectionRequest): Promise<void> {
    throw notBuilt('PostToConnection');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with portals. A service extends it and overrides what is built. */
export class PortalsOperations {
  async createPortal(_call: AdminCall, _input: dto.CreatePortalRequest): Promise<dto.CreatePortalResponse> {
    throw notBuilt('CreatePortal');
  }

  async deletePortal(_call: AdminCall, _input: dto.DeletePortalRequest): Promise<void> {
    throw notBuilt('DeletePortal');
  }

  async disablePortal(_call: AdminCall, _input: dto.DisablePortalRequest): Promise<void> {
    throw notBuilt('DisablePortal');
  }

  async getPortal(_call: AdminCall, _input: dto.GetPortalRequest): Promise<dto.GetPortalResponse> {
    throw notBuilt('GetPortal');
  }

  async listPortals(_call: AdminCall, _input: dto.ListPortalsRequest): Promise<dto.ListPortalsResponse> {
    throw notBuilt('ListPortals');
  }

  async previewPortal(_call: AdminCall, _input: dto.PreviewPortalRequest): Promise<dto.PreviewPortalResponse> {
    throw notBuilt('PreviewPortal');
  }

  async publishPortal(_call: AdminCall, _input: dto.PublishPortalRequest): Promise<dto.PublishPortalResponse> {
    throw notBuilt('PublishPortal');
  }

  async updatePortal(_call: AdminCall, _input: dto.UpdatePortalRequest): Promise<dto.UpdatePortalResponse> {
    throw notBuilt('UpdatePortal');
  }
}

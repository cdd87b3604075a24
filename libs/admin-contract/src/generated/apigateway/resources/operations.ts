// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with resources. A service extends it and overrides what is built. */
export class ResourcesOperations {
  async createResource(_call: AdminCall, _input: dto.CreateResourceRequest): Promise<dto.Resource> {
    throw notBuilt('CreateResource');
  }

  async deleteResource(_call: AdminCall, _input: dto.DeleteResourceRequest): Promise<void> {
    throw notBuilt('DeleteResource');
  }

  async getResource(_call: AdminCall, _input: dto.GetResourceRequest): Promise<dto.Resource> {
    throw notBuilt('GetResource');
  }

  async getResources(_call: AdminCall, _input: dto.GetResourcesRequest): Promise<dto.Resources> {
    throw notBuilt('GetResources');
  }

  async updateResource(_call: AdminCall, _input: dto.UpdateResourceRequest): Promise<dto.Resource> {
    throw notBuilt('UpdateResource');
  }
}

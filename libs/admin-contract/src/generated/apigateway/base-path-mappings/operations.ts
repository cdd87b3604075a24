// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with base path mappings. A service extends it and overrides what is built. */
export class BasePathMappingsOperations {
  async createBasePathMapping(_call: AdminCall, _input: dto.CreateBasePathMappingRequest): Promise<dto.BasePathMapping> {
    throw notBuilt('CreateBasePathMapping');
  }

  async deleteBasePathMapping(_call: AdminCall, _input: dto.DeleteBasePathMappingRequest): Promise<void> {
    throw notBuilt('DeleteBasePathMapping');
  }

  async getBasePathMapping(_call: AdminCall, _input: dto.GetBasePathMappingRequest): Promise<dto.BasePathMapping> {
    throw notBuilt('GetBasePathMapping');
  }

  async getBasePathMappings(_call: AdminCall, _input: dto.GetBasePathMappingsRequest): Promise<dto.BasePathMappings> {
    throw notBuilt('GetBasePathMappings');
  }

  async updateBasePathMapping(_call: AdminCall, _input: dto.UpdateBasePathMappingRequest): Promise<dto.BasePathMapping> {
    throw notBuilt('UpdateBasePathMapping');
  }
}

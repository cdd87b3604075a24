// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with api mappings. A service extends it and overrides what is built. */
export class ApiMappingsOperations {
  async createApiMapping(_call: AdminCall, _input: dto.CreateApiMappingRequest): Promise<dto.CreateApiMappingResponse> {
    throw notBuilt('CreateApiMapping');
  }

  async deleteApiMapping(_call: AdminCall, _input: dto.DeleteApiMappingRequest): Promise<void> {
    throw notBuilt('DeleteApiMapping');
  }

  async getApiMapping(_call: AdminCall, _input: dto.GetApiMappingRequest): Promise<dto.GetApiMappingResponse> {
    throw notBuilt('GetApiMapping');
  }

  async getApiMappings(_call: AdminCall, _input: dto.GetApiMappingsRequest): Promise<dto.GetApiMappingsResponse> {
    throw notBuilt('GetApiMappings');
  }

  async updateApiMapping(_call: AdminCall, _input: dto.UpdateApiMappingRequest): Promise<dto.UpdateApiMappingResponse> {
    throw notBuilt('UpdateApiMapping');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with api keys. A service extends it and overrides what is built. */
export class ApiKeysOperations {
  async createApiKey(_call: AdminCall, _input: dto.CreateApiKeyRequest): Promise<dto.ApiKey> {
    throw notBuilt('CreateApiKey');
  }

  async deleteApiKey(_call: AdminCall, _input: dto.DeleteApiKeyRequest): Promise<void> {
    throw notBuilt('DeleteApiKey');
  }

  async getApiKey(_call: AdminCall, _input: dto.GetApiKeyRequest): Promise<dto.ApiKey> {
    throw notBuilt('GetApiKey');
  }

  async getApiKeys(_call: AdminCall, _input: dto.GetApiKeysRequest): Promise<dto.ApiKeys> {
    throw notBuilt('GetApiKeys');
  }

  async importApiKeys(_call: AdminCall, _input: dto.ImportApiKeysRequest): Promise<dto.ApiKeyIds> {
    throw notBuilt('ImportApiKeys');
  }

  async updateApiKey(_call: AdminCall, _input: dto.UpdateApiKeyRequest): Promise<dto.ApiKey> {
    throw notBuilt('UpdateApiKey');
  }
}

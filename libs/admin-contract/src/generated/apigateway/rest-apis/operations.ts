// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with rest apis. A service extends it and overrides what is built. */
export class RestApisOperations {
  async createRestApi(_call: AdminCall, _input: dto.CreateRestApiRequest): Promise<dto.RestApi> {
    throw notBuilt('CreateRestApi');
  }

  async deleteRestApi(_call: AdminCall, _input: dto.DeleteRestApiRequest): Promise<void> {
    throw notBuilt('DeleteRestApi');
  }

  async getRestApi(_call: AdminCall, _input: dto.GetRestApiRequest): Promise<dto.RestApi> {
    throw notBuilt('GetRestApi');
  }

  async getRestApis(_call: AdminCall, _input: dto.GetRestApisRequest): Promise<dto.RestApis> {
    throw notBuilt('GetRestApis');
  }

  async importRestApi(_call: AdminCall, _input: dto.ImportRestApiRequest): Promise<dto.RestApi> {
    throw notBuilt('ImportRestApi');
  }

  async putRestApi(_call: AdminCall, _input: dto.PutRestApiRequest): Promise<dto.RestApi> {
    throw notBuilt('PutRestApi');
  }

  async updateRestApi(_call: AdminCall, _input: dto.UpdateRestApiRequest): Promise<dto.RestApi> {
    throw notBuilt('UpdateRestApi');
  }
}

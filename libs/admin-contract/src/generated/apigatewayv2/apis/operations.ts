// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with apis. A service extends it and overrides what is built. */
export class ApisOperations {
  async createApi(_call: AdminCall, _input: dto.CreateApiRequest): Promise<dto.CreateApiResponse> {
    throw notBuilt('CreateApi');
  }

  async deleteApi(_call: AdminCall, _input: dto.DeleteApiRequest): Promise<void> {
    throw notBuilt('DeleteApi');
  }

  async deleteCorsConfiguration(_call: AdminCall, _input: dto.DeleteCorsConfigurationRequest): Promise<void> {
    throw notBuilt('DeleteCorsConfiguration');
  }

  async getApi(_call: AdminCall, _input: dto.GetApiRequest): Promise<dto.GetApiResponse> {
    throw notBuilt('GetApi');
  }

  async getApis(_call: AdminCall, _input: dto.GetApisRequest): Promise<dto.GetApisResponse> {
    throw notBuilt('GetApis');
  }

  async importApi(_call: AdminCall, _input: dto.ImportApiRequest): Promise<dto.ImportApiResponse> {
    throw notBuilt('ImportApi');
  }

  async reimportApi(_call: AdminCall, _input: dto.ReimportApiRequest): Promise<dto.ReimportApiResponse> {
    throw notBuilt('ReimportApi');
  }

  async updateApi(_call: AdminCall, _input: dto.UpdateApiRequest): Promise<dto.UpdateApiResponse> {
    throw notBuilt('UpdateApi');
  }
}

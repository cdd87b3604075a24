// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with functions. A service extends it and overrides what is built. */
export class FunctionsOperations {
  async createFunction(_call: AdminCall, _input: dto.CreateFunctionRequest): Promise<dto.FunctionConfiguration> {
    throw notBuilt('CreateFunction');
  }

  async deleteFunction(_call: AdminCall, _input: dto.DeleteFunctionRequest): Promise<dto.DeleteFunctionResponse> {
    throw notBuilt('DeleteFunction');
  }

  async getFunction(_call: AdminCall, _input: dto.GetFunctionRequest): Promise<dto.GetFunctionResponse> {
    throw notBuilt('GetFunction');
  }

  async listFunctions(_call: AdminCall, _input: dto.ListFunctionsRequest): Promise<dto.ListFunctionsResponse> {
    throw notBuilt('ListFunctions');
  }

  async updateFunctionCode(_call: AdminCall, _input: dto.UpdateFunctionCodeRequest): Promise<dto.FunctionConfiguration> {
    throw notBuilt('UpdateFunctionCode');
  }

  async getFunctionCodeSigningConfig(_call: AdminCall, _input: dto.GetFunctionCodeSigningConfigRequest): Promise<dto.GetFunctionCodeSigningConfigResponse> {
    throw notBuilt('GetFunctionCodeSigningConfig');
  }

  async getFunctionConfiguration(_call: AdminCall, _input: dto.GetFunctionConfigurationRequest): Promise<dto.FunctionConfiguration> {
    throw notBuilt('GetFunctionConfiguration');
  }

  async updateFunctionConfiguration(_call: AdminCall, _input: dto.UpdateFunctionConfigurationRequest): Promise<dto.FunctionConfiguration> {
    throw notBuilt('UpdateFunctionConfiguration');
  }
}

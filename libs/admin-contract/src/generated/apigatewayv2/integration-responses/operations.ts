// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with integration responses. A service extends it and overrides what is built. */
export class IntegrationResponsesOperations {
  async createIntegrationResponse(_call: AdminCall, _input: dto.CreateIntegrationResponseRequest): Promise<dto.CreateIntegrationResponseResponse> {
    throw notBuilt('CreateIntegrationResponse');
  }

  async deleteIntegrationResponse(_call: AdminCall, _input: dto.DeleteIntegrationResponseRequest): Promise<void> {
    throw notBuilt('DeleteIntegrationResponse');
  }

  async getIntegrationResponse(_call: AdminCall, _input: dto.GetIntegrationResponseRequest): Promise<dto.GetIntegrationResponseResponse> {
    throw notBuilt('GetIntegrationResponse');
  }

  async getIntegrationResponses(_call: AdminCall, _input: dto.GetIntegrationResponsesRequest): Promise<dto.GetIntegrationResponsesResponse> {
    throw notBuilt('GetIntegrationResponses');
  }

  async updateIntegrationResponse(_call: AdminCall, _input: dto.UpdateIntegrationResponseRequest): Promise<dto.UpdateIntegrationResponseResponse> {
    throw notBuilt('UpdateIntegrationResponse');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with integration responses. A service extends it and overrides what is built. */
export class IntegrationResponsesOperations {
  async deleteIntegrationResponse(_call: AdminCall, _input: dto.DeleteIntegrationResponseRequest): Promise<void> {
    throw notBuilt('DeleteIntegrationResponse');
  }

  async getIntegrationResponse(_call: AdminCall, _input: dto.GetIntegrationResponseRequest): Promise<dto.IntegrationResponse> {
    throw notBuilt('GetIntegrationResponse');
  }

  async putIntegrationResponse(_call: AdminCall, _input: dto.PutIntegrationResponseRequest): Promise<dto.IntegrationResponse> {
    throw notBuilt('PutIntegrationResponse');
  }

  async updateIntegrationResponse(_call: AdminCall, _input: dto.UpdateIntegrationResponseRequest): Promise<dto.IntegrationResponse> {
    throw notBuilt('UpdateIntegrationResponse');
  }
}

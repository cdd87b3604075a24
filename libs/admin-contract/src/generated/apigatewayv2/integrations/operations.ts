// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with integrations. A service extends it and overrides what is built. */
export class IntegrationsOperations {
  async createIntegration(_call: AdminCall, _input: dto.CreateIntegrationRequest): Promise<dto.CreateIntegrationResult> {
    throw notBuilt('CreateIntegration');
  }

  async deleteIntegration(_call: AdminCall, _input: dto.DeleteIntegrationRequest): Promise<void> {
    throw notBuilt('DeleteIntegration');
  }

  async getIntegration(_call: AdminCall, _input: dto.GetIntegrationRequest): Promise<dto.GetIntegrationResult> {
    throw notBuilt('GetIntegration');
  }

  async getIntegrations(_call: AdminCall, _input: dto.GetIntegrationsRequest): Promise<dto.GetIntegrationsResponse> {
    throw notBuilt('GetIntegrations');
  }

  async updateIntegration(_call: AdminCall, _input: dto.UpdateIntegrationRequest): Promise<dto.UpdateIntegrationResult> {
    throw notBuilt('UpdateIntegration');
  }
}

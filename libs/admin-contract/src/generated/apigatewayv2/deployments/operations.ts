// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with deployments. A service extends it and overrides what is built. */
export class DeploymentsOperations {
  async createDeployment(_call: AdminCall, _input: dto.CreateDeploymentRequest): Promise<dto.CreateDeploymentResponse> {
    throw notBuilt('CreateDeployment');
  }

  async deleteDeployment(_call: AdminCall, _input: dto.DeleteDeploymentRequest): Promise<void> {
    throw notBuilt('DeleteDeployment');
  }

  async getDeployment(_call: AdminCall, _input: dto.GetDeploymentRequest): Promise<dto.GetDeploymentResponse> {
    throw notBuilt('GetDeployment');
  }

  async getDeployments(_call: AdminCall, _input: dto.GetDeploymentsRequest): Promise<dto.GetDeploymentsResponse> {
    throw notBuilt('GetDeployments');
  }

  async updateDeployment(_call: AdminCall, _input: dto.UpdateDeploymentRequest): Promise<dto.UpdateDeploymentResponse> {
    throw notBuilt('UpdateDeployment');
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with gateway responses. A service extends it and overrides what is built. */
export class GatewayResponsesOperations {
  async deleteGatewayResponse(_call: AdminCall, _input: dto.DeleteGatewayResponseRequest): Promise<void> {
    throw notBuilt('DeleteGatewayResponse');
  }

  async getGatewayResponse(_call: AdminCall, _input: dto.GetGatewayResponseRequest): Promise<dto.GatewayResponse> {
    throw notBuilt('GetGatewayResponse');
  }

  async getGatewayResponses(_call: AdminCall, _input: dto.GetGatewayResponsesRequest): Promise<dto.GatewayResponses> {
    throw notBuilt('GetGatewayResponses');
  }

  async putGatewayResponse(_call: AdminCall, _input: dto.PutGatewayResponseRequest): Promise<dto.GatewayResponse> {
    throw notBuilt('PutGatewayResponse');
  }

  async updateGatewayResponse(_call: AdminCall, _input: dto.UpdateGatewayResponseRequest): Promise<dto.GatewayResponse> {
    throw notBuilt('UpdateGatewayResponse');
  }
}

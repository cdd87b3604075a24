// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with route responses. A service extends it and overrides what is built. */
export class RouteResponsesOperations {
  async createRouteResponse(_call: AdminCall, _input: dto.CreateRouteResponseRequest): Promise<dto.CreateRouteResponseResponse> {
    throw notBuilt('CreateRouteResponse');
  }

  async deleteRouteResponse(_call: AdminCall, _input: dto.DeleteRouteResponseRequest): Promise<void> {
    throw notBuilt('DeleteRouteResponse');
  }

  async getRouteResponse(_call: AdminCall, _input: dto.GetRouteResponseRequest): Promise<dto.GetRouteResponseResponse> {
    throw notBuilt('GetRouteResponse');
  }

  async getRouteResponses(_call: AdminCall, _input: dto.GetRouteResponsesRequest): Promise<dto.GetRouteResponsesResponse> {
    throw notBuilt('GetRouteResponses');
  }

  async updateRouteResponse(_call: AdminCall, _input: dto.UpdateRouteResponseRequest): Promise<dto.UpdateRouteResponseResponse> {
    throw notBuilt('UpdateRouteResponse');
  }
}

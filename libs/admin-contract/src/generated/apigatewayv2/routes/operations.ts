// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with routes. A service extends it and overrides what is built. */
export class RoutesOperations {
  async createRoute(_call: AdminCall, _input: dto.CreateRouteRequest): Promise<dto.CreateRouteResult> {
    throw notBuilt('CreateRoute');
  }

  async deleteRoute(_call: AdminCall, _input: dto.DeleteRouteRequest): Promise<void> {
    throw notBuilt('DeleteRoute');
  }

  async deleteRouteRequestParameter(_call: AdminCall, _input: dto.DeleteRouteRequestParameterRequest): Promise<void> {
    throw notBuilt('DeleteRouteRequestParameter');
  }

  async getRoute(_call: AdminCall, _input: dto.GetRouteRequest): Promise<dto.GetRouteResult> {
    throw notBuilt('GetRoute');
  }

  async getRoutes(_call: AdminCall, _input: dto.GetRoutesRequest): Promise<dto.GetRoutesResponse> {
    throw notBuilt('GetRoutes');
  }

  async updateRoute(_call: AdminCall, _input: dto.UpdateRouteRequest): Promise<dto.UpdateRouteResult> {
    throw notBuilt('UpdateRoute');
  }
}

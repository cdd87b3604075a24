// Generated from the service models by `npm run generate`. Do not edit.
import type { AdminCall } from '../../../admin-call.js';
import { notBuilt } from '../../../not-built.js';
import type * as dto from './dto.js';

/** What can be done with routing rules. A service extends it and overrides what is built. */
export class RoutingRulesOperations {
  async createRoutingRule(_call: AdminCall, _input: dto.CreateRoutingRuleRequest): Promise<dto.CreateRoutingRuleResponse> {
    throw notBuilt('CreateRoutingRule');
  }

  async deleteRoutingRule(_call: AdminCall, _input: dto.DeleteRoutingRuleRequest): Promise<void> {
    throw notBuilt('DeleteRoutingRule');
  }

  async getRoutingRule(_call: AdminCall, _input: dto.GetRoutingRuleRequest): Promise<dto.GetRoutingRuleResponse> {
    throw notBuilt('GetRoutingRule');
  }

  async listRoutingRules(_call: AdminCall, _input: dto.ListRoutingRulesRequest): Promise<dto.ListRoutingRulesResponse> {
    throw notBuilt('ListRoutingRules');
  }

  async putRoutingRule(_call: AdminCall, _input: dto.PutRoutingRuleRequest): Promise<dto.PutRoutingRuleResponse> {
    throw notBuilt('PutRoutingRule');
  }
}

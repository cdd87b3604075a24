// Generated from the service models by `npm run generate`. Do not edit.
import { Controller, HttpCode, Inject, Delete, Get, Post, Put } from '@nestjs/common';
import type { AdminCall } from '../../../admin-call.js';
import { Call, Input } from '../../../controllers/parameters.js';
import { Operation } from '../../../controllers/operation.decorator.js';
import * as dto from './dto.js';
import { RoutingRulesOperations } from './operations.js';

@Controller()
export class RoutingRulesController {
  constructor(@Inject(RoutingRulesOperations) private readonly operations: RoutingRulesOperations) {}

  @Post('/v2/domainnames/:domainName/routingrules')
  @HttpCode(201)
  @Operation('apigatewayv2', 'CreateRoutingRule', dto.CreateRoutingRuleRequest, dto.CreateRoutingRuleResponse)
  createRoutingRule(@Call() call: AdminCall, @Input(dto.CreateRoutingRuleRequest) input: dto.CreateRoutingRuleRequest) {
    return this.operations.createRoutingRule(call, input);
  }

  @Delete('/v2/domainnames/:domainName/routingrules/:routingRuleId')
  @HttpCode(204)
  @Operation('apigatewayv2', 'DeleteRoutingRule', dto.DeleteRoutingRuleRequest)
  deleteRoutingRule(@Call() call: AdminCall, @Input(dto.DeleteRoutingRuleRequest) input: dto.DeleteRoutingRuleRequest) {
    return this.operations.deleteRoutingRule(call, input);
  }

  @Get('/v2/domainnames/:domainName/routingrules/:routingRuleId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'GetRoutingRule', dto.GetRoutingRuleRequest, dto.GetRoutingRuleResponse)
  getRoutingRule(@Call() call: AdminCall, @Input(dto.GetRoutingRuleRequest) input: dto.GetRoutingRuleRequest) {
    return this.operations.getRoutingRule(call, input);
  }

  @Get('/v2/domainnames/:domainName/routingrules')
  @HttpCode(200)
  @Operation('apigatewayv2', 'ListRoutingRules', dto.ListRoutingRulesRequest, dto.ListRoutingRulesResponse)
  listRoutingRules(@Call() call: AdminCall, @Input(dto.ListRoutingRulesRequest) input: dto.ListRoutingRulesRequest) {
    return this.operations.listRoutingRules(call, input);
  }

  @Put('/v2/domainnames/:domainName/routingrules/:routingRuleId')
  @HttpCode(200)
  @Operation('apigatewayv2', 'PutRoutingRule', dto.PutRoutingRuleRequest, dto.PutRoutingRuleResponse)
  putRoutingRule(@Call() call: AdminCall, @Input(dto.PutRoutingRuleRequest) input: dto.PutRoutingRuleRequest) {
    return this.operations.putRoutingRule(call, input);
  }
}

// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { RoutingRule, RoutingRuleAction, RoutingRuleCondition } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateRoutingRuleRequest' })
export class CreateRoutingRuleRequest {
  @Member({ type: 'list', of: { type: RoutingRuleAction }, required: true })
  actions!: RoutingRuleAction[];

  @Member({ type: 'list', of: { type: RoutingRuleCondition }, required: true })
  conditions!: RoutingRuleCondition[];

  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ type: 'integer', min: 1, max: 1000000, required: true })
  priority!: number;
}

@ApiSchema({ name: 'apigatewayv2.DeleteRoutingRuleRequest' })
export class DeleteRoutingRuleRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routingRuleId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRoutingRuleRequest' })
export class GetRoutingRuleRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  routingRuleId!: string;
}

@ApiSchema({ name: 'apigatewayv2.ListRoutingRulesRequest' })
export class ListRoutingRulesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ in: 'query', type: 'integer', min: 1, max: 100 })
  maxResults?: number;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.PutRoutingRuleRequest' })
export class PutRoutingRuleRequest {
  @Member({ type: 'list', of: { type: RoutingRuleAction }, required: true })
  actions!: RoutingRuleAction[];

  @Member({ type: 'list', of: { type: RoutingRuleCondition }, required: true })
  conditions!: RoutingRuleCondition[];

  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ in: 'query', type: 'string' })
  domainNameId?: string;

  @Member({ type: 'integer', min: 1, max: 1000000, required: true })
  priority!: number;

  @Member({ in: 'uri', type: 'string', required: true })
  routingRuleId!: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateRoutingRuleResponse' })
export class CreateRoutingRuleResponse {
  @Member({ type: 'list', of: { type: RoutingRuleAction } })
  actions?: RoutingRuleAction[];

  @Member({ type: 'list', of: { type: RoutingRuleCondition } })
  conditions?: RoutingRuleCondition[];

  @Member({ type: 'integer', min: 1, max: 1000000 })
  priority?: number;

  @Member({ type: 'string' })
  routingRuleArn?: string;

  @Member({ type: 'string' })
  routingRuleId?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetRoutingRuleResponse' })
export class GetRoutingRuleResponse {
  @Member({ type: 'list', of: { type: RoutingRuleAction } })
  actions?: RoutingRuleAction[];

  @Member({ type: 'list', of: { type: RoutingRuleCondition } })
  conditions?: RoutingRuleCondition[];

  @Member({ type: 'integer', min: 1, max: 1000000 })
  priority?: number;

  @Member({ type: 'string' })
  routingRuleArn?: string;

  @Member({ type: 'string' })
  routingRuleId?: string;
}

@ApiSchema({ name: 'apigatewayv2.ListRoutingRulesResponse' })
export class ListRoutingRulesResponse {
  @Member({ type: 'string' })
  nextToken?: string;

  @Member({ type: 'list', of: { type: RoutingRule } })
  routingRules?: RoutingRule[];
}

@ApiSchema({ name: 'apigatewayv2.PutRoutingRuleResponse' })
export class PutRoutingRuleResponse {
  @Member({ type: 'list', of: { type: RoutingRuleAction } })
  actions?: RoutingRuleAction[];

  @Member({ type: 'list', of: { type: RoutingRuleCondition } })
  conditions?: RoutingRuleCondition[];

  @Member({ type: 'integer', min: 1, max: 1000000 })
  priority?: number;

  @Member({ type: 'string' })
  routingRuleArn?: string;

  @Member({ type: 'string' })
  routingRuleId?: string;
}

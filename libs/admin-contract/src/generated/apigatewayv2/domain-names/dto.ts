// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { RoutingMode } from '../enums.js';
import { DomainName, DomainNameConfiguration, MutualTlsAuthentication, MutualTlsAuthenticationInput } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateDomainNameRequest' })
export class CreateDomainNameRequest {
  @Member({ type: 'string', required: true })
  domainName!: string;

  @Member({ type: 'list', of: { type: DomainNameConfiguration } })
  domainNameConfigurations?: DomainNameConfiguration[];

  @Member({ type: MutualTlsAuthenticationInput })
  mutualTlsAuthentication?: MutualTlsAuthenticationInput;

  @Member({ type: 'string', enum: RoutingMode })
  routingMode?: RoutingMode;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.DeleteDomainNameRequest' })
export class DeleteDomainNameRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetDomainNameRequest' })
export class GetDomainNameRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetDomainNamesRequest' })
export class GetDomainNamesRequest {
  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateDomainNameRequest' })
export class UpdateDomainNameRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  domainName!: string;

  @Member({ type: 'list', of: { type: DomainNameConfiguration } })
  domainNameConfigurations?: DomainNameConfiguration[];

  @Member({ type: MutualTlsAuthenticationInput })
  mutualTlsAuthentication?: MutualTlsAuthenticationInput;

  @Member({ type: 'string', enum: RoutingMode })
  routingMode?: RoutingMode;
}

@ApiSchema({ name: 'apigatewayv2.CreateDomainNameResponse' })
export class CreateDomainNameResponse {
  @Member({ type: 'string' })
  apiMappingSelectionExpression?: string;

  @Member({ type: 'string' })
  domainName?: string;

  @Member({ type: 'string' })
  domainNameArn?: string;

  @Member({ type: 'list', of: { type: DomainNameConfiguration } })
  domainNameConfigurations?: DomainNameConfiguration[];

  @Member({ type: MutualTlsAuthentication })
  mutualTlsAuthentication?: MutualTlsAuthentication;

  @Member({ type: 'string', enum: ['API_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_API_MAPPING'] })
  routingMode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.GetDomainNameResponse' })
export class GetDomainNameResponse {
  @Member({ type: 'string' })
  apiMappingSelectionExpression?: string;

  @Member({ type: 'string' })
  domainName?: string;

  @Member({ type: 'string' })
  domainNameArn?: string;

  @Member({ type: 'list', of: { type: DomainNameConfiguration } })
  domainNameConfigurations?: DomainNameConfiguration[];

  @Member({ type: MutualTlsAuthentication })
  mutualTlsAuthentication?: MutualTlsAuthentication;

  @Member({ type: 'string', enum: ['API_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_API_MAPPING'] })
  routingMode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.GetDomainNamesResponse' })
export class GetDomainNamesResponse {
  @Member({ type: 'list', of: { type: DomainName } })
  items?: DomainName[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateDomainNameResponse' })
export class UpdateDomainNameResponse {
  @Member({ type: 'string' })
  apiMappingSelectionExpression?: string;

  @Member({ type: 'string' })
  domainName?: string;

  @Member({ type: 'string' })
  domainNameArn?: string;

  @Member({ type: 'list', of: { type: DomainNameConfiguration } })
  domainNameConfigurations?: DomainNameConfiguration[];

  @Member({ type: MutualTlsAuthentication })
  mutualTlsAuthentication?: MutualTlsAuthentication;

  @Member({ type: 'string', enum: ['API_MAPPING_ONLY', 'ROUTING_RULE_ONLY', 'ROUTING_RULE_THEN_API_MAPPING'] })
  routingMode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

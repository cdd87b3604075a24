// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { VpcLink } from '../shapes.js';

@ApiSchema({ name: 'apigatewayv2.CreateVpcLinkRequest' })
export class CreateVpcLinkRequest {
  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'list', of: { type: 'string' } })
  securityGroupIds?: string[];

  @Member({ type: 'list', of: { type: 'string' }, required: true })
  subnetIds!: string[];

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.DeleteVpcLinkRequest' })
export class DeleteVpcLinkRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  vpcLinkId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetVpcLinkRequest' })
export class GetVpcLinkRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  vpcLinkId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetVpcLinksRequest' })
export class GetVpcLinksRequest {
  @Member({ in: 'query', type: 'string' })
  maxResults?: string;

  @Member({ in: 'query', type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateVpcLinkRequest' })
export class UpdateVpcLinkRequest {
  @Member({ type: 'string' })
  name?: string;

  @Member({ in: 'uri', type: 'string', required: true })
  vpcLinkId!: string;
}

@ApiSchema({ name: 'apigatewayv2.CreateVpcLinkResponse' })
export class CreateVpcLinkResponse {
  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  securityGroupIds?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  subnetIds?: string[];

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  vpcLinkId?: string;

  @Member({ type: 'string', enum: ['PENDING', 'AVAILABLE', 'DELETING', 'FAILED', 'INACTIVE'] })
  vpcLinkStatus?: string;

  @Member({ type: 'string' })
  vpcLinkStatusMessage?: string;

  @Member({ type: 'string', enum: ['V2'] })
  vpcLinkVersion?: string;
}

@ApiSchema({ name: 'apigatewayv2.DeleteVpcLinkResponse' })
export class DeleteVpcLinkResponse {

}

@ApiSchema({ name: 'apigatewayv2.GetVpcLinkResponse' })
export class GetVpcLinkResponse {
  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  securityGroupIds?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  subnetIds?: string[];

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  vpcLinkId?: string;

  @Member({ type: 'string', enum: ['PENDING', 'AVAILABLE', 'DELETING', 'FAILED', 'INACTIVE'] })
  vpcLinkStatus?: string;

  @Member({ type: 'string' })
  vpcLinkStatusMessage?: string;

  @Member({ type: 'string', enum: ['V2'] })
  vpcLinkVersion?: string;
}

@ApiSchema({ name: 'apigatewayv2.GetVpcLinksResponse' })
export class GetVpcLinksResponse {
  @Member({ type: 'list', of: { type: VpcLink } })
  items?: VpcLink[];

  @Member({ type: 'string' })
  nextToken?: string;
}

@ApiSchema({ name: 'apigatewayv2.UpdateVpcLinkResponse' })
export class UpdateVpcLinkResponse {
  @Member({ type: 'timestamp' })
  createdDate?: Date;

  @Member({ type: 'string' })
  name?: string;

  @Member({ type: 'list', of: { type: 'string' } })
  securityGroupIds?: string[];

  @Member({ type: 'list', of: { type: 'string' } })
  subnetIds?: string[];

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;

  @Member({ type: 'string' })
  vpcLinkId?: string;

  @Member({ type: 'string', enum: ['PENDING', 'AVAILABLE', 'DELETING', 'FAILED', 'INACTIVE'] })
  vpcLinkStatus?: string;

  @Member({ type: 'string' })
  vpcLinkStatusMessage?: string;

  @Member({ type: 'string', enum: ['V2'] })
  vpcLinkVersion?: string;
}

// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { PatchOperation, VpcLink } from '../shapes.js';
export { VpcLink } from '../shapes.js';

export class CreateVpcLinkRequest {
  @Member({ type: 'string', required: true })
  name!: string;

  @Member({ type: 'string' })
  description?: string;

  @Member({ type: 'list', of: { type: 'string' }, required: true })
  targetArns!: string[];

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

export class DeleteVpcLinkRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  vpcLinkId!: string;
}

export class GetVpcLinkRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  vpcLinkId!: string;
}

export class GetVpcLinksRequest {
  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class UpdateVpcLinkRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  vpcLinkId!: string;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class VpcLinks {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: VpcLink } })
  item?: VpcLink[];
}

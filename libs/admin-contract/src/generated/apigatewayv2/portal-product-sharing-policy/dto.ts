// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';

@ApiSchema({ name: 'apigatewayv2.DeletePortalProductSharingPolicyRequest' })
export class DeletePortalProductSharingPolicyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetPortalProductSharingPolicyRequest' })
export class GetPortalProductSharingPolicyRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;
}

@ApiSchema({ name: 'apigatewayv2.PutPortalProductSharingPolicyRequest' })
export class PutPortalProductSharingPolicyRequest {
  @Member({ type: 'string', min: 1, max: 307200, required: true })
  policyDocument!: string;

  @Member({ in: 'uri', type: 'string', required: true })
  portalProductId!: string;
}

@ApiSchema({ name: 'apigatewayv2.GetPortalProductSharingPolicyResponse' })
export class GetPortalProductSharingPolicyResponse {
  @Member({ type: 'string', min: 1, max: 307200 })
  policyDocument?: string;

  @Member({ type: 'string', pattern: '^[a-z0-9]+$', min: 10, max: 30 })
  portalProductId?: string;
}

@ApiSchema({ name: 'apigatewayv2.PutPortalProductSharingPolicyResponse' })
export class PutPortalProductSharingPolicyResponse {

}

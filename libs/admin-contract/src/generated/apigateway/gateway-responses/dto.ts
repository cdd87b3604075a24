// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';
import { ResponseType } from '../enums.js';
import { GatewayResponse, PatchOperation } from '../shapes.js';
export { GatewayResponse } from '../shapes.js';

export class DeleteGatewayResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', enum: ResponseType, required: true })
  responseType!: ResponseType;
}

export class GetGatewayResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', enum: ResponseType, required: true })
  responseType!: ResponseType;
}

export class GetGatewayResponsesRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class PutGatewayResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', enum: ResponseType, required: true })
  responseType!: ResponseType;

  @Member({ type: 'string', pattern: '[1-5]\\d\\d' })
  statusCode?: string;

  @Member({ type: 'map', values: { type: 'string' } })
  responseParameters?: Record<string, string>;

  @Member({ type: 'map', values: { type: 'string' }, keepNulls: true })
  responseTemplates?: Record<string, string | null>;
}

export class UpdateGatewayResponseRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  restApiId!: string;

  @Member({ in: 'uri', type: 'string', enum: ResponseType, required: true })
  responseType!: ResponseType;

  @Member({ type: 'list', of: { type: PatchOperation } })
  patchOperations?: PatchOperation[];
}

export class GatewayResponses {
  @Member({ type: 'string' })
  position?: string;

  @Member({ type: 'list', of: { type: GatewayResponse } })
  item?: GatewayResponse[];
}

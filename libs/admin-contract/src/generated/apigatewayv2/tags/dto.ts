// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';

@ApiSchema({ name: 'apigatewayv2.GetTagsRequest' })
export class GetTagsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  resourceArn!: string;
}

@ApiSchema({ name: 'apigatewayv2.TagResourceRequest' })
export class TagResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  resourceArn!: string;

  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.UntagResourceRequest' })
export class UntagResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  resourceArn!: string;

  @Member({ in: 'query', type: 'list', of: { type: 'string' }, required: true })
  tagKeys!: string[];
}

@ApiSchema({ name: 'apigatewayv2.GetTagsResponse' })
export class GetTagsResponse {
  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

@ApiSchema({ name: 'apigatewayv2.TagResourceResponse' })
export class TagResourceResponse {

}

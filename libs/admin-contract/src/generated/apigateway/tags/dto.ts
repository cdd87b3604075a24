// Generated from the service models by `npm run generate`. Do not edit.
import { Member } from '../../../validation/member.js';

export class GetTagsRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  resourceArn!: string;

  @Member({ in: 'query', type: 'string' })
  position?: string;

  @Member({ in: 'query', type: 'integer' })
  limit?: number;
}

export class TagResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  resourceArn!: string;

  @Member({ type: 'map', values: { type: 'string' }, required: true })
  tags!: Record<string, string>;
}

export class UntagResourceRequest {
  @Member({ in: 'uri', type: 'string', required: true })
  resourceArn!: string;

  @Member({ in: 'query', type: 'list', of: { type: 'string' }, required: true })
  tagKeys!: string[];
}

export class Tags {
  @Member({ type: 'map', values: { type: 'string' } })
  tags?: Record<string, string>;
}

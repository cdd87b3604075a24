// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';

@ApiSchema({ name: 'lambda.ListTagsRequest' })
export class ListTagsRequest {
  @Member({ in: 'uri', type: 'string', pattern: 'arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)', min: 1, max: 256, required: true })
  Resource!: string;
}

@ApiSchema({ name: 'lambda.TagResourceRequest' })
export class TagResourceRequest {
  @Member({ in: 'uri', type: 'string', pattern: 'arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)', min: 1, max: 256, required: true })
  Resource!: string;

  @Member({ type: 'map', keys: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 1, max: 128 }, values: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 0, max: 256 }, required: true })
  Tags!: Record<string, string>;
}

@ApiSchema({ name: 'lambda.UntagResourceRequest' })
export class UntagResourceRequest {
  @Member({ in: 'uri', type: 'string', pattern: 'arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)', min: 1, max: 256, required: true })
  Resource!: string;

  @Member({ in: 'query', type: 'list', of: { type: 'string' }, required: true, wire: 'tagKeys' })
  TagKeys!: string[];
}

@ApiSchema({ name: 'lambda.ListTagsResponse' })
export class ListTagsResponse {
  @Member({ type: 'map', keys: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 1, max: 128 }, values: { type: 'string', pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)', min: 0, max: 256 } })
  Tags?: Record<string, string>;
}

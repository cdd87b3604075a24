// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { PublishTo } from '../enums.js';
import { FunctionConfiguration } from '../shapes.js';
export { FunctionConfiguration } from '../shapes.js';

@ApiSchema({ name: 'lambda.ListVersionsByFunctionRequest' })
export class ListVersionsByFunctionRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'query', type: 'string' })
  Marker?: string;

  @Member({ in: 'query', type: 'integer', min: 1, max: 10000 })
  MaxItems?: number;
}

@ApiSchema({ name: 'lambda.PublishVersionRequest' })
export class PublishVersionRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?', min: 1, max: 140, required: true })
  FunctionName!: string;

  @Member({ type: 'string' })
  CodeSha256?: string;

  @Member({ type: 'string', min: 0, max: 256 })
  Description?: string;

  @Member({ type: 'string' })
  RevisionId?: string;

  @Member({ type: 'string', enum: PublishTo })
  PublishTo?: PublishTo;
}

@ApiSchema({ name: 'lambda.ListVersionsByFunctionResponse' })
export class ListVersionsByFunctionResponse {
  @Member({ type: 'string' })
  NextMarker?: string;

  @Member({ type: 'list', of: { type: FunctionConfiguration } })
  Versions?: FunctionConfiguration[];
}

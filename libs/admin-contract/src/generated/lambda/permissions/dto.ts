// Generated from the service models by `npm run generate`. Do not edit.
import { ApiSchema } from '@nestjs/swagger';
import { Member } from '../../../validation/member.js';
import { FunctionUrlAuthType } from '../enums.js';

@ApiSchema({ name: 'lambda.AddPermissionRequest' })
export class AddPermissionRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ type: 'string', pattern: '([a-zA-Z0-9-_]+)', min: 1, max: 100, required: true })
  StatementId!: string;

  @Member({ type: 'string', pattern: '(lambda:[*]|lambda:[a-zA-Z]+|[*])', min: 0, max: 10000, required: true })
  Action!: string;

  @Member({ type: 'string', pattern: '[^\\s]+', min: 0, max: 2048, required: true })
  Principal!: string;

  @Member({ type: 'string', pattern: 'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)', min: 0, max: 10000 })
  SourceArn?: string;

  @Member({ type: 'string', enum: FunctionUrlAuthType })
  FunctionUrlAuthType?: FunctionUrlAuthType;

  @Member({ type: 'boolean' })
  InvokedViaFunctionUrl?: boolean;

  @Member({ type: 'string', pattern: '\\d{12}', min: 0, max: 12 })
  SourceAccount?: string;

  @Member({ type: 'string', pattern: '[a-zA-Z0-9._\\-]+', min: 0, max: 256 })
  EventSourceToken?: string;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;

  @Member({ type: 'string' })
  RevisionId?: string;

  @Member({ type: 'string', pattern: 'o-[a-z0-9]{10,32}', min: 12, max: 34 })
  PrincipalOrgID?: string;
}

@ApiSchema({ name: 'lambda.GetPolicyRequest' })
export class GetPolicyRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;
}

@ApiSchema({ name: 'lambda.RemovePermissionRequest' })
export class RemovePermissionRequest {
  @Member({ in: 'uri', type: 'string', pattern: '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:|(((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?))(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?', min: 1, max: 256, required: true })
  FunctionName!: string;

  @Member({ in: 'uri', type: 'string', pattern: '([a-zA-Z0-9-_.]+)', min: 1, max: 100, required: true })
  StatementId!: string;

  @Member({ in: 'query', type: 'string', pattern: '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+', min: 1, max: 128 })
  Qualifier?: string;

  @Member({ in: 'query', type: 'string' })
  RevisionId?: string;
}

@ApiSchema({ name: 'lambda.AddPermissionResponse' })
export class AddPermissionResponse {
  @Member({ type: 'string' })
  Statement?: string;
}

@ApiSchema({ name: 'lambda.GetPolicyResponse' })
export class GetPolicyResponse {
  @Member({ type: 'string' })
  Policy?: string;

  @Member({ type: 'string' })
  RevisionId?: string;
}
